using System.Collections.Immutable;
using HotPathGen.Generator.Allocations;
using HotPathGen.Generator.Parsing;
using HotPathGen.Generator.Symbols;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPathGen.Generator.Analysis;

/// <summary>
/// Finds the bodies of hot methods for the rules that read them. For these rules, only the bodies that hot methods call are bound in addition. In
/// measured builds there is nothing to read: the snapshot has the answer.
/// </summary>
internal static class HotBodies
{
    /// <summary>Keys of the properties by which a diagnostic finds its site in a snapshot: method, line and column, kind and text.</summary>
    public const string MethodProperty = "method";

    /// <inheritdoc cref="MethodProperty"/>
    public const string PlaceProperty = "place";

    /// <inheritdoc cref="MethodProperty"/>
    public const string KindProperty = "kind";

    /// <inheritdoc cref="MethodProperty"/>
    public const string TextProperty = "text";

    /// <summary>Key of the property that names the method in which a call allocates, if its body is known.</summary>
    public const string CalleeProperty = "callee";

    /// <summary>Whether a compilation can have hot bodies.</summary>
    public static bool Are(Compilation compilation, AnalyzerOptions options) =>
        Mentions.Of(Mentions.Instrument, compilation)
        && compilation.GetTypeByMetadataName(HotSymbols.InstrumentAttribute) is not null
        && !options.AdditionalFiles.Any(MeasuredBuild.IsCoverage);

    /// <summary>
    /// Has each body read that concerns a rule. A body comes with its method, and with the hot method: the same method, or the declaration whose core
    /// it is.
    /// </summary>
    public static void Register(CompilationStartAnalysisContext start, Func<IMethodSymbol, bool> concerns, Action<HotBody> read)
    {
        if (!Are(start.Compilation, start.Options))
        {
            return;
        }

        var methods = MethodAllocations.Of(start.Compilation, start.Options, start.CancellationToken);
        start.RegisterSymbolAction(
            symbol => Read((IMethodSymbol)symbol.Symbol, symbol.ReportDiagnostic, symbol.CancellationToken),
            SymbolKind.Method
        );
        start.RegisterSemanticModelAction(file =>
        {
            foreach (var function in MarkedWithin(file.SemanticModel, file.CancellationToken).OfType<LocalFunctionStatementSyntax>())
            {
                if (file.SemanticModel.GetDeclaredSymbol(function, file.CancellationToken) is IMethodSymbol method)
                {
                    Read(method, file.ReportDiagnostic, file.CancellationToken);
                }
            }
        });

        void Read(IMethodSymbol method, Action<Diagnostic> report, CancellationToken cancellation)
        {
            method = method.PartialImplementationPart ?? method;
            var hot = WrittenPairs.Declaration(method) ?? method;
            // A primary constructor has no body that could be measured.
            bool isPrimary =
                method.MethodKind == MethodKind.Constructor
                && method.DeclaringSyntaxReferences is [var declaration, ..]
                && declaration.GetSyntax(cancellation) is TypeDeclarationSyntax;
            if (
                !method.IsImplicitlyDeclared
                && !isPrimary
                && HotSymbols.IsHot(hot)
                && concerns(hot)
                && methods.Of(method, cancellation) is { } summary
            )
            {
                read(new(hot, method, summary, methods, report, cancellation));
            }
        }
    }

    /// <summary>The local functions and lambdas of a file that carry the attribute themselves.</summary>
    public static IEnumerable<SyntaxNode> MarkedWithin(SemanticModel model, CancellationToken cancellation)
    {
        foreach (var attribute in Mentions.Round<AttributeSyntax>(Mentions.Instrument, model.SyntaxTree, cancellation))
        {
            if (
                attribute.Parent?.Parent is LocalFunctionStatementSyntax or LambdaExpressionSyntax
                && Hotness.OwnVerdict(attribute.Parent.Parent) is true
            )
            {
                yield return attribute.Parent.Parent;
            }
        }
    }

    /// <summary>The properties of a diagnostic that describe an allocation.</summary>
    public static ImmutableDictionary<string, string?> Properties(IMethodSymbol hot, Allocation allocation) =>
        Properties(hot, allocation.Place)
            .Add(KindProperty, Words.Of(allocation.Kind))
            .Add(TextProperty, allocation.Text)
            .Add(CalleeProperty, allocation.Inside is null ? null : allocation.CalleeId);

    /// <summary>The properties of a diagnostic that describe a place.</summary>
    public static ImmutableDictionary<string, string?> Properties(IMethodSymbol hot, SitePlace place) =>
        ImmutableDictionary<string, string?>.Empty.Add(MethodProperty, hot.GetDocumentationCommentId()).Add(PlaceProperty, place.LineAndColumn);
}
