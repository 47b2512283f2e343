using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Allocations;

/// <summary>Ways through operations.</summary>
internal static class Operations
{
    /// <summary>The whole body that an operation is part of.</summary>
    public static IOperation Whole(this IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }
}
