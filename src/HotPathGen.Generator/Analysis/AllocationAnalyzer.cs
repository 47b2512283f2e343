using System.Collections.Immutable;
using System.Globalization;
using HotPathGen.Generator.Allocations;
using HotPathGen.Generator.Heat;
using HotPathGen.Generator.Parsing;
using HotPathGen.Generator.Sites;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.Analysis;

/// <summary>Says what hot methods allocate, before they run. In measured builds it is silent: there the snapshot says it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AllocationAnalyzer : DiagnosticAnalyzer
{
    /// <summary>Keys of the properties by which a diagnostic finds its site in a snapshot: method, line and column, kind and text.</summary>
    internal const string MethodProperty = "method";

    /// <inheritdoc cref="MethodProperty"/>
    internal const string PlaceProperty = "place";

    /// <inheritdoc cref="MethodProperty"/>
    internal const string KindProperty = "kind";

    /// <inheritdoc cref="MethodProperty"/>
    internal const string TextProperty = "text";

    /// <summary>Key of the property that names the method in which a call allocates, if its body is known.</summary>
    internal const string CalleeProperty = "callee";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics =>
    [
        Rules.AllocatesObject, Rules.AllocatesArray, Rules.Boxes, Rules.AllocatesClosure, Rules.AllocatesDelegate, Rules.AllocatesText, Rules.AllocatesParamsArray,
        Rules.AllocatesStateMachine, Rules.AllocatesEnumerator, Rules.Grows, Rules.CallsLinq, Rules.CallsReflection, Rules.CallAllocates, Rules.OnlyUnoptimized,
        Rules.BreaksContract, Rules.CallsUnknown, Rules.StaleProfile, Rules.UnreadableProfile,
    ];

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

            MethodAllocations methods = MethodAllocations.Of(start.Compilation, Vouched.Of(start.Options, start.CancellationToken));
            Profiles? profiles = Profiles.Of(
                start.Options, start.Compilation.AssemblyName, text => start.TryGetValue(text, Profiles.Reader, out Profile? profile) ? profile : null, start.CancellationToken);
            start.RegisterAdditionalFileAction(ReportProblem);
            start.RegisterSyntaxNodeAction(
                node => Analyze(node, methods, profiles),
                SyntaxKind.MethodDeclaration, SyntaxKind.ConstructorDeclaration, SyntaxKind.DestructorDeclaration, SyntaxKind.OperatorDeclaration, SyntaxKind.ConversionOperatorDeclaration,
                SyntaxKind.GetAccessorDeclaration, SyntaxKind.SetAccessorDeclaration, SyntaxKind.InitAccessorDeclaration, SyntaxKind.AddAccessorDeclaration, SyntaxKind.RemoveAccessorDeclaration,
                SyntaxKind.PropertyDeclaration, SyntaxKind.IndexerDeclaration, SyntaxKind.LocalFunctionStatement);
        });
    }

    private static void ReportProblem(AdditionalFileAnalysisContext file)
    {
        if (Profiles.Problem(file) is var (place, reason))
        {
            file.ReportDiagnostic(Diagnostic.Create(Rules.UnreadableProfile, place, Path.GetFileName(file.AdditionalFile.Path), reason));
        }
    }

    private static void Analyze(SyntaxNodeAnalysisContext node, MethodAllocations methods, Profiles? profiles)
    {
        if (Declared(node) is not { } method || HotHead(method) is not { } hot || methods.Of(method, node.CancellationToken) is not { } summary)
        {
            return;
        }

        HeatOfMethod? heat = profiles?.Of(hot, node.Node, node.SemanticModel, node.CancellationToken);
        if (heat?.Change(node.SemanticModel.Compilation.Assembly) is { } change)
        {
            node.ReportDiagnostic(Diagnostic.Create(Rules.StaleProfile, hot.Locations[0], AllocationWords.Name(hot), change));
        }

        bool mustBeClean = HotSymbols.MaxBytesPerCall(hot) == 0;
        foreach (Allocation allocation in summary.Allocations)
        {
            Report(allocation, hot, mustBeClean, heat?.Of(allocation), node.ReportDiagnostic);
        }

        foreach (UnknownCall call in mustBeClean ? methods.Unknown(method, node.CancellationToken) : [])
        {
            string way = call.Through.IsEmpty ? "vouch for it with [DoesNotAllocate] or in a HotPathDoesNotAllocate file, or measure it"
                : $"it is called by {string.Join(" > ", call.Through.Select(static through => $"'{AllocationWords.Name(through)}'"))}";
            node.ReportDiagnostic(Diagnostic.Create(Rules.CallsUnknown, call.Syntax.GetLocation(), Placed(hot, SiteText.Shown(call.Syntax).GetFirstToken()), AllocationWords.Name(hot), 0, AllocationWords.Name(call.Callee), way));
        }
    }

    private static void Report(Allocation allocation, IMethodSymbol hot, bool mustBeClean, Weight? weight, Action<Diagnostic> report)
    {
        ImmutableDictionary<string, string?> properties = Placed(hot, allocation.Place)
            .Add(KindProperty, SiteKinds.Word(allocation.Site.Kind))
            .Add(TextProperty, SiteText.Of(allocation))
            .Add(CalleeProperty, allocation.Inside is null ? null : allocation.Site.Callee?.OriginalDefinition.GetDocumentationCommentId());
        Location place = Place(allocation);
        if (allocation.Certainty == Certainty.OnlyUnoptimized)
        {
            report(Diagnostic.Create(Rules.OnlyUnoptimized, place, properties, AllocationWords.Subject(allocation), ""));
        }
        else if (mustBeClean)
        {
            report(Diagnostic.Create(Rules.BreaksContract, place, properties, AllocationWords.Name(hot), 0, AllocationWords.Chain(allocation)));
        }
        else if (weight is not { } known)
        {
            report(Diagnostic.Create(Rules.Of(allocation.Site.Kind), place, properties, AllocationWords.Subject(allocation), AllocationWords.Rest(allocation)));
        }
        else if (known.Loudness != Loudness.Silent)
        {
            string rest = $"{AllocationWords.Rest(allocation)} ({known.Words}): {AllocationWords.CauseOf(allocation).Remedy}";
            report(Diagnostic.Create(Rules.Of(allocation.Site.Kind), place, Severity(known.Loudness), additionalLocations: null, properties, AllocationWords.Subject(allocation), rest));
        }
    }

    private static ImmutableDictionary<string, string?> Placed(IMethodSymbol hot, SyntaxToken token)
    {
        LinePosition position = token.GetLocation().GetMappedLineSpan().StartLinePosition;
        return ImmutableDictionary<string, string?>.Empty
            .Add(MethodProperty, hot.GetDocumentationCommentId())
            .Add(PlaceProperty, string.Format(CultureInfo.InvariantCulture, "{0}:{1}", position.Line + 1, position.Character + 1));
    }

    private static DiagnosticSeverity Severity(Loudness loudness) => loudness switch
    {
        Loudness.Warning => DiagnosticSeverity.Warning,
        Loudness.Usual => DiagnosticSeverity.Info,
        _ => DiagnosticSeverity.Hidden,
    };

    /// <summary>The expression; of loops, functions and bodies the part that names them.</summary>
    private static Location Place(Allocation allocation) => allocation.Syntax switch
    {
        CommonForEachStatementSyntax loop => loop.Expression.GetLocation(),
        LambdaExpressionSyntax lambda when allocation.Site.Kind == SiteKind.Closure => lambda.ArrowToken.GetLocation(),
        LocalFunctionStatementSyntax function => function.Identifier.GetLocation(),
        MethodDeclarationSyntax method => method.Identifier.GetLocation(),
        PropertyDeclarationSyntax property => property.Identifier.GetLocation(),
        AccessorDeclarationSyntax accessor => accessor.Keyword.GetLocation(),
        var syntax => syntax.GetLocation(),
    };

    private static IMethodSymbol? Declared(SyntaxNodeAnalysisContext node) => node.Node switch
    {
        PropertyDeclarationSyntax { ExpressionBody: null } or IndexerDeclarationSyntax { ExpressionBody: null } => null,
        BasePropertyDeclarationSyntax property => (node.SemanticModel.GetDeclaredSymbol(property, node.CancellationToken) as IPropertySymbol)?.GetMethod,
        var declaration => node.SemanticModel.GetDeclaredSymbol(declaration, node.CancellationToken) as IMethodSymbol,
    };

    /// <summary>The hot method whose body this is: itself, or the declaration that it is the core of.</summary>
    private static IMethodSymbol? HotHead(IMethodSymbol method)
    {
        if (method.IsPartialDefinition)
        {
            return null;
        }

        IMethodSymbol head = WrittenPairs.Declaration(method) ?? method;
        return HotSymbols.IsHot(head) ? head : null;
    }
}
