using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using HotPathGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPathGen.Generator.Allocations;

/// <summary>
/// What the methods of one compilation allocate, with all that they call in it; each is looked into once and only when somebody asks. Any
/// thread may ask; two that ask for the same at once may both look.
/// </summary>
internal sealed class MethodAllocations
{
    private static readonly ConditionalWeakTable<Compilation, MethodAllocations> s_known = new();

    private readonly ConcurrentDictionary<IMethodSymbol, BodyAllocations?> _bodies = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, MethodSummary> _summaries = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();
    private readonly Unedited? _before;

    private MethodAllocations(Compilation compilation, Vouched vouched)
    {
        (Compilation, Vouched) = (compilation, vouched);
        _before = Unedited.Of(compilation, vouched, this);
    }

    public static MethodAllocations Of(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation) =>
        s_known.GetValue(compilation, compilation => new(compilation, Vouched.Of(options, cancellation)));

    public Compilation Compilation { get; }

    public Vouched Vouched { get; }

    /// <summary>The method whose body runs when another is called: its core, or the half that has the body.</summary>
    public IMethodSymbol Implementation(IMethodSymbol method)
    {
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return Current(definition.IsPartialDefinition && WrittenPairs.Core(definition) is { } core ? core : definition.PartialImplementationPart ?? definition);
    }

    /// <summary>The symbol under which a method is known here: while its file is not edited, that of the compilation before.</summary>
    public IMethodSymbol Current(IMethodSymbol implementation) => _before?.Current(implementation) ?? implementation;

    /// <summary>The methods whose bodies have been looked into.</summary>
    public IEnumerable<IMethodSymbol> Looked => _bodies.Where(static body => body.Value is not null).Select(static body => body.Key);

    /// <summary>What a method with a body in this compilation allocates; null for one without.</summary>
    public MethodSummary? Of(IMethodSymbol method, CancellationToken cancellation)
    {
        IMethodSymbol implementation = Implementation(method);
        if (!_summaries.TryGetValue(implementation, out MethodSummary? summary) && Found(implementation, cancellation) is not null)
        {
            // Bodies are bound beside other threads that do the same; what is left for one at a time, so that no circle is seen half, is sums.
            LookInto(implementation, cancellation);
            lock (_summaries)
            {
                new Circles(this, _summaries, cancellation).Summarize(implementation);
            }

            summary = _summaries[implementation];
        }

        return summary;
    }

    /// <summary>What a body holds by itself; null for a method without one here.</summary>
    public BodyAllocations? Found(IMethodSymbol implementation, CancellationToken cancellation)
    {
        if (_bodies.TryGetValue(implementation, out BodyAllocations? known))
        {
            return known;
        }

        IMethodSymbol method = implementation;
        if (_before?.Has(method) == true)
        {
            BodyAllocations? before = _before.Methods.Found(method, cancellation);
            if (before is null || !_before.AnyEdited(before.Files) || _before.Now(method) is not { } now)
            {
                return before;
            }

            method = now;
        }

        return _bodies[implementation] = Bound(method, cancellation) is { } body ? BodyAllocations.Of(body, method, this, cancellation) : null;
    }

    /// <summary>The operations of a method's body; null where it has none here.</summary>
    public IOperation? Body(IMethodSymbol method, CancellationToken cancellation) => _before?.Has(method) == true ? _before.Methods.Body(method, cancellation) : Bound(method, cancellation);

    private IOperation? Bound(IMethodSymbol method, CancellationToken cancellation)
    {
        if (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not { } declaration || declaration is TypeDeclarationSyntax or ParameterSyntax or CompilationUnitSyntax
            || !Compilation.ContainsSyntaxTree(declaration.SyntaxTree))
        {
            return null;
        }

        return Model(declaration.SyntaxTree).GetOperation(declaration, cancellation);
    }

    /// <summary>Shared, so that what is bound for one method serves the next.</summary>
    public SemanticModel Model(SyntaxTree tree) => _models.GetOrAdd(tree, tree => Compilation.GetSemanticModel(tree));

    /// <summary>Which calls from a body nothing is known of, with those that its calls lead to: for each call each of them once, by the shortest way.</summary>
    public IEnumerable<UnknownCall> Unknown(IMethodSymbol method, CancellationToken cancellation)
    {
        IMethodSymbol implementation = Implementation(method);
        if (Found(implementation, cancellation) is not { } body)
        {
            yield break;
        }

        foreach (UnknownCall call in UnknownIn(body, cancellation))
        {
            yield return call;
        }

        foreach (OwnCall call in body.OwnCalls)
        {
            var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { implementation };
            var reached = new Queue<(OwnCall Call, ImmutableArray<IMethodSymbol> Way)>([(call, [])]);
            while (reached.Count > 0)
            {
                var (next, way) = reached.Dequeue();
                IMethodSymbol implementedBy = Current(next.Implementation);
                if (!seen.Add(implementedBy) || Found(implementedBy, cancellation) is not { } called)
                {
                    continue;
                }

                way = way.Add(next.Callee);
                foreach (UnknownCall unknown in UnknownIn(called, cancellation).Where(unknown => seen.Add(unknown.Callee)))
                {
                    yield return new(unknown.Callee, call.Operation.Syntax, way);
                }

                foreach (OwnCall further in called.OwnCalls)
                {
                    reached.Enqueue((further, way));
                }
            }
        }
    }

    /// <summary>Of its own calls those of methods without a body here.</summary>
    private IEnumerable<UnknownCall> UnknownIn(BodyAllocations body, CancellationToken cancellation) => body.Unknown.Concat(body.OwnCalls
        .Where(call => call.Implementation is not { MethodKind: MethodKind.Constructor, IsImplicitlyDeclared: true } && Found(Current(call.Implementation), cancellation) is null)
        .Select(static call => new UnknownCall(call.Callee, call.Operation.Syntax, [])));

    /// <summary>A body and all that its sum needs.</summary>
    private void LookInto(IMethodSymbol implementation, CancellationToken cancellation)
    {
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default) { implementation };
        var next = new Stack<IMethodSymbol>([implementation]);
        while (next.Count > 0)
        {
            foreach (OwnCall call in Found(next.Pop(), cancellation)?.OwnCalls ?? [])
            {
                IMethodSymbol called = Current(call.Implementation);
                if (!_summaries.ContainsKey(called) && seen.Add(called) && Found(called, cancellation) is { IsLoud: false })
                {
                    next.Push(called);
                }
            }
        }
    }
}
