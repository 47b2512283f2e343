using System.Collections.Immutable;
using HotPathGen.Generator.Emission;
using HotPathGen.Generator.Parsing;
using HotPathGen.Generator.Symbols;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPathGen.Generator.Analysis;

/// <summary>
/// Reports which hot methods are not measured, why, and what to do. Its diagnostics are hints, so a compiler that shows no hints does not run it. If
/// such a method has a budget, <see cref="BudgetAnalyzer"/> reports it.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CoverageAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rules.LeftPlain, Rules.NotPrepared, Rules.WithoutSites];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (
                !Mentions.Of(Mentions.Instrument, start.Compilation)
                || start.Compilation.GetTypeByMetadataName(HotSymbols.InstrumentAttribute) is null
            )
            {
                return;
            }

            var measured = start.Compilation.GetTypeByMetadataName(MethodsEmitter.TypeName);
            Register(start, (finding, member, report) =>
            {
                if ((finding ?? CheckSites(member, measured)) is var (rule, text) && !(rule == Rules.LeftPlain && HasBudget(member)))
                {
                    report(Diagnostic.Create(rule, Place(member), Name(member), text));
                }
            });
            start.RegisterSymbolAction(
                static symbol =>
                {
                    if (CheckField((IEventSymbol)symbol.Symbol, symbol.CancellationToken) is var (rule, text))
                    {
                        symbol.ReportDiagnostic(Diagnostic.Create(rule, Place(symbol.Symbol), Name(symbol.Symbol), text));
                    }
                },
                SymbolKind.Event
            );
        });
    }

    /// <summary>Registers a check of each method, and of each function in a method that is marked itself.</summary>
    internal static void Register(
        CompilationStartAnalysisContext start,
        Action<(DiagnosticDescriptor Rule, string Text)?, IMethodSymbol, Action<Diagnostic>> check
    )
    {
        var reasons = new Lazy<Dictionary<(string File, int Line), string>?>(() => Reasons(start.Options, start.CancellationToken));
        start.RegisterSymbolAction(
            symbol =>
            {
                var method = MarkedHalf((IMethodSymbol)symbol.Symbol, symbol.CancellationToken);
                check(Check(method, reasons, symbol.CancellationToken), method, symbol.ReportDiagnostic);
            },
            SymbolKind.Method
        );
        start.RegisterSemanticModelAction(file =>
        {
            foreach (var function in HotBodies.MarkedWithin(file.SemanticModel, file.CancellationToken))
            {
                if (
                    (
                        file.SemanticModel.GetDeclaredSymbol(function, file.CancellationToken)
                        ?? file.SemanticModel.GetSymbolInfo(function, file.CancellationToken).Symbol
                    )
                        is IMethodSymbol method
                    && HotSymbols.Verdict(method) is true
                    && !IsInPair(function, file.SemanticModel, file.CancellationToken)
                )
                {
                    check(
                        CheckDeclaration(function, marked: true, PreparedMark.Of(method) is not null, Place(method), reasons),
                        method,
                        file.ReportDiagnostic
                    );
                }
            }
        });
    }

    /// <summary>
    /// Whether a function is in a hot method that is one of a pair, or in an initializer that becomes one. Then the instrumented body has a frame for
    /// it.
    /// </summary>
    private static bool IsInPair(SyntaxNode function, SemanticModel model, CancellationToken cancellation) =>
        Initializers.PairAround(function) is not null
        || function.Ancestors().FirstOrDefault(static node => node is AccessorDeclarationSyntax or MemberDeclarationSyntax) is { } declaration
            && model.GetDeclaredSymbol(declaration, cancellation) is { } member
            && (member is IPropertySymbol property ? property.GetMethod : member as IMethodSymbol) is { } method
            && (method.Name.Contains(Marks.Core) || (HotSymbols.IsHot(method) && Shape.Of(declaration).Form is Form.Pair or Form.Forwarded));

    internal static bool HasBudget(IMethodSymbol method) => HotSymbols.MaxBytesPerCall(method) >= 0;

    internal static string Name(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction }
            ? "this lambda"
            : member.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);

    /// <summary>The place of a member's name, or of what stands for the name if there is none.</summary>
    internal static Location Place(ISymbol member) =>
        member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
        {
            ArrowExpressionClauseSyntax => ((IMethodSymbol)member).AssociatedSymbol!.Locations[0],
            LambdaExpressionSyntax lambda => lambda.ArrowToken.GetLocation(),
            _ => member is IMethodSymbol method ? PreparedPair.Place(method) : member.Locations[0],
        };

    /// <summary>Checks an event that is declared as a field. It has accessors that nobody wrote.</summary>
    private static (DiagnosticDescriptor Rule, string Text)? CheckField(IEventSymbol member, CancellationToken cancellation) =>
        member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation)
            is VariableDeclaratorSyntax { Parent.Parent: EventFieldDeclarationSyntax declaration }
        && Hotness.OwnVerdict(declaration) is true
        && Shape.Of(declaration) is { Reason: { } reason }
            ? (Rules.LeftPlain, reason)
            : null;

    /// <summary>
    /// The half of a partial constructor that carries the attribute. Only the half with the body is registered; this gives the other half if that one
    /// carries the attribute.
    /// </summary>
    private static IMethodSymbol MarkedHalf(IMethodSymbol method, CancellationToken cancellation) =>
        method is { MethodKind: MethodKind.Constructor, PartialDefinitionPart: { } definition }
        && Hotness.OwnVerdict(definition.DeclaringSyntaxReferences[0].GetSyntax(cancellation)) is not null
            ? definition
            : method;

    /// <summary>Decides, in this one place, which rule applies to a method, and with which words; null if none does.</summary>
    private static (DiagnosticDescriptor Rule, string Text)? Check(
        IMethodSymbol method,
        Lazy<Dictionary<(string, int), string>?> reasons,
        CancellationToken cancellation
    )
    {
        if (
            method.IsImplicitlyDeclared
            || !HotSymbols.IsHot(method)
            || IsCore(method)
            || method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not { } declaration
        )
        {
            return null;
        }

        // An arrow is the getter of the property that contains it.
        declaration = declaration is ArrowExpressionClauseSyntax ? declaration.Parent! : declaration;
        bool marked = HotSymbols.IsMarked(method) || (method.AssociatedSymbol is { } associated && HotSymbols.IsMarked(associated));
        bool prepared =
            PreparedMark.Of(method) is not null
            // A primary constructor is measured by initializers, and the first of them has the mark.
            || (declaration as TypeDeclarationSyntax)?.Members.Any(static member => PreparedMark.Of(member)?.Kind == Marks.Initializers) is true;
        if (method.IsPartialDefinition && !prepared && WrittenPairs.Core(method) is not null)
        {
            return null;
        }

        if (WrittenPairs.IsDeclaration(method) && !prepared)
        {
            return null;
        }

        // Symbols show the attributes of both halves at each half. Prepare sees only the attributes of the half itself.
        bool half = method.PartialDefinitionPart is not null || method.PartialImplementationPart is not null;
        return half && marked && Hotness.OwnVerdict(declaration) is null
            ? null
            : CheckDeclaration(declaration, marked, prepared, Place(method), reasons);
    }

    /// <summary>Reads from the generated code whether a method has no sites, and why. The generator has tried, and left its answer there.</summary>
    private static (DiagnosticDescriptor Rule, string Text)? CheckSites(IMethodSymbol method, INamedTypeSymbol? measured)
    {
        if (
            measured is null
            || !HotSymbols.IsHot(method)
            || (PreparedMark.Of(method)?.Key ?? (WrittenPairs.Core(method) is null ? null : MethodNames.Key(method))) is not { } key
        )
        {
            return null;
        }

        return
            measured.GetMembers(MethodsEmitter.UnsupportedReasonPrefix + key).FirstOrDefault()
                is IFieldSymbol { ConstantValue: string unsupportedReason }
            ? (Rules.WithoutSites, unsupportedReason)
            : null;
    }

    private static (DiagnosticDescriptor Rule, string Text)? CheckDeclaration(
        SyntaxNode declaration,
        bool marked,
        bool prepared,
        Location location,
        Lazy<Dictionary<(string, int), string>?> reasons
    )
    {
        if (prepared || (!marked && (Shape.Body(declaration) is null || Hotness.IsTrivial(declaration))))
        {
            return null;
        }

        if (Shape.Of(declaration) is { Form: Form.Plain, Reason: { } reason })
        {
            return (Rules.LeftPlain, reason);
        }

        if (reasons.Value is not { } all)
        {
            return null;
        }

        var place = location.GetMappedLineSpan();
        return all.TryGetValue((place.Path, place.StartLinePosition.Line + 1), out string? found)
            ? (Rules.LeftPlain, found)
            : (Rules.NotPrepared, "");
    }

    /// <summary>Whether a method is a core, made by prepare or written by the user. Cores are counted by their declarations.</summary>
    internal static bool IsCore(IMethodSymbol method) =>
        method.Name.Contains(Marks.Core)
        || (
            method.Name.EndsWith("Core", StringComparison.Ordinal)
            && !HotSymbols.IsMarked(method)
            && method
                .ContainingType.GetMembers(method.Name.Substring(0, method.Name.Length - "Core".Length))
                .OfType<IMethodSymbol>()
                .Any(declaration => declaration.IsPartialDefinition)
        );

    /// <summary>The reasons why methods are not measured, by their places; null in production builds, where nothing is measured.</summary>
    private static Dictionary<(string File, int Line), string>? Reasons(AnalyzerOptions options, CancellationToken cancellation)
    {
        Dictionary<(string, int), string>? reasons = null;
        foreach (var file in options.AdditionalFiles.Where(MeasuredBuild.IsCoverage))
        {
            reasons ??= [];
            foreach (var method in MeasuredBuild.Coverage(file, cancellation).Plain)
            {
                reasons[(method.File, method.Line)] = method.Reason;
            }
        }

        return reasons;
    }
}
