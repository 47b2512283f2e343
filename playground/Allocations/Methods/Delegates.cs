namespace Allocations.Methods;

[Instrument]
internal static class Delegates
{
    private static readonly Adder s_adder = new();
    private static readonly Func<int, int> s_twice = static x => 2 * x;

    private static event Action? Changed;

    public static int StaticLambda(int i) => Sink.Apply(i, static x => x + 1);

    public static int Lambda(int i) => Sink.Apply(i, x => x + 1);

    public static int Closure(int i) => Sink.Apply(1, x => x + i);

    public static int ClosureKeptHere(int i)
    {
        Func<int, int> add = x => x + i;
        return add(1);
    }

    public static int ClosureNotReached(int i)
    {
        if (i < 0)
        {
            int j = i;
            return Sink.Apply(1, x => x + j);
        }
        return i;
    }

    public static int ClosureInLoop(int i)
    {
        int sum = 0;
        for (int k = 0; k < 3; k++)
        {
            int copy = k;
            sum += Sink.Apply(i, x => x + copy);
        }
        return sum;
    }

    public static int StaticMethodGroup(int i) => Sink.Apply(i, Twice);

    public static int InstanceMethodGroup(int i) => Sink.Apply(i, s_adder.Add);

    public static int KeptDelegate(int i) => Sink.Apply(i, s_twice);

    public static int NewDelegate(int i) => Sink.Apply(i, new Func<int, int>(Twice));

    public static int LocalFunction(int i)
    {
        return Add(1) + Add(2);
        int Add(int x) => x + i;
    }

    public static int LocalFunctionAsDelegate(int i)
    {
        return Sink.Apply(1, Add);
        int Add(int x) => x + i;
    }

    public static int LocalFunctionWithoutCaptures(int i)
    {
        return Sink.Apply(i, Add);
        static int Add(int x) => x + 1;
    }

    public static int LocalFunctionNotStatic(int i)
    {
        return Sink.Apply(i, Add);
        int Add(int x) => x + 1;
    }

    public static int AddedHandler(int i)
    {
        Action handler = static () => { };
        Changed += handler;
        Changed += handler;
        Changed -= handler;
        Changed -= handler;
        return i;
    }

    public static int Invoked(int i)
    {
        var changed = Changed;
        changed?.Invoke();
        return i;
    }

    public static int CapturedInSharedCode(int i) => Same("one", Sink.Words[i % 3]) ? 1 : 0;

    public static int CapturedThis(int i) => s_adder.Apply(i);

    public static int StatePassed(int i) => string.Create(3, i, static (span, value) => span.Fill((char)('a' + (value % 26)))).Length;

    public static int FoundByCapture(int i) => Array.FindIndex(Sink.Numbers, x => x > i);

    public static int FoundByLambda(int i) => Array.FindIndex(Sink.Numbers, x => x > 3) + i;

    public static int SortedByLambda(int i)
    {
        int[] copy = System.Buffers.ArrayPool<int>.Shared.Rent(4);
        Sink.Numbers.CopyTo(copy, 0);
        copy.AsSpan(0, 4).Sort(static (a, b) => b - a);
        int first = copy[0];
        System.Buffers.ArrayPool<int>.Shared.Return(copy);
        return first + i;
    }

    private static int Twice(int x) => 2 * x;

    private static bool Same<T>(T a, T b)
    {
        Predicate<T> same = x => EqualityComparer<T>.Default.Equals(x, a);
        return same(b);
    }

    private sealed class Adder
    {
        private readonly int _one = 1;

        public int Add(int x) => x + _one;

        public int Apply(int i) => Sink.Apply(i, x => x + _one);
    }
}
