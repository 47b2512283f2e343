using System.Runtime.CompilerServices;
using HotPathGen;

namespace Accuracy.Methods;

internal static class Apply
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int To(int value, Func<int, int> function) => function(value);
}

[Instrument]
internal struct StaticLambda : IMethod
{
    public static int Call(int i) => Apply.To(i, static x => x + 1);
}

[Instrument]
internal struct Closure : IMethod
{
    public static int Call(int i) => Apply.To(1, x => x + i);
}

[Instrument]
internal struct ClosureNotTaken : IMethod
{
    public static int Call(int i) => i < 0 ? Apply.To(1, x => x + i) : i;
}

[Instrument]
internal struct ClosureKept : IMethod
{
    public static int Call(int i)
    {
        Func<int, int> add = x => x + i;
        return add(1);
    }
}

[Instrument]
internal struct LambdaInLoop : IMethod
{
    public static int Call(int i)
    {
        int sum = 0;
        for (int k = 0; k < 3; k++)
        {
            int copy = k;
            sum += Apply.To(i, x => x + copy);
        }

        return sum;
    }
}

[Instrument]
internal struct StaticMethodGroup : IMethod
{
    public static int Call(int i) => Apply.To(i, Twice);

    private static int Twice(int x) => 2 * x;
}

[Instrument]
internal struct InstanceMethodGroup : IMethod
{
    private static readonly Adder s_adder = new();

    public static int Call(int i) => Apply.To(i, s_adder.Add);

    private sealed class Adder
    {
        public int Add(int x) => x + 1;
    }
}

[Instrument]
internal struct CapturingLocalFunction : IMethod
{
    public static int Call(int i)
    {
        return Add(1) + Add(2);

        int Add(int x) => x + i;
    }
}

[Instrument]
internal struct EventHandlers : IMethod
{
    private static event Action? Changed;

    public static int Call(int i)
    {
        Action handler = static () => { };
        Changed += handler;
        Changed -= handler;
        Changed?.Invoke();
        return i;
    }
}
