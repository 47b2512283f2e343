using System.Collections.Immutable;
using HotPathGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPathGen.Generator.Analysis;

/// <summary>Says which pooled parameters cannot be provided, and which buffers outlive their call.</summary>
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
            if (start.Compilation.GetTypeByMetadataName(PooledRequest.Attribute) is null)
            {
                return;
            }

            start.RegisterSymbolAction(static symbol =>
            {
                if (PooledCheck.Of((IMethodSymbol)symbol.Symbol) is var (rule, text, parameter))
                {
                    symbol.ReportDiagnostic(Diagnostic.Create(rule, parameter.Locations[0], parameter.Name, text));
                }
            }, SymbolKind.Method);
            start.RegisterOperationBlockAction(static block =>
            {
                if (block.OwningSymbol is IMethodSymbol method && PooledRequest.All(method) is { Count: > 0 } requests)
                {
                    foreach (Escape escape in Escapes.Of(block.OperationBlocks, requests, block.CancellationToken))
                    {
                        block.ReportDiagnostic(Diagnostic.Create(Rules.Escapes, escape.Place, escape.Parameter, escape.Text));
                    }
                }
            });
        });
    }
}
