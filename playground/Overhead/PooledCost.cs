using BenchmarkDotNet.Attributes;

namespace Overhead;

/// <summary>
/// The cost of a scratch buffer for a call in production builds: provided by the generator, written by hand, and with the usual alternatives.
/// </summary>
public class PooledCost
{
    private const int Calls = 1000;

    /// <summary>The size of the buffer in bytes.</summary>
    [Params(16, 256, 4_096, 100_000)]
    public int Length { get; set; }

    [Benchmark(Baseline = true, Description = "by hand", OperationsPerInvoke = Calls)]
    public int ByHand()
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum += Scratch.ByHand(Length);
        }

        return sum;
    }

    [Benchmark(Description = "[Pooled]", OperationsPerInvoke = Calls)]
    public int Generated()
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum += Scratch.Generated(Length);
        }

        return sum;
    }

    [Benchmark(Description = "new byte[]", OperationsPerInvoke = Calls)]
    public int NewArray()
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum += Scratch.NewArray(Length);
        }

        return sum;
    }

    [Benchmark(Description = "ArrayPool alone", OperationsPerInvoke = Calls)]
    public int Pool()
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum += Scratch.Pool(Length);
        }

        return sum;
    }

    [Benchmark(Description = "SpanOwner", OperationsPerInvoke = Calls)]
    public int Owner()
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum += Scratch.Owner(Length);
        }

        return sum;
    }

    [Benchmark(Description = "ArrayPoolBufferWriter", OperationsPerInvoke = Calls)]
    public int Writer()
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum += Scratch.Writer(Length);
        }

        return sum;
    }
}
