using System.Buffers;
using System.Runtime.CompilerServices;
using CommunityToolkit.HighPerformance.Buffers;
using HotPathGen;

namespace Overhead;

/// <summary>One body that needs a scratch buffer, and the ways to provide the buffer.</summary>
internal static partial class Scratch
{
    private const int StackLimit = 512;

    /// <summary>Touches both ends of the buffer, so that the rows differ only in the cost of providing it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Use(scoped Span<byte> scratch)
    {
        scratch[0] = 1;
        scratch[^1] = 2;
        return scratch[0] + scratch.Length;
    }

    public static partial int Generated(int length);

    private static int GeneratedCore(int length, [Pooled(Length = nameof(Length), StackLimit = StackLimit)] scoped Span<byte> scratch) =>
        Use(scratch);

    private static int Length(int length) => length;

    public static int ByHand(int length)
    {
        byte[]? rented = null;
        var scratch = length <= StackLimit ? stackalloc byte[StackLimit] : (rented = ArrayPool<byte>.Shared.Rent(length));
        scratch = scratch[..length];
        try
        {
            return Use(scratch);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    public static int NewArray(int length) => Use(new byte[length]);

    public static int Pool(int length)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            return Use(rented.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public static int Owner(int length)
    {
        using var owner = SpanOwner<byte>.Allocate(length);
        return Use(owner.Span);
    }

    public static int Writer(int length)
    {
        using var writer = new ArrayPoolBufferWriter<byte>(length);
        return Use(writer.GetSpan(length)[..length]);
    }
}
