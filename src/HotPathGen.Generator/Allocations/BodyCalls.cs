using System.Collections.Immutable;
using HotPathGen.Generator.Library;
using HotPathGen.Generator.Sites;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Allocations;

/// <summary>
/// Checks the calls of one body. Of some calls it is known what they allocate, some are of the user's own methods, the rest are unknown.
/// </summary>
/// <param name="method">The method with the body.</param>
/// <param name="methods">What other methods allocate.</param>
/// <param name="describer">Describes what is found.</param>
/// <param name="offHeap">Knows what stays off the heap in the body.</param>
/// <param name="found">Receives the allocations that are found.</param>
internal sealed class BodyCalls(
    IMethodSymbol method,
    MethodAllocations methods,
    AllocationDescriber describer,
    OffHeap offHeap,
    ImmutableArray<Allocation>.Builder found
)
{
    private readonly ImmutableArray<UnknownCall>.Builder _unknown = ImmutableArray.CreateBuilder<UnknownCall>();
    private readonly ImmutableArray<OwnCall>.Builder _calls = ImmutableArray.CreateBuilder<OwnCall>();

    public ImmutableArray<UnknownCall> Unknown => _unknown.ToImmutable();

    public ImmutableArray<OwnCall> Own => _calls.ToImmutable();

    public void Check(Site site, IOperation operation)
    {
        if ((site.Callee ?? Disposal(operation)) is not { } callee)
        {
            if (IsDynamic(operation))
            {
                found.Add(describer.Of(site, operation, Certainty.Always));
            }

            return;
        }

        // Handlers of the base library write into the object that they are given.
        if (
            operation.Parent is IInterpolatedStringAppendOperation or IInterpolatedStringHandlerCreationOperation
            && callee.DeclaringSyntaxReferences.Length == 0
        )
        {
            return;
        }

        CheckCallee(site, operation, callee, Operations.Receiver(operation), new(SymbolEqualityComparer.Default));
    }

    /// <param name="site">The call.</param>
    /// <param name="operation">The operation that calls.</param>
    /// <param name="callee">The method that the call names.</param>
    /// <param name="receiver">The type on which the method is called.</param>
    /// <param name="within">The compiler-written members through which the call is reached.</param>
    private void CheckCallee(Site site, IOperation operation, IMethodSymbol callee, ITypeSymbol? receiver, HashSet<ISymbol> within)
    {
        callee = Dispatch.Resolve(callee, receiver);
        var definition = (callee.ReducedFrom ?? callee).OriginalDefinition;
        if (definition.MethodKind == MethodKind.LocalFunction || methods.AllowList.Includes(definition))
        {
            return;
        }

        if (definition is { IsImplicitlyDeclared: true, AssociatedSymbol: IEventSymbol member })
        {
            // A field-like event combines delegates. The first delegate is taken as it is.
            found.Add(describer.Of(new(SiteKind.Delegate, member.Type), operation, Certainty.Sometimes));
            return;
        }

        if (methods.MayRun(callee, receiver) is { } written)
        {
            CheckParts(site, operation, written, receiver, within);
            return;
        }

        if (IsForeign(definition))
        {
            CheckForeign(site with { Callee = callee }, definition, operation, receiver);
        }
        else if (!Dispatch.IsThat(definition, receiver))
        {
            _unknown.Add(describer.Unknown(callee, operation, receiver));
        }
        else
        {
            _calls.Add(
                new(
                    describer.Of(new(SiteKind.Call, site.Type, callee), operation, Certainty.Always),
                    UnknownCallee.Of(callee),
                    [.. callee.TypeArguments.Select(TypeArgument.Of)],
                    offHeap.StaysInMethod(operation)
                )
            );
            if (
                definition
                    is { MethodKind: MethodKind.Constructor, IsImplicitlyDeclared: true, ContainingType.BaseType.InstanceConstructors: var inherited }
                && inherited.FirstOrDefault(static constructor => constructor.Parameters.IsEmpty) is { } before
                && KnownCalls.KindOf(before.OriginalDefinition) is not null
            )
            {
                CheckCallee(site with { Callee = before }, operation, before, null, within);
            }
        }
    }

    /// <summary>Whether a method is not of this compilation, or is one that only the compiler knows.</summary>
    private bool IsForeign(IMethodSymbol definition) =>
        !SymbolEqualityComparer.Default.Equals(definition.ContainingAssembly, method.ContainingAssembly)
        || (definition.DeclaringSyntaxReferences.Length == 0 && definition is not { MethodKind: MethodKind.Constructor, IsImplicitlyDeclared: true });

    /// <summary>Checks what members do that the compiler writes.</summary>
    private void CheckParts(Site site, IOperation operation, IEnumerable<IMethodSymbol> written, ITypeSymbol? receiver, HashSet<ISymbol> within)
    {
        foreach (
            var part in written.Where(within.Add).SelectMany(member => Synthesized.PartsOf(member, receiver) ?? [new(member, member.ContainingType)])
        )
        {
            if (part.Makes is { } made)
            {
                found.Add(describer.Of(made, operation, part.Certainty));
            }
            else if (part.Callee is { } callee && KnownCalls.KindOf(callee.OriginalDefinition) is not null)
            {
                CheckCallee(site with { Callee = callee }, operation, callee, part.Receiver, within);
            }
        }
    }

    private void CheckForeign(Site site, IMethodSymbol definition, IOperation operation, ITypeSymbol? receiver)
    {
        var (isKnown, certainty) = MeasuredCalls.OfForeign(definition, site.Kind, operation);
        if (
            site.Kind == SiteKind.Growth
                ? Collections.TakesFactory(definition) || Reuse.IsPartOfCreation(operation) || Reuse.HasRoom(operation)
                : Reuse.GivesBack(operation)
        )
        {
            return;
        }

        if (!isKnown)
        {
            _unknown.Add(describer.Unknown(site.Callee!, operation, receiver));
        }
        else if (certainty is { } known)
        {
            found.Add(describer.Of(site, operation, known));
        }
    }

    /// <summary>The method that a using statement calls at its end.</summary>
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
