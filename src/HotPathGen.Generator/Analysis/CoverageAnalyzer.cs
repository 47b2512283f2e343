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
/// Says which hot methods are not measured, why, and what to do: in hints, so that a compiler that shows none leaves it out. Where one has a
/// budget, <see cref="BudgetAnalyzer"/> says it.
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

    /// <summary>Has each method checked, and each function that is marked within one.</summary>
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

    internal static bool HasBudget(IMethodSymbol method) => HotSymbols.MaxBytesPerCall(method) >= 0;

    internal static string Name(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction }
            ? "this lambda"
            : member.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);

    /// <summary>The name; what stands for it where there is none.</summary>
    internal static Location Place(ISymbol member) =>
        member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
        {
            ArrowExpressionClauseSyntax => ((IMethodSymbol)member).AssociatedSymbol!.Locations[0],
            LambdaExpressionSyntax lambda => lambda.ArrowToken.GetLocation(),
            _ => member.Locations[0],
        };

    /// <summary>An event that is declared as a field has accessors that nobody wrote.</summary>
    private static (DiagnosticDescriptor Rule, string Text)? CheckField(IEventSymbol member, CancellationToken cancellation) =>
        member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation)
            is VariableDeclaratorSyntax { Parent.Parent: EventFieldDeclarationSyntax declaration }
        && Hotness.OwnVerdict(declaration) is true
        && Shape.Of(declaration) is { Reason: { } reason }
            ? (Rules.LeftPlain, reason)
            : null;

    /// <summary>Of a partial constructor only the half with the body is registered: the other, where that one carries the attribute.</summary>
    private static IMethodSymbol MarkedHalf(IMethodSymbol method, CancellationToken cancellation) =>
        method is { MethodKind: MethodKind.Constructor, PartialDefinitionPart: { } definition }
        && Hotness.OwnVerdict(definition.DeclaringSyntaxReferences[0].GetSyntax(cancellation)) is not null
            ? definition
            : method;

    /// <summary>The one place that decides: a rule and its words, or nothing.</summary>
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

        // An arrow is the getter of the property that it stands in.
        declaration = declaration is ArrowExpressionClauseSyntax ? declaration.Parent! : declaration;
        bool marked = HotSymbols.IsMarked(method) || (method.AssociatedSymbol is { } associated && HotSymbols.IsMarked(associated));
        bool prepared = PreparedMark.Of(method) is not null;
        if (method.IsPartialDefinition && !prepared && WrittenPairs.Core(method) is not null)
        {
            return null;
        }

        if (WrittenPairs.IsDeclaration(method) && !prepared)
        {
            return null;
        }

        // Symbols show each half the attributes of both; prepare sees each half's own.
        bool half = method.PartialDefinitionPart is not null || method.PartialImplementationPart is not null;
        return half && marked && Hotness.OwnVerdict(declaration) is null
            ? null
            : CheckDeclaration(declaration, marked, prepared, Place(method), reasons);
    }

    /// <summary>The generator has tried, and left its answer in what it wrote.</summary>
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

    /// <summary>Cores are counted by their declarations: those that prepare made, and those that the user wrote.</summary>
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

    /// <summary>Null in production builds, where nothing is measured.</summary>
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
