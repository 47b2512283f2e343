using System.Collections.Immutable;
using HotPathGen.Generator.Sites;
using HotPathGen.Generator.Twins;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Allocations;

/// <summary>
/// What one body holds by itself: each site of which optimized code allocates, and its calls. Lambdas and local functions are part of it.
/// </summary>
internal sealed class BodyAllocations
{
    private readonly ImmutableArray<Allocation>.Builder _found = ImmutableArray.CreateBuilder<Allocation>();
    private readonly ImmutableArray<UnknownCall>.Builder _unknown = ImmutableArray.CreateBuilder<UnknownCall>();
    private readonly ImmutableArray<OwnCall>.Builder _calls = ImmutableArray.CreateBuilder<OwnCall>();
    private readonly List<IOperation> _functions = [];
    private readonly IMethodSymbol _method;
    private readonly MethodAllocations _methods;
    private readonly Bodies _bodies;
    private readonly CancellationToken _cancellation;

    private BodyAllocations(
        IOperation? body,
        IEnumerable<IOperation> initializers,
        IMethodSymbol method,
        MethodAllocations methods,
        CancellationToken cancellation
    )
    {
        _method = method;
        _methods = methods;
        _bodies = new(methods, cancellation);
        _cancellation = cancellation;
        if (method.MethodKind == MethodKind.Constructor)
        {
            // Its initializers may be in other files.
            _bodies.Remember(method.ContainingType);
        }

        foreach (var initializer in initializers)
        {
            Visit(initializer);
        }

        if (body is not null)
        {
            Visit(body);
            FindClosures(body);
            FindStateMachine(body);
        }

        (Allocations, Unknown, OwnCalls) = (_found.ToImmutable(), _unknown.ToImmutable(), _calls.ToImmutable());
        Own = MethodSummary.Of(Allocations);
        IsLoud = Allocations.Any(static found =>
            found is { Certainty: Certainty.Always, Site.Type: not ITypeParameterSymbol } && !OffHeap.IsReturned(found)
        );
    }

    /// <summary>What allocates here.</summary>
    public ImmutableArray<Allocation> Allocations { get; }

    /// <summary>The same, its calls aside.</summary>
    public MethodSummary Own { get; }

    /// <summary>Whether it allocates for certain, whoever calls it and wherever that is inlined.</summary>
    public bool IsLoud { get; }

    /// <summary>What is called here and nothing is known of.</summary>
    public ImmutableArray<UnknownCall> Unknown { get; }

    /// <summary>What is called here of this compilation: it allocates what its own body does.</summary>
    public ImmutableArray<OwnCall> OwnCalls { get; }

    /// <summary>The files with other bodies that this was judged by.</summary>
    public IReadOnlyCollection<SyntaxTree> Files => _bodies.Files;

    public static BodyAllocations Of(
        IOperation? body,
        IEnumerable<IOperation> initializers,
        IMethodSymbol method,
        MethodAllocations methods,
        CancellationToken cancellation
    ) => new(body, initializers, method, methods, cancellation);

    private void Visit(IOperation? operation)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (operation is null or { ConstantValue.HasValue: true } || SiteClassifier.IsOmitted(operation) || ColdCode.Is(operation))
        {
            return;
        }

        if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
        {
            _functions.Add(operation);
        }

        if ((SiteClassifier.Of(operation) ?? OfSlice(operation)) is { } site)
        {
            Judge(site, operation);
        }
        else
        {
            _bodies.Remember(
                operation switch
                {
                    IInvocationOperation call => _methods.Implementation(call.TargetMethod),
                    IPropertyReferenceOperation reference => reference.Property,
                    IObjectCreationOperation creation => creation.Constructor,
                    IImplicitIndexerReferenceOperation index => index.IndexerSymbol,
                    _ => null,
                }
            );
        }

        foreach (var child in operation.ChildOperations)
        {
            Visit(child);
        }
    }

    /// <summary>What a list pattern copies to look at a part: no site, for a probe has no place in a pattern.</summary>
    private static Site? OfSlice(IOperation operation) =>
        operation switch
        {
            ISlicePatternOperation { Pattern: null or IDiscardPatternOperation } => null,
            ISlicePatternOperation { SliceSymbol: IMethodSymbol slice } => new(SiteKind.Call, slice.ReturnType, slice),
            ISlicePatternOperation { InputType: IArrayTypeSymbol copied } => new(SiteKind.Array, copied),
            _ => null,
        };

    private void Judge(Site site, IOperation operation)
    {
        if (site.Kind is SiteKind.Call or SiteKind.Growth or SiteKind.Linq or SiteKind.Reflection)
        {
            JudgeCall(site, operation);
        }
        else if (CertaintyOf(site, operation) is { } certainty)
        {
            _found.Add(
                new(
                    site,
                    operation,
                    operation.Syntax,
                    !CanStay(site.Kind) ? certainty
                        : new OffHeap(_bodies).Keeps(operation) ? Certainty.OnlyUnoptimized
                        : certainty == Certainty.Always && new OffHeap(_bodies, mayInlineLoops: true).Keeps(operation) ? Certainty.Sometimes
                        : certainty
                )
            );
        }
    }

    private static bool CanStay(SiteKind kind) =>
        kind
            is SiteKind.Object
                or SiteKind.AnonymousObject
                or SiteKind.Array
                or SiteKind.ParamsArray
                or SiteKind.CollectionExpression
                or SiteKind.Boxing
                or SiteKind.Delegate;

    private Certainty? CertaintyOf(Site site, IOperation operation) =>
        site.Kind switch
        {
            // The first of several is taken as it is.
            SiteKind.Delegate when operation is ICompoundAssignmentOperation => Certainty.Sometimes,
            SiteKind.Delegate => Functions.IsKept(operation) ? null : Certainty.Always,
            SiteKind.Array => IsData(operation) ? null : Certainty.Always,
            SiteKind.CollectionExpression => site.Type is { IsValueType: true } && operation is ICollectionExpressionOperation { Elements.Length: 0 }
                ? null
                : Certainty.Always,
            SiteKind.Interpolation => operation is IInterpolatedStringOperation text && IsOneText(text) ? null : Certainty.Always,
            SiteKind.Enumerator => operation is IForEachLoopOperation { Collection: var collection } && new Iterators(_bodies).Made(collection) ? null
            : EnumeratorOf(operation) is { } certainty ? new Held(_methods, _bodies, _cancellation).Enumerator(operation, certainty)
            : null,
            SiteKind.Boxing => BoxOf(site, operation),
            _ => Certainty.Always,
        };

    /// <summary>Constants that the compiler puts into the file: a span shows them where they lie.</summary>
    private static bool IsData(IOperation operation) =>
        operation is IArrayCreationOperation { Initializer: { } initializer, Type: IArrayTypeSymbol { ElementType: { IsUnmanagedType: true } } }
        && operation.Parent is IConversionOperation { Type: { Name: "ReadOnlySpan", IsRefLikeType: true } }
        && initializer.ElementValues.All(static value => value.ConstantValue.HasValue);

    /// <summary>A single text in quotes and braces stays the text that it is.</summary>
    private static bool IsOneText(IInterpolatedStringOperation text) =>
        text.Parts is [IInterpolationOperation { Expression.Type.SpecialType: SpecialType.System_String, Alignment: null, FormatString: null }];

    private static Certainty? EnumeratorOf(IOperation operation)
    {
        if (operation is not IForEachLoopOperation { Syntax: CommonForEachStatementSyntax syntax, SemanticModel: { } model })
        {
            return Certainty.Always;
        }

        var info = model.GetForEachStatementInfo(syntax);
        return info.GetEnumeratorMethod switch
        {
            { ReturnType.IsValueType: true } method => CallTable.Verdict(method.OriginalDefinition) is 'a' or 's' ? Certainty.Always : null,
            _ => Certainty.Always,
        };
    }

    private static Certainty? BoxOf(Site site, IOperation operation) =>
        operation switch
        {
            // The JIT knows these by heart.
            IInvocationOperation { TargetMethod.Name: "GetType" or "HasFlag" } => null,
            IInvocationOperation { TargetMethod.Name: "GetHashCode" or "Equals" } when site.Type?.TypeKind == TypeKind.Enum => null,
            _ => site.Type is ITypeParameterSymbol { IsValueType: false }
            || site.Type?.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
                ? Certainty.Sometimes
                : Certainty.Always,
        };

    private void JudgeCall(Site site, IOperation operation)
    {
        if ((site.Callee ?? Disposal(operation)) is not { } callee)
        {
            if (IsDynamic(operation))
            {
                _found.Add(new(site, operation, operation.Syntax, Certainty.Always));
            }

            return;
        }

        // Handlers of the base library write into what they are given.
        if (
            operation.Parent is IInterpolatedStringAppendOperation or IInterpolatedStringHandlerCreationOperation
            && callee.DeclaringSyntaxReferences.Length == 0
        )
        {
            return;
        }

        JudgeCallee(site, operation, callee, Operations.Receiver(operation), new(SymbolEqualityComparer.Default));
    }

    /// <param name="site">The call.</param>
    /// <param name="operation">What calls.</param>
    /// <param name="callee">What it names.</param>
    /// <param name="receiver">The type that it is called on.</param>
    /// <param name="within">The members that the compiler writes by which it is called.</param>
    private void JudgeCallee(Site site, IOperation operation, IMethodSymbol callee, ITypeSymbol? receiver, HashSet<ISymbol> within)
    {
        callee = Calls.Resolve(callee, receiver);
        var definition = (callee.ReducedFrom ?? callee).OriginalDefinition;
        if (definition.MethodKind == MethodKind.LocalFunction || _methods.Vouched.Includes(definition))
        {
            return;
        }

        if (definition is { IsImplicitlyDeclared: true, AssociatedSymbol: IEventSymbol member })
        {
            // A field-like event combines delegates; the first is taken as it is.
            _found.Add(new(new(SiteKind.Delegate, member.Type), operation, operation.Syntax, Certainty.Sometimes));
            return;
        }

        if (_methods.MayRun(callee, receiver) is { } written)
        {
            JudgeParts(site, operation, written, receiver, within);
            return;
        }

        if (IsForeign(definition))
        {
            JudgeForeign(site with { Callee = callee }, definition, operation, receiver);
        }
        else if (!Calls.IsThat(definition, receiver))
        {
            _unknown.Add(new(callee, operation.Syntax, []) { Of = receiver as ITypeParameterSymbol });
        }
        else
        {
            _calls.Add(new(site with { Callee = callee, Kind = SiteKind.Call }, _methods.Implementation(definition), operation));
            if (
                definition
                    is { MethodKind: MethodKind.Constructor, IsImplicitlyDeclared: true, ContainingType.BaseType.InstanceConstructors: var inherited }
                && inherited.FirstOrDefault(static constructor => constructor.Parameters.IsEmpty) is { } before
                && KnownCalls.KindOf(before.OriginalDefinition) is not null
            )
            {
                JudgeCallee(site with { Callee = before }, operation, before, null, within);
            }
        }
    }

    /// <summary>Whether it is not of this compilation, or nothing but the compiler knows of it.</summary>
    private bool IsForeign(IMethodSymbol definition) =>
        !SymbolEqualityComparer.Default.Equals(definition.ContainingAssembly, _method.ContainingAssembly)
        || (definition.DeclaringSyntaxReferences.Length == 0 && definition is not { MethodKind: MethodKind.Constructor, IsImplicitlyDeclared: true });

    /// <summary>Of members that the compiler writes what they do.</summary>
    private void JudgeParts(Site site, IOperation operation, IEnumerable<IMethodSymbol> written, ITypeSymbol? receiver, HashSet<ISymbol> within)
    {
        foreach (
            var part in written.Where(within.Add).SelectMany(member => Synthesized.PartsOf(member, receiver) ?? [new(member, member.ContainingType)])
        )
        {
            if (part.Makes is { } made)
            {
                _found.Add(new(made, operation, operation.Syntax, part.Certainty));
            }
            else if (part.Callee is { } callee && KnownCalls.KindOf(callee.OriginalDefinition) is not null)
            {
                JudgeCallee(site with { Callee = callee }, operation, callee, part.Receiver, within);
            }
        }
    }

    private void JudgeForeign(Site site, IMethodSymbol definition, IOperation operation, ITypeSymbol? receiver)
    {
        var (isKnown, certainty) = Calls.OfForeign(definition, site.Kind, operation);
        if (
            site.Kind == SiteKind.Growth
                ? ColdCode.TakesFactory(definition) || Reuse.IsPartOfCreation(operation) || Reuse.HasRoom(operation)
                : Reuse.GivesBack(operation)
        )
        {
            return;
        }

        if (!isKnown)
        {
            _unknown.Add(new(site.Callee!, operation.Syntax, []) { Of = receiver as ITypeParameterSymbol });
        }
        else if (certainty is { } known)
        {
            _found.Add(new(site, operation, operation.Syntax, known));
        }
    }

    private void FindClosures(IOperation body)
    {
        if (_functions.Count == 0 || _method.DeclaringSyntaxReferences is not [var reference] || reference.GetSyntax() is not { } declaration)
        {
            return;
        }

        var bodySyntax = Shape.Body(declaration) ?? declaration;
        foreach (var (scope, names) in Closures.Of(body, _method, bodySyntax, _functions))
        {
            if (_functions.FirstOrDefault(function => Uses(function, names, scope)) is { } first)
            {
                _found.Add(
                    new(new(SiteKind.Closure), first, first.Syntax, Certainty.Always)
                    {
                        Place = scope.GetFirstToken(),
                        Captures = string.Join(", ", names),
                    }
                );
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
            // On the stack until it has to wait.
            : _method.IsAsync && body.Descendants().Any(static operation => operation is IAwaitOperation) ? Certainty.Sometimes
            : null;
        if (certainty is { } known)
        {
            _found.Add(
                new(new(SiteKind.StateMachine, _method.ReturnType), body, declaration, known)
                {
                    Place = (Shape.Body(declaration) ?? declaration).GetFirstToken(),
                }
            );
        }
    }

    /// <summary>Whether the runtime has tasks at hand for all that an async method returns: small numbers, truth values, nothing.</summary>
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

    /// <summary>What a using statement calls at its end.</summary>
    private static IMethodSymbol? Disposal(IOperation operation)
    {
        var type = operation switch
        {
            IUsingOperation { Resources: IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [var declarator, ..] }, ..] } } =>
                declarator.Symbol.Type,
            IUsingOperation { Resources: var resource } => resource.Type,
            IUsingDeclarationOperation { DeclarationGroup.Declarations: [{ Declarators: [var declarator, ..] }, ..] } => declarator.Symbol.Type,
            _ => null,
        };
        string name = operation is IUsingOperation { IsAsynchronous: true } or IUsingDeclarationOperation { IsAsynchronous: true }
            ? "DisposeAsync"
            : "Dispose";
        for (; type is not null; type = type.BaseType)
        {
            if (type.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(static method => method.Parameters.Length == 0) is { } method)
            {
                return method;
            }
        }

        return null;
    }

    private static bool IsDynamic(IOperation operation) =>
        operation
            is IDynamicInvocationOperation
                or IDynamicMemberReferenceOperation
                or IDynamicIndexerAccessOperation
                or IDynamicObjectCreationOperation
        || operation.ChildOperations.Any(static child => child.Type?.TypeKind == TypeKind.Dynamic);
}
