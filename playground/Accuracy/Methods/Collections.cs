using System.Buffers;
using HotPathGen;

namespace Accuracy.Methods;

[Instrument]
internal struct ListGrowing : IMethod
{
    public static int Call(int i)
    {
        var list = new List<int>();
        for (int k = 0; k < 20; k++)
        {
            list.Add(i);
        }
        return list.Count;
    }
}

[Instrument]
internal struct ListOfKnownCapacity : IMethod
{
    public static int Call(int i)
    {
        var list = new List<int>(20);
        for (int k = 0; k < 20; k++)
        {
            list.Add(i);
        }
        return list.Count;
    }
}

[Instrument]
internal struct CollectionExpressionList : IMethod
{
    public static int Call(int i)
    {
        List<int> list = [i, 2, 3];
        return list.Count;
    }
}

[Instrument]
internal struct CollectionExpressionSpan : IMethod
{
    public static int Call(int i)
    {
        ReadOnlySpan<int> span = [i, 2, 3];
        return span[i % 3];
    }
}

[Instrument]
internal struct ConstantSpan : IMethod
{
    public static int Call(int i)
    {
        ReadOnlySpan<int> span = [1, 2, 3];
        return span[i % 3];
    }
}

[Instrument]
internal struct ForeachList : IMethod
{
    private static readonly List<int> s_list = [1, 2, 3];

    public static int Call(int i)
    {
        foreach (int number in s_list)
        {
            i += number;
        }
        return i;
    }
}

[Instrument]
internal struct ForeachEnumerable : IMethod
{
    private static readonly List<int> s_list = [1, 2, 3];

    public static int Call(int i) => Sum(s_list) + i;

    private static int Sum(IEnumerable<int> numbers)
    {
        int sum = 0;
        foreach (int number in numbers)
        {
            sum += number;
        }
        return sum;
    }
}

[Instrument]
internal struct ForeachArrayAsEnumerable : IMethod
{
    private static readonly int[] s_array = [1, 2, 3];

    public static int Call(int i)
    {
        IEnumerable<int> numbers = s_array;
        foreach (int number in numbers)
        {
            i += number;
        }
        return i;
    }
}

[Instrument]
internal struct ForeachDictionary : IMethod
{
    private static readonly Dictionary<int, int> s_dictionary = new() { [1] = 2, [3] = 4 };

    public static int Call(int i)
    {
        foreach ((int key, int value) in s_dictionary)
        {
            i += key * value;
        }
        return i;
    }
}

[Instrument]
internal struct DictionaryLookup : IMethod
{
    private static readonly Dictionary<string, int> s_dictionary = new() { ["a"] = 2, ["b"] = 4 };

    public static int Call(int i) => s_dictionary.TryGetValue("b", out int value) ? value + i : 0;
}

[Instrument]
internal struct DictionaryFilled : IMethod
{
    public static int Call(int i) =>
        new Dictionary<int, int>
        {
            [i] = 1,
            [i + 1] = 2,
            [i + 2] = 3,
            [i + 3] = 4,
        }.Count;
}

[Instrument]
internal struct LinqPipeline : IMethod
{
    private static readonly List<int> s_list = [1, 2, 3, 4];

    public static int Call(int i) => s_list.Where(x => x > 1).Select(x => x * 2).Sum() + i;
}

[Instrument]
internal struct LinqCapturing : IMethod
{
    private static readonly int[] s_array = [1, 2, 3, 4];

    public static int Call(int i) => s_array.Count(x => x > i);
}

[Instrument]
internal struct LinqToArray : IMethod
{
    public static int Call(int i) => Enumerable.Range(i, 5).ToArray().Length;
}

[Instrument]
internal struct RentedArray : IMethod
{
    public static int Call(int i)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(256);
        try
        {
            return buffer.Length + i;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

[Instrument]
internal struct SpanToArray : IMethod
{
    private static readonly int[] s_array = [1, 2, 3, 4];

    public static int Call(int i) => s_array.AsSpan(1).ToArray().Length + i;
}
