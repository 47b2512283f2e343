using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Allocations;

/// <summary>A call of a method of this compilation.</summary>
/// <param name="Allocation">The call as an allocation, if the called method allocates.</param>
/// <param name="Callee">The called method, as an unknown one if it has no body here.</param>
/// <param name="TypeArguments">The types that are given for the type parameters of the called method.</param>
/// <param name="CanKeepResult">Whether what an inlined callee returns can stay off the heap here.</param>
internal sealed record OwnCall(Allocation Allocation, UnknownCallee Callee, ImmutableArray<TypeArgument> TypeArguments, bool CanKeepResult)
{
    /// <summary>The method whose body runs; null if it has no declaration that could have a body.</summary>
    public MethodId? Implementation => Allocation.Callee;
}

/// <summary>A type that is given for a type parameter.</summary>
/// <param name="IsValueType">Whether it is a value type.</param>
/// <param name="SealedType">The reference id of a type from which no type derives; null for other types.</param>
internal readonly record struct TypeArgument(bool IsValueType, string? SealedType)
{
    public static TypeArgument Of(ITypeSymbol type) => new(type.IsValueType, type.IsSealed ? DocumentationCommentId.CreateReferenceId(type) : null);
}
