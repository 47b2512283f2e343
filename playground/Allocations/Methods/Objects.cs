namespace Allocations.Methods;

[Instrument]
internal static class Objects
{
    private static Point? s_made;

    [ThreadStatic]
    private static Point? t_point;
    private static readonly Row s_row = new(1, "a");

    public static int Escaping(int i)
    {
        Sink.Kept = new Point(i, 1);
        return i;
    }

    public static int KeptHere(int i)
    {
        var point = new Point(i, 2);
        return point.X + point.Y;
    }

    public static int KeptWithMethod(int i)
    {
        var point = new Point(i, 2);
        return point.Sum();
    }

    public static int PassedOn(int i) => Sink.Take(new Point(i, 3));

    public static int PassedToInlined(int i) => SumOf(new Point(i, 3));

    public static int InLoop(int i)
    {
        int n = 0;
        for (int k = 0; k < 3; k++)
        {
            var point = new Point(i, k);
            n += point.X;
        }
        return n;
    }

    public static int SometimesEscaping(int i)
    {
        if (i % 10 == 0)
        {
            Sink.Kept = new Point(i, 4);
        }
        return i;
    }

    public static int MadeOnce(int i) => (s_made ??= new Point(1, 2)).X + i;

    public static int MadeOnceByIf(int i)
    {
        if (s_made == null)
        {
            s_made = new Point(1, 2);
        }
        return s_made.Y + i;
    }

    public static int Structs(int i) => new Pair(i, 2).A + new Bare(i).Value;

    public static int Tuples(int i)
    {
        (int a, int b) = (i, 2);
        return a - b;
    }

    public static int TupleObject(int i)
    {
        Sink.Kept = Tuple.Create(i, 2);
        return i;
    }

    public static int With(int i)
    {
        Sink.Kept = s_row with { Id = i };
        return i;
    }

    public static int WithOfStruct(int i)
    {
        var pair = new Pair(1, 2) with { A = i };
        return pair.A + pair.B;
    }

    public static int Anonymous(int i)
    {
        Sink.Kept = new { A = i };
        return i;
    }

    public static int AnonymousKeptHere(int i)
    {
        var pair = new { A = i, B = 2 };
        return pair.A + pair.B;
    }

    public static int GenericNew(int i)
    {
        Sink.Kept = Make<object>();
        return i;
    }

    public static int GenericNewOfStruct(int i) => Make<int>() + i;

    public static int ReturnedByFactory(int i) => Factory(i).X;

    public static int ReturnedByLargeFactory(int i) => SeparateFactory(i).X;

    public static int ThrownRarely(int i)
    {
        if (i < 0)
        {
            throw new InvalidOperationException("less than none");
        }
        return i;
    }

    public static int ThrownByHelper(int i)
    {
        if (i < 0)
        {
            Throw($"{i} is less than none");
        }
        return i;
    }

    public static int ThrownInExpression(int i) => i >= 0 ? i : throw new ArgumentOutOfRangeException(nameof(i), $"is {i}");

    public static int KeptByLocal(int i)
    {
        var point = t_point;
        if (point == null)
        {
            point = t_point = new Point(i, i);
        }
        return point.X;
    }

    public static int LockObject(int i)
    {
        lock (Sink.List)
        {
            return i;
        }
    }

    public static int NestedObjects(int i)
    {
        Sink.Kept = new Row(i, new string('a', 3));
        return i;
    }

    public static int CaughtNever(int i)
    {
        try
        {
            return i + 1;
        }
        catch (OverflowException e)
        {
            Sink.Kept = new Row(1, e.Message + "!");
            return 0;
        }
    }

    public static int Initializer(int i)
    {
        Sink.Kept = new Point(1, 2) { X = i };
        return i;
    }

    public static int ClonedArray(int i)
    {
        Sink.Kept = Sink.Numbers.Clone();
        return i;
    }

    private static int SumOf(Point point) => point.X + point.Y;

    private static T Make<T>()
        where T : new() => new();

    private static Point Factory(int i) => new(i, 1);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Point SeparateFactory(int i) => new(i, 1);

    private static void Throw(string text) => throw new InvalidOperationException(text);
}
