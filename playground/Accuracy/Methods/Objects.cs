using System.Runtime.CompilerServices;
using HotPathGen;

namespace Accuracy.Methods;

internal static class Escaped
{
    public static object? Object;
}

internal sealed class Point(int x, int y)
{
    public int X = x,
        Y = y;
}

[Instrument]
internal struct NoAllocation : IMethod
{
    public static int Call(int i) => i * 31 + 7;
}

[Instrument]
internal struct NewObjectEscaping : IMethod
{
    public static int Call(int i)
    {
        Escaped.Object = new Point(i, 1);
        return i;
    }
}

[Instrument]
internal struct NewObjectKept : IMethod
{
    public static int Call(int i)
    {
        var point = new Point(i, 2);
        return point.X + point.Y;
    }
}

[Instrument]
internal struct NewObjectPassedOn : IMethod
{
    public static int Call(int i) => Sum(new Point(i, 3));

    [DoNotInstrument, MethodImpl(MethodImplOptions.NoInlining)]
    private static int Sum(Point point) => point.X + point.Y;
}

[Instrument]
internal struct NewObjectSometimes : IMethod
{
    public static int Call(int i)
    {
        if (i % 10 == 0)
        {
            Escaped.Object = new Point(i, 4);
        }
        return i;
    }
}

[Instrument]
internal struct TwoObjectsNested : IMethod
{
    public static int Call(int i)
    {
        Escaped.Object = Tuple.Create(new Point(i, 5), new Point(5, i));
        return i;
    }
}

[Instrument]
internal struct FixedArrayEscaping : IMethod
{
    public static int Call(int i)
    {
        Escaped.Object = new int[8];
        return i;
    }
}

[Instrument]
internal struct FixedArrayKept : IMethod
{
    public static int Call(int i)
    {
        int[] array = new int[4];
        array[i & 3] = i;
        return array[0] + array[3];
    }
}

[Instrument]
internal struct VariableArray : IMethod
{
    public static int Call(int i)
    {
        byte[] array = new byte[i & 63];
        return array.Length;
    }
}

[Instrument]
internal struct LargeArray : IMethod
{
    public static int Call(int i)
    {
        byte[] array = i % 500 == 0 ? new byte[100_000] : [];
        Escaped.Object = array;
        return array.Length;
    }
}

[Instrument]
internal struct JaggedArray : IMethod
{
    public static int Call(int i)
    {
        int[][] array =
        [
            [i],
            [i, i],
            [],
        ];
        Escaped.Object = array;
        return array[1].Length;
    }
}

[Instrument]
internal struct RectangularArray : IMethod
{
    public static int Call(int i)
    {
        int[,] array = new int[2, 3];
        array[1, 2] = i;
        return array[1, 2];
    }
}

[Instrument]
internal struct StackAllocated : IMethod
{
    public static int Call(int i)
    {
        Span<int> span = stackalloc int[16];
        span.Fill(i);
        return span[i & 15];
    }
}

[Instrument]
internal struct RecordWith : IMethod
{
    private sealed record Pair(int A, int B);

    private static readonly Pair s_pair = new(1, 2);

    public static int Call(int i)
    {
        var pair = s_pair with { A = i };
        Escaped.Object = pair;
        return pair.A;
    }
}

[Instrument]
internal struct RecordStructWith : IMethod
{
    private readonly record struct Pair(int A, int B);

    public static int Call(int i)
    {
        var pair = new Pair(1, 2) with { A = i };
        return pair.A + pair.B;
    }
}

[Instrument]
internal struct AnonymousObject : IMethod
{
    public static int Call(int i)
    {
        var pair = new { A = i, B = 2 };
        Escaped.Object = pair;
        return pair.A;
    }
}

[Instrument]
internal struct ValueTuples : IMethod
{
    public static int Call(int i)
    {
        (int a, int b) = Swap((i, 2));
        return a - b;
    }

    private static (int, int) Swap((int A, int B) pair) => (pair.B, pair.A);
}

[Instrument]
internal struct HotConstructor : IMethod
{
    private sealed class Buffer
    {
        private readonly byte[] _bytes;

        [Instrument]
        public Buffer(int size)
        {
            _bytes = new byte[size];
        }

        public int Length => _bytes.Length;
    }

    public static int Call(int i)
    {
        var buffer = new Buffer(32);
        Escaped.Object = buffer;
        return buffer.Length;
    }
}

[Instrument]
internal struct GenericNew : IMethod
{
    private static T Make<T>()
        where T : new() => new();

    public static int Call(int i)
    {
        Escaped.Object = Make<object>();
        return Make<int>() + i;
    }
}
