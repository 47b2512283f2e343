namespace Allocations.Methods;

[Instrument]
internal static class Arrays
{
    public static int Escaping(int i)
    {
        Sink.Kept = new int[8];
        return i;
    }

    public static int KeptHere(int i)
    {
        int[] array = new int[4];
        array[i & 3] = i;
        return array[0] + array[3];
    }

    public static int KeptInitialized(int i)
    {
        int[] array = [i, 2, 3];
        return array[i % 3];
    }

    public static int VariableLength(int i)
    {
        byte[] array = new byte[(i & 63) + 1];
        return array.Length;
    }

    public static int Large(int i)
    {
        byte[] array = new byte[4096];
        return array[i & 7];
    }

    public static int Jagged(int i)
    {
        int[][] array =
        [
            [i],
            [i, i],
        ];
        Sink.Kept = array;
        return array[1].Length;
    }

    public static int Rectangular(int i)
    {
        int[,] array = new int[2, 3];
        array[1, 2] = i;
        return array[1, 2];
    }

    public static int StackAllocated(int i)
    {
        Span<int> span = stackalloc int[16];
        span.Fill(i);
        return span[i & 15];
    }

    public static int ConstantSpan(int i)
    {
        ReadOnlySpan<int> span = [1, 2, 3];
        return span[i % 3];
    }

    public static int ConstantBytes(int i)
    {
        ReadOnlySpan<byte> span = new byte[] { 1, 2, 3 };
        return span[i % 3];
    }

    public static int Literal(int i) => "literal"u8[i % 7];

    public static int SpanExpression(int i)
    {
        ReadOnlySpan<int> span = [i, 2, 3];
        return span[i % 3];
    }

    public static int SpanOfArray(int i)
    {
        Span<int> span = new int[4];
        span[i & 3] = i;
        return span[0] + span[3];
    }

    public static int SpanOfArrayGone(int i)
    {
        Span<int> span = new int[4];
        return Sink.CountSpan(span) + i;
    }

    public static int ListExpression(int i)
    {
        List<int> list = [i, 2, 3];
        Sink.Kept = list;
        return list.Count;
    }

    public static int ArrayExpression(int i)
    {
        int[] array = [i, 2, 3];
        Sink.Kept = array;
        return array.Length;
    }

    public static int Empty(int i)
    {
        int[] array = [];
        Sink.Kept = array;
        return i;
    }

    public static int EmptyByMethod(int i)
    {
        Sink.Kept = Array.Empty<int>();
        return i;
    }

    public static int EmptyByNew(int i)
    {
        Sink.Kept = new int[0];
        return i;
    }

    public static int Range(int i) => Sink.Numbers[1..].Length + i;

    public static int RangeOfSpan(int i) => Sink.Numbers.AsSpan()[1..].Length + i;

    public static int SpanToArray(int i) => Sink.Numbers.AsSpan(1).ToArray().Length + i;

    public static int Spread(int i)
    {
        int[] array = [.. Sink.Numbers, i];
        Sink.Kept = array;
        return array.Length;
    }

    public static int ParamsObjects(int i) => Sink.Count("x", "a", "b") + i;

    public static int ParamsBoxes(int i) => Sink.Count("x", i, i);

    public static int ParamsEmpty(int i) => Sink.Count("x") + i;

    public static int ParamsSpan(int i) => Sink.CountSpan(i, 2, 3);

    public static int ParamsGiven(int i) => Sink.Count("x", Sink.Words) + i;

    public static int Copied(int i)
    {
        Span<int> span = stackalloc int[4];
        Sink.Numbers.CopyTo(span);
        return span[i & 3];
    }

    public static int Resized(int i)
    {
        int[] array = Sink.Numbers;
        Array.Resize(ref array, 6);
        return array.Length + i;
    }

    public static int Rented(int i)
    {
        byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(256);
        try
        {
            return buffer.Length + i;
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static int Sorted(int i)
    {
        Span<int> span = stackalloc int[4];
        Sink.Numbers.CopyTo(span);
        span.Sort();
        return span[i & 3];
    }

    public static int Found(int i) => Array.IndexOf(Sink.Numbers, i & 3);

    public static int FoundBinary(int i) => Array.BinarySearch(Sink.Numbers, i & 3);
}
