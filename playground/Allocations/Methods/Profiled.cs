namespace Allocations.Methods;

/// <summary>
/// Enumerators and arrays that code allocates only until the JIT's profile shows that a collection is always of the same type, or that it pays to
/// inline a call. The rules say "at times" where the source shows this.
/// </summary>
[Instrument]
internal static class Profiled
{
    private static readonly IEnumerable<int> s_list = new List<int> { 1, 2, 3 };
    private static readonly IEnumerable<int> s_fromWherever = Make(0);
    private static readonly IReadOnlyList<int> s_readOnly = new List<int> { 1, 2, 3 };
    private static readonly ICollection<int> s_set = new HashSet<int> { 1, 2, 3 };
    private static readonly IEnumerable<KeyValuePair<string, int>> s_map = new Dictionary<string, int> { ["a"] = 1 };
    private static readonly IEnumerable<int> s_linked = new LinkedList<int>([1, 2, 3]);
    private static readonly IEnumerable<string> s_words = new List<string> { "one", "two" };
    private static readonly Basket s_basket = new();
    private static readonly IEnumerable<int>[] s_both = [new List<int> { 1, 2 }, new[] { 1, 2 }];
    private static IEnumerable<int> s_changing = new List<int> { 1, 2, 3 };

    public static int ParamsSummed(int i) => SumOf(i, 2, 3);

    public static int ParamsByFor(int i) => MaxOf(i, 2, 3);

    public static int ForeachListField(int i)
    {
        foreach (int number in s_list)
        {
            i += number;
        }
        return i;
    }

    public static int ForeachUnknownField(int i)
    {
        foreach (int number in s_fromWherever)
        {
            i += number;
        }
        return i;
    }

    public static int ForeachReadOnlyField(int i)
    {
        foreach (int number in s_readOnly)
        {
            i += number;
        }
        return i;
    }

    public static int ForeachSetField(int i)
    {
        foreach (int number in s_set)
        {
            i += number;
        }
        return i;
    }

    public static int ForeachMapField(int i)
    {
        foreach (var pair in s_map)
        {
            i += pair.Value;
        }
        return i;
    }

    public static int ForeachLinkedField(int i)
    {
        foreach (int number in s_linked)
        {
            i += number;
        }
        return i;
    }

    public static int ForeachWordsField(int i)
    {
        foreach (string word in s_words)
        {
            i += word.Length;
        }
        return i;
    }

    public static int ForeachInstanceField(int i) => s_basket.Sum(i);

    public static int ForeachInstanceProperty(int i) => s_basket.SumOfProperty(i);

    public static int ForeachChangingField(int i)
    {
        foreach (int number in s_changing)
        {
            i += number;
        }
        return i;
    }

    public static int ForeachEither(int i)
    {
        foreach (int number in s_both[i & 1])
        {
            i += number;
        }
        return i;
    }

    public static int ForeachParameter(int i) => SumEach(Sink.List) + i;

    public static int ForeachParameterSeparate(int i) => SumEachSeparate(Sink.List) + i;

    public static int ForeachLocalList(int i)
    {
        IEnumerable<int> list = Sink.List;
        foreach (int number in list)
        {
            i += number;
        }
        return i;
    }

    public static int ForeachLocalNewList(int i)
    {
        IEnumerable<int> list = new List<int>(4) { i, 2 };
        foreach (int number in list)
        {
            i += number;
        }
        return i;
    }

    public static int ForeachWithTry(int i)
    {
        try
        {
            foreach (int number in s_list)
            {
                i += number;
            }
        }
        catch (OverflowException)
        {
            return 0;
        }
        return i;
    }

    public static int ForeachNested(int i)
    {
        foreach (int a in s_list)
        {
            foreach (int b in s_list)
            {
                i += a * b;
            }
        }
        return i;
    }

    public static int ForeachWithCall(int i)
    {
        foreach (int number in s_list)
        {
            i += Sink.Apply(number, static x => x + 1);
        }
        return i;
    }

    public static int ForeachReturning(int i)
    {
        foreach (int number in s_list)
        {
            if (number > 2)
            {
                return number + i;
            }
        }
        return i;
    }

    public static void Change() => s_changing = Make(0);

    private static int SumOf(params int[] values)
    {
        int sum = 0;
        foreach (int value in values)
        {
            sum += value;
        }
        return sum;
    }

    private static int MaxOf(params int[] values)
    {
        int max = values[0];
        for (int i = 1; i < values.Length; i++)
        {
            max = Math.Max(max, values[i]);
        }
        return max;
    }

    private static int SumEach(IEnumerable<int> values)
    {
        int sum = 0;
        foreach (int value in values)
        {
            sum += value;
        }
        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int SumEachSeparate(IEnumerable<int> values)
    {
        int sum = 0;
        foreach (int value in values)
        {
            sum += value;
        }
        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IEnumerable<int> Make(int i) => i > 0 ? new[] { i } : new List<int> { 1, 2, 3 };

    private sealed class Basket
    {
        private readonly IEnumerable<int> _values = new List<int> { 1, 2, 3 };

        private IReadOnlyCollection<int> Values { get; } = new List<int> { 1, 2, 3 };

        public int Sum(int i)
        {
            foreach (int number in _values)
            {
                i += number;
            }
            return i;
        }

        public int SumOfProperty(int i)
        {
            foreach (int number in Values)
            {
                i += number;
            }
            return i;
        }
    }
}
