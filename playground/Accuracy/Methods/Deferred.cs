using HotPathGen;

namespace Accuracy.Methods;

[Instrument]
internal struct Iterator : IMethod
{
    public static int Call(int i)
    {
        int sum = 0;
        foreach (int number in Upto(3))
        {
            sum += number;
        }
        return sum + i;
    }

    private static IEnumerable<int> Upto(int end)
    {
        for (int k = 0; k < end; k++)
        {
            yield return k;
        }
    }
}

[Instrument]
internal struct CompletedTask : IMethod
{
    public static int Call(int i) => AnswerAsync(i + 100).Result;

    private static async Task<int> AnswerAsync(int i) => i;
}

[Instrument]
internal struct CachedTask : IMethod
{
    public static int Call(int i) => AnswerAsync().Result + i;

    private static async Task<int> AnswerAsync() => 1;
}

[Instrument]
internal struct CompletedValueTask : IMethod
{
    public static int Call(int i) => AnswerAsync(i + 100).Result;

    private static async ValueTask<int> AnswerAsync(int i) => i;
}

[Instrument]
internal struct TaskOfResult : IMethod
{
    public static int Call(int i) => Task.FromResult(i + 1000).Result;
}

[Instrument]
internal struct Locked : IMethod
{
    private static readonly Lock s_lock = new();

    public static int Call(int i)
    {
        lock (s_lock)
        {
            return i + 1;
        }
    }
}
