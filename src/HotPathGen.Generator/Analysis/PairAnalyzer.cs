using System.Collections.Immutable;
using HotPathGen.Generator.Parsing;
using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPathGen.Generator.Analysis;

/// <summary>Reports pairs that have no core. For editors, it also marks the hot methods that could be pairs.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PairAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rules.CoreMissing, Rules.CouldBePair];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        // A compiler drops hidden diagnostics.
        bool isEditor = context.MinimumReportedSeverity == DiagnosticSeverity.Hidden;
        context.RegisterCompilationStartAction(start =>
        {
            if (
                !Mentions.Of(Mentions.Instrument, start.Compilation)
                || start.Compilation.GetTypeByMetadataName(HotSymbols.InstrumentAttribute) is null
            )
            {
                return;
            }

            // The missing cores are looked for type by type, because there are fewer types than methods.
            start.RegisterSymbolAction(ReportMissing, SymbolKind.NamedType);
            if (isEditor && HotBodies.Are(start.Compilation, start.Options))
            {
                start.RegisterSyntaxNodeAction(Report, SyntaxKind.MethodDeclaration);
            }
        });
    }

    private static void ReportMissing(SymbolAnalysisContext type)
    {
        foreach (var member in ((INamedTypeSymbol)type.Symbol).GetMembers())
        {
            if (
                member is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsPartialDefinition: true } method
                && WrittenPairs.IsDeclaration(method)
                && HotSymbols.IsMarked(method)
                && HotSymbols.IsHot(method)
                && PreparedMark.Of(method) is null
                && !CoverageAnalyzer.IsCore(method)
                && WrittenPairs.Core(method) is null
            )
            {
                type.ReportDiagnostic(Diagnostic.Create(Rules.CoreMissing, method.Locations[0], CoverageAnalyzer.Name(method), method.Name + "Core"));
            }
        }
    }

    private static void Report(SyntaxNodeAnalysisContext node)
    {
        var declaration = (MethodDeclarationSyntax)node.Node;
        if (
            node.SemanticModel.GetDeclaredSymbol(declaration, node.CancellationToken) is { } method
            && HotSymbols.IsHot(method)
            && WrittenPairs.Declaration(method) is null
            && Pairable.Is(declaration, method, node.SemanticModel, node.CancellationToken)
        )
        {
            node.ReportDiagnostic(
                Diagnostic.Create(Rules.CouldBePair, declaration.Identifier.GetLocation(), method.Name, Pairable.CoreName(method.Name))
            );
        }
    }
}
