using System.Collections.Immutable;
using HotPathGen.Generator.Parsing;
using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPathGen.Generator.Analysis;

/// <summary>Reports pooled parameters that cannot be provided, and buffers that outlive their call.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PooledAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics =>
        [Rules.NotProvided, Rules.NotScoped, Rules.WrongLength, Rules.WrongSource, Rules.SpanInDeferred, Rules.Escapes];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (!Mentions.Of(Mentions.Pooled, start.Compilation) || start.Compilation.GetTypeByMetadataName(PooledRequest.Attribute) is null)
            {
                return;
            }

            // Parameters with the attribute are few. Nothing else is bound for this, and no other body is examined.
            start.RegisterSyntaxNodeAction(
                static node =>
                {
                    if (
                        node.Node is ParameterSyntax { AttributeLists.Count: > 0 }
                        && node.SemanticModel.GetDeclaredSymbol(node.Node, node.CancellationToken) is IParameterSymbol parameter
                        && parameter.ContainingSymbol is IMethodSymbol method
                        && PooledRequest.Of(parameter) is not null
                    )
                    {
                        Report(node, method, parameter);
                    }
                },
                SyntaxKind.Parameter
            );
        });
    }

    private static DiagnosticDescriptor RuleOf(PooledFault fault) =>
        fault switch
        {
            PooledFault.NotProvided => Rules.NotProvided,
            PooledFault.NotScoped => Rules.NotScoped,
            PooledFault.WrongLength => Rules.WrongLength,
            PooledFault.WrongSource => Rules.WrongSource,
            _ => Rules.SpanInDeferred,
        };

    private static void Report(SyntaxNodeAnalysisContext node, IMethodSymbol method, IParameterSymbol parameter)
    {
        if (PooledCheck.Of(method) is var (fault, text, found) && SymbolEqualityComparer.Default.Equals(found, parameter))
        {
            node.ReportDiagnostic(Diagnostic.Create(RuleOf(fault), parameter.Locations[0], parameter.Name, text));
        }

        var requests = PooledRequest.All(method);
        if (
            SymbolEqualityComparer.Default.Equals(requests[0].Parameter, parameter)
            && node.Node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } declaration
            && node.SemanticModel.GetOperation(declaration, node.CancellationToken) is { } body
        )
        {
            foreach (var escape in Escapes.Of(body, requests, node.CancellationToken))
            {
                node.ReportDiagnostic(Diagnostic.Create(Rules.Escapes, escape.Place, escape.Parameter, escape.Text));
            }
        }
    }
}
