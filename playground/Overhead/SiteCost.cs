using BenchmarkDotNet.Attributes;

namespace Overhead;

/// <summary>One call of a method that is not hot: unchanged, with the counter of allocated bytes read after it, and as a site.</summary>
public class SiteCost
{
    private const int Hits = 10_000;

    [Benchmark(OperationsPerInvoke = Hits)]
    public long Plain()
    {
        long sum = 0;
        for (int i = 0; i < Hits; i++)
        {
            sum += Work.Cold(i);
        }

        return sum;
    }

    [Benchmark(Baseline = true, Description = "counter read", OperationsPerInvoke = Hits)]
    public long CounterRead()
    {
        long sum = 0;
        for (int i = 0; i < Hits; i++)
        {
            sum += Work.Cold(i);
            sum += GC.GetAllocatedBytesForCurrentThread();
        }

        return sum;
    }

    [Benchmark(Description = "site", OperationsPerInvoke = Hits)]
    public long Site() => Work.ManySites(Hits);
}
