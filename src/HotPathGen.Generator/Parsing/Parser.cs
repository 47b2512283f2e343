using System.Collections.Immutable;
using System.Text;
using HotPathGen.Generator.Models;
using HotPathGen.Generator.Symbols;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Parsing;

/// <summary>Makes models from symbols and syntax.</summary>
internal static class Parser
{
    private static readonly string s_firstSegment = Words.Of(MethodForm.AsyncFirstSegment);

    /// <summary>Why a lambda in which prepare opened a frame has no sites.</summary>
    private const string FunctionInPlace = "it is in no body of a pair, and only those are copied; let it call a method that does the work";

    /// <summary>Reads a method that prepare marked: one that is split into a pair, or one that is measured in place.</summary>
    public static (HotMethodModel Model, HotPair? Pair) Prepared(IMethodSymbol method, PreparedMark mark, SyntaxNode node, SourceFile file)
    {
        var (key, core, form) = mark;
        string kind = form == s_firstSegment ? "async" : form;
        form =
            kind != "call" ? form
            : core.Length == 0 ? Words.Of(MethodForm.InPlace)
            : Words.Of(MethodForm.Pair);
        if (core.Length == 0)
        {
            // Prepare put a try statement round the user's code.
            bool movesValues =
                node.DescendantNodes().OfType<TryStatementSyntax>().FirstOrDefault() is { } code && Hotness.OnlyMovesValues(code.Block);
            // The generator knows everything of the body but whether something in it takes the caller's name. So this is the reason if there is none.
            string reason = Shape.Of(node).Reason ?? Forwarding.OwnName;
            return (new(Describe(method, key, form, new(null, movesValues ? null : reason, null), ""), null, null), null);
        }

        var declaration = PreparedPair.Declaration(node, mark);
        var pair = new HotPair(
            method,
            declaration is null || declaration == node ? method : file.Model.GetDeclaredSymbol(declaration)!,
            null,
            declaration is null ? null : PreparedPair.Core(declaration),
            file,
            key,
            core,
            form,
            kind,
            IsMeasured: true
        );
        return (WithBody(pair, ParsedBody.None), pair);
    }

    /// <summary>Reads a lambda in which prepare opened a frame.</summary>
    /// <param name="function">The lambda.</param>
    /// <param name="mark">The mark.</param>
    /// <param name="lambda">The lambda's syntax.</param>
    /// <param name="number">Its number among the lambdas in the same member, from 1.</param>
    public static HotMethodModel Prepared(IMethodSymbol function, PreparedMark mark, AnonymousFunctionExpressionSyntax lambda, int number)
    {
        var holder = MethodNames.Holder(function);
        var place = lambda.GetFirstToken().GetLocation().GetMappedLineSpan();
        return new(
            new(
                mark.Key,
                MethodNames.OfFunctionId(holder, function, number),
                MethodNames.OfFunction(holder, function, place, FunctionPurpose.Of(lambda)),
                place.Path,
                place.StartLinePosition.Line + 1,
                mark.Kind,
                null,
                FunctionInPlace,
                "",
                HotSymbols.MaxBytesPerCall(function)
            ),
            null,
            null
        );
    }

    /// <summary>Finds pairs that the user wrote: a marked one, or all that a marked type or the marked assembly declares.</summary>
    public static ImmutableArray<HotFileModel> Written(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var methods = context.TargetSymbol switch
        {
            IMethodSymbol method => [method],
            INamedTypeSymbol type => Unmarked(type),
            IAssemblySymbol assembly => Unmarked(assembly.GlobalNamespace),
            _ => [],
        };
        var pairs = ImmutableArray.CreateBuilder<HotFileModel>();
        foreach (var declaration in methods)
        {
            if (WrittenPairs.IsDeclaration(declaration) && WrittenPairs.Core(declaration) is { } core)
            {
                pairs.Add(Forwarded(declaration, core, new(context.SemanticModel.Compilation, context.SemanticModel.SyntaxTree)));
            }
        }

        return pairs.ToImmutable();
    }

    /// <summary>
    /// Finds the pair of a core with pooled parameters that no attribute makes hot. Also says whether the pair is hot if everything is. The question
    /// comes once for each pooled parameter of the core; only the first one gets the answer.
    /// </summary>
    public static (HotFileModel? Pair, bool MayBeHot) Pooled(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        if (
            context.TargetSymbol is not IParameterSymbol { ContainingSymbol: IMethodSymbol core } parameter
            || !SymbolEqualityComparer.Default.Equals(PooledRequest.All(core)[0].Parameter, parameter)
            || WrittenPairs.Declaration(core) is not { } declaration
            || !WrittenPairs.IsDeclaration(declaration)
            || HotSymbols.Verdict(declaration) is not null
            || HotSymbols.NearestVerdict(declaration) is true
        )
        {
            return default;
        }

        return (
            Forwarded(declaration, core, new(context.SemanticModel.Compilation, context.SemanticModel.SyntaxTree)),
            HotSymbols.NearestVerdict(declaration) is null
        );
    }

    /// <summary>The file for a pair that is not measured.</summary>
    private static HotFileModel Forwarded(IMethodSymbol declaration, IMethodSymbol core, SourceFile file)
    {
        var method = Written(declaration, core, file, measured: false, CancellationToken.None).Model;
        return new(new([method.Method]), new(method.Method.Key, IsMeasured: false, new([method.Written!])));
    }

    /// <summary>Reads a pair that the user wrote.</summary>
    public static (HotMethodModel Model, HotPair? Pair) Written(
        IMethodSymbol declaration,
        IMethodSymbol core,
        SourceFile file,
        bool measured,
        CancellationToken cancellation
    )
    {
        if (PooledCheck.Of(core) is not null)
        {
            // Without a body, the compiler would stop with its own error, and the rule that says what is wrong would not be reported.
            var refused = PairParser.Of(
                new(declaration, declaration, null, null, file, MethodNames.Key(declaration), "", "pair", "call", measured),
                null
            );
            return (
                new(
                    Describe(declaration, refused.Key, "pair", ParsedBody.None, ""),
                    refused with
                    {
                        Call = "throw new global::System.NotSupportedException()",
                        Returns = PairReturn.Nothing,
                    },
                    null
                ),
                null
            );
        }

        string kind =
            core.IsAsync ? (core.IsIterator ? "async-iterator" : "async")
            : core.IsIterator ? "iterator"
            : "call";
        var coreSyntax = measured ? core.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) as MethodDeclarationSyntax : null;
        var pair = new HotPair(
            declaration,
            declaration,
            core,
            coreSyntax,
            file,
            MethodNames.Key(declaration),
            core.Name,
            kind switch
            {
                "call" => Words.Of(MethodForm.Pair),
                "async" when core.GetAttributes().All(static attribute => !IsObserved(attribute)) => s_firstSegment,
                _ => kind,
            },
            kind,
            measured
        );
        return (WithBody(pair, ParsedBody.None), pair);
    }

    /// <summary>Whether an attribute names a builder of prepare.</summary>
    private static bool IsObserved(AttributeData attribute) =>
        attribute is { AttributeClass.Name: "AsyncMethodBuilderAttribute", ConstructorArguments: [{ Value: INamedTypeSymbol builder }] }
        && builder.OriginalDefinition.GetMembers(Marks.ObservedBuilder).Length > 0
        && builder.Name.StartsWith(Marks.ObservingBuilder, StringComparison.Ordinal);

    private static IEnumerable<IMethodSymbol> Unmarked(INamespaceOrTypeSymbol holder)
    {
        foreach (var member in holder.GetMembers().Where(member => !HotSymbols.IsMarked(member)))
        {
            if (member is IMethodSymbol method)
            {
                yield return method;
            }
            else if (member is INamespaceOrTypeSymbol nested)
            {
                foreach (var inner in Unmarked(nested))
                {
                    yield return inner;
                }
            }
        }
    }

    /// <summary>Adds to a pair the result of copying its core.</summary>
    public static HotMethodModel WithBody(HotPair pair, ParsedBody instrumented)
    {
        string? probing = instrumented.Instrumented is null ? null : InstrumentedBodyParser.Name(pair.Declaration, pair.CoreSyntax!);
        // The probes follow an instrumented body, whatever its builder is.
        string form = instrumented.Instrumented is not null && pair.Kind == "async" ? pair.Kind : pair.Form;
        return new(
            Describe(pair.Member, pair.Key, form, instrumented, pair.Written is null ? "" : PooledParser.Describe(pair.Written)),
            PairParser.Of(pair, probing, instrumented.Instrumented?.Use ?? CopyUse.Probing),
            instrumented.Instrumented
        );
    }

    private static MethodModel Describe(IMethodSymbol method, string key, string form, ParsedBody instrumented, string pooled)
    {
        var place = PreparedPair.Place(method).GetMappedLineSpan();
        return new(
            key,
            MethodNames.Id(method),
            MethodNames.Name(method),
            place.Path,
            place.StartLinePosition.Line + 1,
            form,
            instrumented.Instrumented is null ? null : key,
            instrumented.UnsupportedReason,
            pooled,
            HotSymbols.MaxBytesPerCall(method)
        );
    }
}
