using HotPathGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Symbols;

/// <summary>The request that the attribute on one parameter makes.</summary>
internal sealed class PooledRequest
{
    public const string Attribute = "HotPathGen.PooledAttribute";
    public const string ListName = "PooledList";
    private const int DefaultStackLimit = 512;

    private PooledRequest(IParameterSymbol parameter, AttributeData attribute)
    {
        Parameter = parameter;
        Constant = attribute.ConstructorArguments is [{ Value: int length }] ? length : null;
        foreach (var argument in attribute.NamedArguments)
        {
            switch (argument.Key)
            {
                case "Length":
                    Length = argument.Value.Value as string;
                    break;
                case "StackLimit":
                    StackLimit = argument.Value.Value is int limit ? limit : DefaultStackLimit;
                    break;
                case "Source":
                    Source = argument.Value.Value as string;
                    break;
                case "Clear":
                    Clear = argument.Value.Value is int clear ? (Clearing)clear : Clearing.WhenReferences;
                    break;
            }
        }

        (Kind, Element) = KindOf(parameter.Type);
    }

    public IParameterSymbol Parameter { get; }
    public int? Constant { get; }
    public string? Length { get; }
    public int StackLimit { get; } = DefaultStackLimit;
    public string? Source { get; }
    public Clearing Clear { get; }
    public PooledKind Kind { get; }

    /// <summary>The element type; null for objects.</summary>
    public ITypeSymbol? Element { get; }

    /// <summary>When a buffer is cleared, with the numbers of <c>PooledClear</c>.</summary>
    public enum Clearing
    {
        WhenReferences,
        Never,
        Always,
    }

    /// <summary>Reads the request of a parameter; null for a parameter that is not pooled.</summary>
    public static PooledRequest? Of(IParameterSymbol parameter) =>
        parameter
            .GetAttributes()
            .FirstOrDefault(attribute => attribute.AttributeClass is { Name: "PooledAttribute" } type && type.ToDisplayString() == Attribute)
            is { } attribute
            ? new(parameter, attribute)
            : null;

    /// <summary>The pooled parameters of a method.</summary>
    public static IReadOnlyList<PooledRequest> All(IMethodSymbol method) => [.. method.Parameters.Select(Of).OfType<PooledRequest>()];

    private static (PooledKind Kind, ITypeSymbol? Element) KindOf(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol { IsSZArray: true } array)
        {
            return (PooledKind.Array, array.ElementType);
        }

        if (type is not INamedTypeSymbol { TypeArguments: [var element] } named)
        {
            return (PooledKind.Object, null);
        }

        // The type of the list does not exist yet the first time.
        if (named.Name == ListName && (named.TypeKind == TypeKind.Error || named.ContainingNamespace.ToDisplayString() == "HotPathGen"))
        {
            return (PooledKind.List, element);
        }

        return named.ContainingNamespace?.ToDisplayString() != "System"
            ? (PooledKind.Object, null)
            : named.Name switch
            {
                "Span" => (PooledKind.Span, element),
                "Memory" => (PooledKind.Memory, element),
                "ArraySegment" => (PooledKind.ArraySegment, element),
                _ => (PooledKind.Object, null),
            };
    }
}
