using System.Collections.Immutable;
using HotPathGen.Generator.Library;
using HotPathGen.Generator.Sites;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Allocations;

/// <summary>Checks the sites of one body, including those of its lambdas and local functions. It leaves out code that hardly runs.</summary>
internal sealed class AllocationFinder : SiteFinder
{
    private readonly ImmutableArray<Allocation>.Builder _found = ImmutableArray.CreateBuilder<Allocation>();
    private readonly IMethodSymbol _method;
    private readonly MethodAllocations _methods;
    private readonly Bodies _bodies;
    private readonly SiteCertainty _certainty;
    private readonly AllocationDescriber _describer;
    private readonly BodyCalls _calls;

    private AllocationFinder(IMethodSymbol method, MethodAllocations methods, CancellationToken cancellation)
        : base(cancellation)
    {
        (_method, _methods) = (method, methods);
        _bodies = new(methods, cancellation);
        _certainty = new(methods, _bodies, cancellation);
        var offHeap = new OffHeap(_bodies);
        _describer = new(method, methods, offHeap);
        _calls = new(method, methods, _describer, offHeap, _found);
    }

    /// <param name="body">The body; null for a constructor without one.</param>
    /// <param name="initializers">The initializers that a constructor runs before its body.</param>
    /// <param name="method">The method.</param>
    /// <param name="methods">What other methods allocate.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static BodyAllocations Of(
        IOperation? body,
        IEnumerable<IOperation> initializers,
        IMethodSymbol method,
        MethodAllocations methods,
        CancellationToken cancellation
    )
    {
        var finder = new AllocationFinder(method, methods, cancellation);
        finder.Find(body, initializers);
        return new(
            finder._found.ToImmutable(),
            finder._calls.Unknown,
            finder._calls.Own,
            body is not null && new OffHeap(finder._bodies).IsInlined(method, body),
            methods.Versions(finder._bodies.Files)
        );
    }

    private void Find(IOperation? body, IEnumerable<IOperation> initializers)
    {
        _bodies.Remember(_method);
        if (_method.MethodKind == MethodKind.Constructor)
        {
            // The initializers may be in other files.
            _bodies.Remember(_method.ContainingType);
        }

        VisitAll(initializers);
        if (body is not null)
        {
            Visit(body);
            FindClosures(body);
            FindStateMachine(body);
        }
    }

    protected override bool IsLeftOut(IOperation operation) => ColdCode.Is(operation);

    protected override void Found(IOperation operation, Site? site)
    {
        if (site is not { } known)
        {
            _bodies.Remember(
                operation switch
                {
                    IInvocationOperation call => MethodAllocations.Implementation(call.TargetMethod),
                    IPropertyReferenceOperation reference => reference.Property,
                    IObjectCreationOperation creation => creation.Constructor,
                    IImplicitIndexerReferenceOperation index => index.IndexerSymbol,
                    _ => null,
                }
            );
        }
        else if (known.Kind is SiteKind.Call or SiteKind.Growth or SiteKind.Linq or SiteKind.Reflection)
        {
            _calls.Check(known, operation);
        }
        else if (_certainty.Of(known, operation) is { } certainty)
        {
            _found.Add(_describer.Of(known, operation, certainty));
        }

        VisitAll(operation.ChildOperations);
    }

    private void FindClosures(IOperation body)
    {
        if (Functions.Count == 0 || _method.DeclaringSyntaxReferences is not [var reference] || reference.GetSyntax() is not { } declaration)
        {
            return;
        }

        var bodySyntax = Shape.Body(declaration) ?? declaration;
        foreach (var (scope, names) in Closures.Of(body, _method, bodySyntax, Functions))
        {
            if (Functions.FirstOrDefault(function => Uses(function, names, scope)) is { } first)
            {
                _found.Add(_describer.Of(new(SiteKind.Closure), first, Certainty.Always, place: scope.GetFirstToken(), captures: names));
            }
        }
    }

    private static bool Uses(IOperation function, IReadOnlyList<string> names, SyntaxNode scope) =>
        function
            .Descendants()
            .Any(operation =>
                operation switch
                {
                    ILocalReferenceOperation reference => names.Contains(reference.Local.Name) && scope.Span.Contains(reference.Syntax.Span),
                    IParameterReferenceOperation reference => names.Contains(reference.Parameter.Name) && scope.Span.Contains(reference.Syntax.Span),
                    _ => false,
                }
            );

    private void FindStateMachine(IOperation body)
    {
        var declaration = body.Syntax is ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax property } ? property : body.Syntax;
        Certainty? certainty =
            _method.IsIterator || Shape.IsIterator(declaration) ? Certainty.Always
            : _method is { IsAsync: true, ReturnType: INamedTypeSymbol { Name: "Task", TypeArguments: [var result] } } && !AreKept(result, body)
                ? Certainty.Sometimes
            // The state machine is on the stack until it has to wait.
            : _method.IsAsync && body.Descendants().Any(static operation => operation is IAwaitOperation) ? Certainty.Sometimes
            : null;
        if (certainty is { } known)
        {
            _found.Add(
                _describer.Of(
                    new(SiteKind.StateMachine, _method.ReturnType),
                    body,
                    known,
                    declaration,
                    (Shape.Body(declaration) ?? declaration).GetFirstToken()
                )
            );
        }
    }

    /// <summary>
    /// Whether the runtime keeps a task for each result that an async method returns. It keeps tasks for small numbers, truth values and no result.
    /// </summary>
    private static bool AreKept(ITypeSymbol result, IOperation body) =>
        !body.Descendants().Any(static operation => operation is IAwaitOperation)
        && (
            result.SpecialType == SpecialType.System_Boolean
            || body.Descendants()
                .All(static operation =>
                    operation is not IReturnOperation { ReturnedValue: { } value }
                    || value.ConstantValue is { HasValue: true, Value: null or (>= -1 and < 9) }
                )
        );
}
