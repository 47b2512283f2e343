using BenchmarkDotNet.Attributes;

namespace Overhead;

/// <summary>
/// Async methods that complete at once, that wait once, and async iterators by element: plain, timed by hand, with an activity or a histogram, and as
/// hot methods. The rows of a synchronous call have the cost of one frame, to compare with.
/// </summary>
public class AsyncCost
{
    private const int Calls = 1000;

    private readonly Relay _relay = new();
    private IDisposable? _listener;

    [Benchmark(Description = "synchronous, plain", OperationsPerInvoke = Calls)]
    public int SynchronousPlain()
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum += Work.Plain(i);
        }

        return sum;
    }

    [Benchmark(Description = "synchronous, hot method", OperationsPerInvoke = Calls)]
    public int SynchronousInstrumented()
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum += Work.Instrumented(i);
        }

        return sum;
    }

    [Benchmark(Description = "at once, plain", OperationsPerInvoke = Calls)]
    public int AtOncePlain() => Sum(static (_, i) => AsyncWork.AtOncePlain(i));

    [Benchmark(Baseline = true, Description = "at once, by hand", OperationsPerInvoke = Calls)]
    public int AtOnceByHand() => Sum(static (_, i) => AsyncWork.AtOnceByHand(i));

    [Benchmark(Description = "at once, ActivitySource, no listener", OperationsPerInvoke = Calls)]
    public int AtOnceTraced() => Sum(static (_, i) => AsyncWork.AtOnceTraced(i));

    [GlobalSetup(Targets = [nameof(AtOnceHeard), nameof(OnceHeard)])]
    public void Listen() => _listener = Work.Listen(AsyncWork.Name);

    [Benchmark(Description = "at once, ActivitySource, listener", OperationsPerInvoke = Calls)]
    public int AtOnceHeard() => Sum(static (_, i) => AsyncWork.AtOnceTraced(i));

    [GlobalSetup(Targets = [nameof(AtOnceExported), nameof(OnceExported)])]
    public void Export() => _listener = Work.Export(AsyncWork.Name);

    [Benchmark(Description = "at once, Meter histogram, OpenTelemetry", OperationsPerInvoke = Calls)]
    public int AtOnceExported() => Sum(static (_, i) => AsyncWork.AtOnceMetered(i));

    [Benchmark(Description = "at once, hot method", OperationsPerInvoke = Calls)]
    public int AtOnceInstrumented() => Sum(static (_, i) => AsyncWork.AtOnce(i));

    [Benchmark(Description = "at once, hot method without a copy", OperationsPerInvoke = Calls)]
    public int AtOnceNotCopied() => Sum(static (_, i) => AsyncWork.AtOnceNotCopied(i));

    [Benchmark(Description = "at once, both counters read", OperationsPerInvoke = Calls)]
    public int AtOnceReadings() => Sum(static (_, i) => AsyncWork.AtOnceReadings(i));

    [Benchmark(Description = "waits once, plain", OperationsPerInvoke = Calls)]
    public int OncePlain() => Sum(static (relay, i) => AsyncWork.OncePlain(relay, i));

    [Benchmark(Description = "waits once, by hand", OperationsPerInvoke = Calls)]
    public int OnceByHand() => Sum(static (relay, i) => AsyncWork.OnceByHand(relay, i));

    [Benchmark(Description = "waits once, ActivitySource, listener", OperationsPerInvoke = Calls)]
    public int OnceHeard() => Sum(static (relay, i) => AsyncWork.OnceTraced(relay, i));

    [Benchmark(Description = "waits once, Meter histogram, OpenTelemetry", OperationsPerInvoke = Calls)]
    public int OnceExported() => Sum(static (relay, i) => AsyncWork.OnceMetered(relay, i));

    [Benchmark(Description = "waits once, hot method", OperationsPerInvoke = Calls)]
    public int OnceInstrumented() => Sum(static (relay, i) => AsyncWork.Once(relay, i));

    [Benchmark(Description = "waits once, both counters read", OperationsPerInvoke = Calls)]
    public int OnceReadings() => Sum(static (relay, i) => AsyncWork.OnceReadings(relay, i));

    [Benchmark(Description = "waits twice, plain", OperationsPerInvoke = Calls)]
    public int TwicePlain() => Sum(static (relay, i) => AsyncWork.TwicePlain(relay, i));

    [Benchmark(Description = "waits twice, hot method", OperationsPerInvoke = Calls)]
    public int TwiceInstrumented() => Sum(static (relay, i) => AsyncWork.Twice(relay, i));

    [Benchmark(Description = "element, plain", OperationsPerInvoke = Calls)]
    public Task<int> ElementPlain() => Take(AsyncWork.EachPlain(Calls));

    [Benchmark(Description = "element, hot iterator", OperationsPerInvoke = Calls)]
    public Task<int> ElementInstrumented() => Take(AsyncWork.Each(Calls));

    [Benchmark(Description = "element, both counters read", OperationsPerInvoke = Calls)]
    public Task<int> ElementReadings() => Take(AsyncWork.EachReadings(Calls));

    [Benchmark(Description = "synchronous, both counters read", OperationsPerInvoke = Calls)]
    public int SynchronousReadings()
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum += Work.Readings(i);
        }

        return sum;
    }

    [GlobalCleanup]
    public void Stop() => _listener?.Dispose();

    private int Sum(Func<Relay, int, ValueTask<int>> start)
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            var started = start(_relay, i);
            _relay.Continue();
            sum += started.IsCompletedSuccessfully ? started.Result : throw new InvalidOperationException("The call still waits.");
        }

        return sum;
    }

    private static async Task<int> Take(IAsyncEnumerable<int> numbers)
    {
        int sum = 0;
        await foreach (int number in numbers)
        {
            sum += number;
        }

        return sum;
    }
}
