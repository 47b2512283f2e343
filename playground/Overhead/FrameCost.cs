using BenchmarkDotNet.Attributes;

namespace Overhead;

/// <summary>The same body plain, timed by hand and as a hot method, in one process for each setting of the switches.</summary>
public class FrameCost
{
    protected const int Calls = 1000;

    [Benchmark(OperationsPerInvoke = Calls)]
    public int Plain()
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum += Work.Plain(i);
        }

        return sum;
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public int ByHand()
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum += Work.ByHand(i);
        }

        return sum;
    }

    /// <summary>The least work of any way to time a call and count its bytes. It is the lower limit for the row with the same clock.</summary>
    [Benchmark(Description = "Stopwatch and allocation counter read twice", OperationsPerInvoke = Calls)]
    public int Readings()
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum += Work.Readings(i);
        }

        return sum;
    }

    [Benchmark(Description = "hot method", OperationsPerInvoke = Calls)]
    public int Instrumented()
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum += Work.Instrumented(i);
        }

        return sum;
    }
}
