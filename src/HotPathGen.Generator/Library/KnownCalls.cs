using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using HotPathGen.Generator.Symbols;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Library;

/// <summary>
/// Knows the calls that do not allocate, or that count what they allocate themselves. Calls that were only measured not to allocate are not among
/// them: measurements are of samples. A call without a probe must not allocate whatever it is given, and must not run anybody's code that does.
/// </summary>
internal static class KnownCalls
{
    /// <summary>Types whose members do not allocate, apart from members that return a string or an array.</summary>
    private static readonly HashSet<string> s_types =
    [
        "System.Span`1",
        "System.ReadOnlySpan`1",
        "System.Memory`1",
        "System.ReadOnlyMemory`1",
        "System.MemoryExtensions",
        "System.Nullable`1",
        "System.Math",
        "System.MathF",
        "System.Index",
        "System.Range",
        "System.Half",
        "System.HashCode",
        "System.Guid",
        "System.TimeSpan",
        "System.Boolean",
        "System.Char",
        "System.SByte",
        "System.Byte",
        "System.Int16",
        "System.UInt16",
        "System.Int32",
        "System.UInt32",
        "System.Int64",
        "System.UInt64",
        "System.Single",
        "System.Double",
        "System.IntPtr",
        "System.UIntPtr",
        "System.Decimal",
        "System.DateTime",
        "System.Int128",
        "System.UInt128",
        "System.DateTimeOffset",
        "System.DateOnly",
        "System.TimeOnly",
        "System.Numerics.BitOperations",
        "System.Buffers.Binary.BinaryPrimitives",
        "System.Buffers.Text.Utf8Parser",
        "System.Buffers.Text.Utf8Formatter",
        "System.Runtime.CompilerServices.Unsafe",
        "System.Runtime.InteropServices.MemoryMarshal",
        "System.Threading.Volatile",
        "System.Threading.Interlocked",
        "System.Threading.Monitor",
        "System.Threading.SpinWait",
        "System.Diagnostics.Stopwatch",
        "System.Diagnostics.Debug",
        "System.GC",
        "System.Collections.Generic.KeyValuePair`2",
        "System.ValueTuple",
        "System.Text.Rune",
        "System.Text.Ascii",
    ];

    /// <summary>Single members of other types that do not allocate.</summary>
    private static readonly HashSet<string> s_members =
    [
        "System.Object.ReferenceEquals",
        "System.Object.GetType",
        "System.Object..ctor",
        "System.String.get_Length",
        "System.String.get_Chars",
        "System.String.Equals",
        "System.String.CompareOrdinal",
        "System.String.IsNullOrEmpty",
        "System.String.IsNullOrWhiteSpace",
        "System.String.GetHashCode",
        "System.String.op_Equality",
        "System.String.op_Inequality",
        "System.String.op_Implicit",
        "System.String.Contains",
        "System.String.IndexOfAny",
        "System.String.CopyTo",
        "System.String.TryCopyTo",
        "System.String.GetPinnableReference",
        "System.Array.get_Length",
        "System.Array.get_LongLength",
        "System.Array.get_Rank",
        "System.Array.GetLength",
        "System.Array.GetLowerBound",
        "System.Array.GetUpperBound",
        "System.Array.Copy",
        "System.Array.Clear",
        "System.Array.Fill",
        "System.Array.Empty",
        "System.Buffer.BlockCopy",
        "System.Buffer.MemoryCopy",
        "System.Collections.Generic.List`1.get_Count",
        "System.Collections.Generic.List`1.get_Item",
        "System.Collections.Generic.List`1.set_Item",
        "System.Collections.Generic.List`1.Clear",
        "System.Collections.Generic.List`1.RemoveAt",
        "System.Collections.Generic.List`1.get_Capacity",
        "System.Collections.Generic.Dictionary`2.get_Count",
        "System.Collections.Generic.HashSet`1.get_Count",
        "System.Collections.Generic.Stack`1.get_Count",
        "System.Collections.Generic.Queue`1.get_Count",
        "System.Collections.Generic.Stack`1.Pop",
        "System.Collections.Generic.Stack`1.Peek",
        "System.Collections.Generic.Queue`1.Dequeue",
        "System.Collections.Generic.Queue`1.Peek",
        "System.Text.StringBuilder.get_Length",
        "System.Threading.Tasks.Task.get_IsCompleted",
        "System.Threading.Tasks.Task.get_IsCompletedSuccessfully",
        "System.Threading.Tasks.Task.get_CompletedTask",
        "System.Runtime.InteropServices.CollectionsMarshal.AsSpan",
        "System.Threading.CancellationToken.get_IsCancellationRequested",
        "System.Threading.CancellationToken.ThrowIfCancellationRequested",
    ];

    /// <summary>What was found out about definitions, kept as long as their assembly is known. Most calls are of few methods.</summary>
    private static readonly ConditionalWeakTable<IAssemblySymbol, ConcurrentDictionary<ISymbol, SiteKind?>> s_kinds = new();

    /// <summary>The kind of site that a call of a method is; null if the call needs no probe.</summary>
    public static SiteKind? KindOf(IMethodSymbol definition)
    {
        if (definition.ContainingAssembly is not { } assembly)
        {
            return Find(definition);
        }

        var known = s_kinds.GetValue(assembly, static _ => new(SymbolEqualityComparer.Default));
        return known.TryGetValue(definition, out var kind) ? kind : known[definition] = Find(definition);

        static SiteKind? Find(IMethodSymbol definition) => NeedsNoSite(definition) ? null : Kind(definition);
    }

    private static SiteKind Kind(IMethodSymbol definition)
    {
        string type = definition.ContainingType is { } container
            ? (container.ContainingNamespace?.ToDisplayString() ?? "") + "." + container.Name
            : "";
        return type switch
        {
            "System.Linq.Enumerable" or "System.Linq.Queryable" or "System.Linq.ParallelEnumerable" or "System.Linq.AsyncEnumerable" => SiteKind.Linq,
            "System.Activator" or "System.Type" => SiteKind.Reflection,
            _ when type.StartsWith("System.Reflection.", StringComparison.Ordinal) => SiteKind.Reflection,
            _ when (type == "System.Text.StringBuilder" || type.StartsWith("System.Collections.", StringComparison.Ordinal))
                    && Grows(definition.Name)
                    && !IsByPlace(definition) => SiteKind.Growth,
            _ => SiteKind.Call,
        };
    }

    /// <summary>Whether a member sets an element at a place and not by a key. The collection stays as large as it is then.</summary>
    private static bool IsByPlace(IMethodSymbol definition) =>
        definition is { Name: "set_Item", Parameters: [{ Type.SpecialType: SpecialType.System_Int32 }, ..] };

    private static bool Grows(string name) =>
        name
            is "Add"
                or "AddRange"
                or "TryAdd"
                or "set_Item"
                or "set_Capacity"
                or "Push"
                or "Enqueue"
                or "EnsureCapacity"
                or "AddFirst"
                or "AddLast"
                or "GetOrAdd"
                or "AddOrUpdate"
        || name.StartsWith("Append", StringComparison.Ordinal)
        || name.StartsWith("Insert", StringComparison.Ordinal);

    private static bool NeedsNoSite(IMethodSymbol definition)
    {
        if (CountsItself(definition))
        {
            return true;
        }

        if (definition.ReturnType.SpecialType == SpecialType.System_String || definition.ReturnType.TypeKind == TypeKind.Array)
        {
            return !Dispatch.MayBeReplaced(definition) && (AutoProperties.IsAccessor(definition) || SimpleMethods.OnlyMovesValues(definition));
        }

        if (SimpleMethods.IsArithmetic(definition))
        {
            return true;
        }

        return definition.ContainingType is { } type
            && (
                IsListed(type, definition)
                || (!Dispatch.MayBeReplaced(definition) && (AutoProperties.IsAccessor(definition) || SimpleMethods.OnlyMovesValues(definition)))
            );
    }

    /// <summary>Whether a method is hot. Then its own frame counts its bytes.</summary>
    private static bool CountsItself(IMethodSymbol method) => !Dispatch.MayBeReplaced(method) && PreparedMark.Of(method) is not null;

    private static bool IsListed(INamedTypeSymbol type, IMethodSymbol method)
    {
        if (type.ContainingNamespace is not { } space || !Namespaces.IsSystem(space))
        {
            return false;
        }

        string name = space.ToDisplayString() + "." + type.MetadataName;
        return (s_types.Contains(name) && method.Name is not ("Sort" or "BinarySearch" or "StartNew") && !ParsesDates(type, method))
            || s_members.Contains(name + "." + method.Name)
            || name.StartsWith("System.Runtime.Intrinsics.", StringComparison.Ordinal)
            || name.StartsWith("System.Numerics.Vector", StringComparison.Ordinal);
    }

    /// <summary>Whether a method parses dates and the like. Such methods look up patterns of a culture, or make messages; numbers do not.</summary>
    private static bool ParsesDates(INamedTypeSymbol type, IMethodSymbol method) =>
        (method.Name.StartsWith("Parse", StringComparison.Ordinal) || method.Name.StartsWith("TryParse", StringComparison.Ordinal))
        && type.Name is ("TimeSpan" or "DateTime" or "DateTimeOffset" or "DateOnly" or "TimeOnly");
}
