using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using HotPathGen.Generator.Library;
using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPathGen.Generator.Allocations;

/// <summary>
/// What the methods of one compilation allocate, with all that they call in it. Each method is examined once, and only when somebody asks. Any thread
/// may ask. If two threads ask for the same method at once, both may examine it.
/// </summary>
internal sealed class MethodAllocations
{
    private static readonly ConditionalWeakTable<Compilation, MethodAllocations> s_known = new();

    private readonly ConcurrentDictionary<MethodId, BodyAllocations?> _bodies = new();
    private readonly ConcurrentDictionary<MethodId, MethodSummary> _summaries = new();
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();
    private readonly ConcurrentQueue<IMethodSymbol> _examined = new();
    private readonly SyntaxTree[] _files;
    private readonly Dictionary<SyntaxTree, int> _indices = [];
    private readonly Descendants _descendants;
    private readonly KnownBodies _known;

    private MethodAllocations(Compilation compilation, AllowList allowed)
    {
        (Compilation, AllowList, _descendants, _files) = (compilation, allowed, new(compilation), [.. compilation.SyntaxTrees]);
        for (int i = 0; i < _files.Length; i++)
        {
            _indices.Add(_files[i], i);
        }

        _known = KnownBodies.Of(compilation, _files, allowed);
    }

    public static MethodAllocations Of(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation) =>
        s_known.GetValue(compilation, compilation => new(compilation, AllowList.Of(options, cancellation)));

    public Compilation Compilation { get; }

    public AllowList AllowList { get; }

    /// <summary>The method whose body runs when another method is called: its core, or the half that has the body.</summary>
    public static IMethodSymbol Implementation(IMethodSymbol method)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return definition.IsPartialDefinition && WrittenPairs.Core(definition) is { } core
            ? core
            : definition.PartialImplementationPart ?? definition;
    }

    /// <summary>The id of a method; null if it has no declaration here that could have a body.</summary>
    public MethodId? Id(IMethodSymbol implementation) =>
        MethodId.Place(implementation) is { } place && _indices.TryGetValue(place.SyntaxTree, out int file)
            ? MethodId.Of(implementation, file, place.GetSyntax())
            : null;

    /// <summary>The part of a file that a location names.</summary>
    public SourceSpan Span(Location location) => new(_indices[location.SourceTree!], location.SourceSpan);

    public Location Location(SourceSpan span) => Microsoft.CodeAnalysis.Location.Create(_files[span.File], span.Span);

    /// <summary>The present versions of files of this compilation.</summary>
    public ImmutableArray<FileVersion> Versions(IEnumerable<SyntaxTree> files) =>
        [.. files.Where(_indices.ContainsKey).Select(file => new FileVersion(_indices[file], FileDeclarations.Of(file).Version))];

    /// <summary>
    /// For a member that the compiler writes: the members that may run when it is called. Null for any other member, and null if code outside this
    /// compilation may have another one.
    /// </summary>
    public IEnumerable<IMethodSymbol>? MayRun(IMethodSymbol callee, ITypeSymbol? receiver) =>
        Synthesized.PartsOf(callee, receiver) is null ? null
        : receiver is { IsAnonymousType: true } || Dispatch.IsThat(callee, receiver) ? [callee]
        : _descendants.Of(callee.ContainingType)?.Select(type => Dispatch.Override(callee, type)).Prepend(callee);

    /// <summary>The methods whose bodies have been examined for this compilation.</summary>
    public IEnumerable<IMethodSymbol> Examined => _examined;

    /// <summary>What a method with a body in this compilation allocates; null for one without.</summary>
    public MethodSummary? Of(IMethodSymbol method, CancellationToken cancellation)
    {
        if (Id(Implementation(method)) is not { } implementation)
        {
            return null;
        }

        if (!_summaries.TryGetValue(implementation, out var summary) && Found(implementation, cancellation) is not null)
        {
            // Several threads bind bodies at the same time. Only the sums are left to one thread at a time, so that no thread sees half of a circle.
            LookInto(implementation, cancellation);
            lock (_summaries)
            {
                new StronglyConnectedComponents(this, _summaries, cancellation).Summarize(implementation);
            }

            summary = _summaries[implementation];
        }

        return summary;
    }

    /// <summary>What a body allocates by itself; null for a method without a body here.</summary>
    public BodyAllocations? Found(MethodId implementation, CancellationToken cancellation)
    {
        if (_bodies.TryGetValue(implementation, out var found))
        {
            return found;
        }

        found = _known.Find(implementation, _files);
        if (found is null && implementation.Symbol(Model(_files[implementation.File])) is { } method)
        {
            var bound = Body(method, cancellation);
            if (bound is not null || IsWritten(method))
            {
                found = AllocationFinder.Of(bound, Initializers(method, cancellation), method, this, cancellation);
                _known.Add(implementation, found);
                _examined.Enqueue(method);
            }
        }

        return _bodies[implementation] = found;
    }

    /// <summary>
    /// Whether a method is a constructor of this compilation that has no body: the parameters of its type declare it, or nothing does.
    /// </summary>
    private bool IsWritten(IMethodSymbol method) =>
        method.MethodKind == MethodKind.Constructor
        && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, Compilation.Assembly)
        && (method.IsImplicitlyDeclared || method.DeclaringSyntaxReferences is [var reference] && reference.GetSyntax() is TypeDeclarationSyntax);

    /// <summary>
    /// The initializers of a type's fields and properties, which its constructors run first, and the arguments that a primary constructor gives its
    /// base.
    /// </summary>
    private IEnumerable<IOperation> Initializers(IMethodSymbol method, CancellationToken cancellation)
    {
        if (
            method.MethodKind != MethodKind.Constructor
            || method.DeclaringSyntaxReferences.Any(static reference =>
                reference.GetSyntax() is ConstructorDeclarationSyntax { Initializer.ThisOrBaseKeyword.RawKind: (int)SyntaxKind.ThisKeyword }
            )
        )
        {
            yield break;
        }

        foreach (
            var type in method
                .ContainingType.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation))
                .OfType<TypeDeclarationSyntax>()
        )
        {
            SyntaxNode?[] values =
            [
                .. type
                    .Members.OfType<BaseFieldDeclarationSyntax>()
                    .Where(static field => !IsShared(field))
                    .SelectMany(static field => field.Declaration.Variables)
                    .Select(static variable => variable.Initializer),
                .. type
                    .Members.OfType<PropertyDeclarationSyntax>()
                    .Where(static property => !IsShared(property))
                    .Select(static property => property.Initializer),
                method.IsImplicitlyDeclared || type.ParameterList is null
                    ? null
                    : type.BaseList?.Types.OfType<PrimaryConstructorBaseTypeSyntax>().FirstOrDefault(),
            ];
            foreach (var value in values.OfType<SyntaxNode>())
            {
                if (Model(type.SyntaxTree).GetOperation(value, cancellation) is { } operation)
                {
                    yield return operation;
                }
            }
        }

        static bool IsShared(MemberDeclarationSyntax member) =>
            member.Modifiers.Any(SyntaxKind.StaticKeyword) || member.Modifiers.Any(SyntaxKind.ConstKeyword);
    }

    /// <summary>The operations of a method's body; null for a method without a body here.</summary>
    public IOperation? Body(IMethodSymbol method, CancellationToken cancellation)
    {
        if (
            method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not { } declaration
            || declaration is TypeDeclarationSyntax or ParameterSyntax or CompilationUnitSyntax
            || !Compilation.ContainsSyntaxTree(declaration.SyntaxTree)
        )
        {
            return null;
        }

        return Model(declaration.SyntaxTree).GetOperation(declaration, cancellation);
    }

    /// <summary>The semantic model of a file. All methods share it, so that what is bound for one method serves the next.</summary>
    public SemanticModel Model(SyntaxTree tree) => _models.GetOrAdd(tree, tree => Compilation.GetSemanticModel(tree));

    /// <summary>
    /// The calls from a body of which nothing is known, with those that its calls lead to. Each call has each of them once, by the shortest way.
    /// </summary>
    public IEnumerable<UnknownCall> Unknown(IMethodSymbol method, CancellationToken cancellation)
    {
        if (Id(Implementation(method)) is not { } implementation || Found(implementation, cancellation) is not { } body)
        {
            yield break;
        }

        foreach (var call in UnknownIn(body, cancellation))
        {
            yield return call;
        }

        foreach (var call in body.OwnCalls)
        {
            var (seen, reported) = (new HashSet<MethodId>([implementation]), new HashSet<string>());
            var reached = new Queue<(OwnCall Call, ImmutableArray<string> Through)>([(call, [])]);
            while (reached.Count > 0)
            {
                var (next, through) = reached.Dequeue();
                if (next.Implementation is not { } implementedBy || !seen.Add(implementedBy) || Found(implementedBy, cancellation) is not { } called)
                {
                    continue;
                }

                through = through.Add(next.Callee.Name);
                foreach (
                    var unknown in UnknownIn(called, cancellation)
                        .Select(static unknown => unknown.Callee)
                        .Where(callee => !IsKnownFor(callee.Constraint, next, cancellation) && reported.Add(callee.Signature))
                )
                {
                    yield return new(unknown, call.Allocation.Reported, call.Allocation.Place, through);
                }

                foreach (var further in called.OwnCalls)
                {
                    reached.Enqueue((further, through));
                }
            }
        }
    }

    /// <summary>The unknown calls of a body, with its own calls of methods that have no body here.</summary>
    private IEnumerable<UnknownCall> UnknownIn(BodyAllocations body, CancellationToken cancellation) =>
        body.Unknown.Concat(
            body.OwnCalls.Where(call => call.Implementation is not { } implementation || Found(implementation, cancellation) is null)
                .Select(static call => new UnknownCall(call.Callee, call.Allocation.Reported, call.Allocation.Place, []))
        );

    /// <summary>
    /// Whether an unknown call of a member of a type parameter is known for the type that a caller gives, because that type's member does not
    /// allocate.
    /// </summary>
    private bool IsKnownFor(Constraint? constraint, OwnCall called, CancellationToken cancellation)
    {
        if (
            constraint is null
            || constraint.TypeParameter >= called.TypeArguments.Length
            || called.TypeArguments[constraint.TypeParameter].SealedType is not { } id
            || DocumentationCommentId.GetFirstSymbolForReferenceId(id, Compilation) is not ITypeSymbol given
            || given.AllInterfaces.Where(candidate => candidate.OriginalDefinition.GetDocumentationCommentId() == constraint.Type).ToArray()
                is not [var contract]
            || contract
                .GetMembers(constraint.Name)
                .OfType<IMethodSymbol>()
                .FirstOrDefault(member => member.OriginalDefinition.GetDocumentationCommentId() == constraint.Member)
                is not { } member
            || given.FindImplementationForInterfaceMember(member) is not IMethodSymbol { ContainingType.TypeKind: not TypeKind.Interface } run
        )
        {
            return false;
        }

        // A method that calls others could lead back here.
        return KnownCalls.KindOf(run.OriginalDefinition) is null
            || AllowList.Includes(run.OriginalDefinition)
            || CallTable.Verdict(run.OriginalDefinition) == 'n'
            || Id(Implementation(run)) is { } implementation
                && Found(implementation, cancellation) is { Unknown: [], OwnCalls: [], Allocations: var inside }
                && inside.All(static found => found.Certainty == Certainty.OnlyUnoptimized);
    }

    /// <summary>Examines a body, and all other bodies that its sum needs.</summary>
    private void LookInto(MethodId implementation, CancellationToken cancellation)
    {
        var seen = new HashSet<MethodId>([implementation]);
        var next = new Stack<MethodId>([implementation]);
        while (next.Count > 0)
        {
            foreach (var call in Found(next.Pop(), cancellation)?.OwnCalls ?? [])
            {
                if (
                    call.Implementation is { } called
                    && !_summaries.ContainsKey(called)
                    && seen.Add(called)
                    && Found(called, cancellation) is { IsLoud: false }
                )
                {
                    next.Push(called);
                }
            }
        }
    }
}
