using System.Collections.Immutable;
using HotPathGen.Generator.Models;
using HotPathGen.Generator.Parsing;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPathGen.Generator.Analysis;

/// <summary>Says which hot methods are not measured, why, and what to do.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CoverageAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rules.LeftPlain, Rules.CoreMissing, Rules.NotPrepared];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(Parser.InstrumentAttribute) is null)
            {
                return;
            }

            var reasons = new Lazy<Dictionary<(string File, int Line), string>>(() => Reasons(start.Options, start.CancellationToken));
            start.RegisterSymbolAction(symbol => Report(Check((IMethodSymbol)symbol.Symbol, reasons, symbol.CancellationToken), symbol.Symbol, symbol.ReportDiagnostic), SymbolKind.Method);
            start.RegisterSyntaxNodeAction(
                node => Report(CheckNested(node, reasons), node.SemanticModel.GetDeclaredSymbol(node.Node) ?? node.SemanticModel.GetSymbolInfo(node.Node).Symbol, node.ReportDiagnostic),
                SyntaxKind.LocalFunctionStatement, SyntaxKind.ParenthesizedLambdaExpression, SyntaxKind.SimpleLambdaExpression);
        });
    }

    private static void Report((DiagnosticDescriptor Rule, string Text)? finding, ISymbol? symbol, Action<Diagnostic> report)
    {
        if (finding is var (rule, text) && symbol is not null)
        {
            string name = symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } ? "this lambda" : symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
            report(Diagnostic.Create(rule, symbol.Locations[0], name, text));
        }
    }

    /// <summary>The one place that decides: a rule and its words, or nothing.</summary>
    private static (DiagnosticDescriptor Rule, string Text)? Check(
        IMethodSymbol method, Lazy<Dictionary<(string, int), string>> reasons, CancellationToken cancellation)
    {
        if (method.IsImplicitlyDeclared || !HotSymbols.IsHot(method) || IsCore(method)
            || method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not { } declaration)
        {
            return null;
        }

        bool marked = HotSymbols.IsMarked(method) || (method.AssociatedSymbol is { } associated && HotSymbols.IsMarked(associated));
        if (WrittenPairs.IsDeclaration(method) && !HotSymbols.IsPrepared(method))
        {
            return marked && WrittenPairs.Core(method) is null ? (Rules.CoreMissing, method.Name + "Core") : null;
        }

        return CheckDeclaration(declaration, marked, HotSymbols.IsPrepared(method), method.Locations[0], reasons);
    }

    private static (DiagnosticDescriptor Rule, string Text)? CheckNested(SyntaxNodeAnalysisContext context, Lazy<Dictionary<(string, int), string>> reasons)
    {
        if (Hotness.OwnVerdict(context.Node) is not true
            || (context.SemanticModel.GetDeclaredSymbol(context.Node) ?? context.SemanticModel.GetSymbolInfo(context.Node).Symbol) is not IMethodSymbol method
            || HotSymbols.Verdict(method) is not true)
        {
            return null;
        }

        return CheckDeclaration(context.Node, marked: true, HotSymbols.IsPrepared(method), method.Locations[0], reasons);
    }

    private static (DiagnosticDescriptor Rule, string Text)? CheckDeclaration(
        SyntaxNode declaration, bool marked, bool prepared, Location location, Lazy<Dictionary<(string, int), string>> reasons)
    {
        if (prepared || (!marked && (Shape.Body(declaration) is null || Hotness.IsTrivial(declaration))))
        {
            return null;
        }

        if (Shape.Of(declaration) is { Form: Form.Plain, Reason: { } reason })
        {
            return (Rules.LeftPlain, reason);
        }

        if (!Parser.IsMeasured(declaration.SyntaxTree.Options))
        {
            return null;
        }

        FileLinePositionSpan place = location.GetMappedLineSpan();
        return reasons.Value.TryGetValue((place.Path, place.StartLinePosition.Line + 1), out string? found)
            ? (Rules.LeftPlain, found)
            : (Rules.NotPrepared, "");
    }

    /// <summary>Cores are counted by their declarations: those that prepare made, and those that the user wrote.</summary>
    private static bool IsCore(IMethodSymbol method) => method.Name.Contains(Marks.Core)
        || (method.Name.EndsWith("Core", StringComparison.Ordinal) && !HotSymbols.IsMarked(method)
            && method.ContainingType.GetMembers(method.Name.Substring(0, method.Name.Length - "Core".Length)).OfType<IMethodSymbol>()
                .Any(declaration => declaration.IsPartialDefinition));

    private static Dictionary<(string File, int Line), string> Reasons(AnalyzerOptions options, CancellationToken cancellation)
    {
        var reasons = new Dictionary<(string, int), string>();
        foreach (AdditionalText file in options.AdditionalFiles.Where(Parser.IsCoverage))
        {
            foreach (PlainModel method in Parser.Coverage(file, cancellation))
            {
                reasons[(method.File, method.Line)] = method.Reason;
            }
        }

        return reasons;
    }
}
