using System.Collections.Immutable;
using HotPathGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPathGen.Generator.Analysis;

/// <summary>Marks, for editors, the hot methods that could be pairs. Hidden, so that compilers leave it out, and in an analyzer of its own.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PairAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rules.CouldBePair];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(Parser.InstrumentAttribute) is null
                || start.Compilation.SyntaxTrees.FirstOrDefault() is not { } tree || Parser.IsMeasured(tree.Options))
            {
                return;
            }

            start.RegisterSyntaxNodeAction(Report, SyntaxKind.MethodDeclaration);
        });
    }

    private static void Report(SyntaxNodeAnalysisContext node)
    {
        var declaration = (MethodDeclarationSyntax)node.Node;
        if (node.SemanticModel.GetDeclaredSymbol(declaration, node.CancellationToken) is { } method && HotSymbols.IsHot(method)
            && WrittenPairs.Declaration(method) is null && Pairable.Is(declaration, method, node.SemanticModel, node.CancellationToken))
        {
            node.ReportDiagnostic(Diagnostic.Create(Rules.CouldBePair, declaration.Identifier.GetLocation(), method.Name, Pairable.CoreName(method.Name)));
        }
    }
}
