using System.Diagnostics;

namespace OrderService.Load;

/// <summary>How long requests took, by kind. Each sender has its own.</summary>
internal sealed class Timings
{
    private readonly List<long>[] _ticks = [.. Mix.Kinds.Select(_ => new List<long>())];

    public void Add(RequestKind kind, long ticks) => _ticks[(int)kind].Add(ticks);

    public static long[] Sorted(IEnumerable<Timings> senders, params IEnumerable<RequestKind> kinds)
    {
        long[] ticks = [.. senders.SelectMany(sender => kinds.SelectMany(kind => sender._ticks[(int)kind]))];
        Array.Sort(ticks);
        return ticks;
    }

    /// <summary>The smallest time that so large a share of the requests did not exceed.</summary>
    public static double Percentile(long[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)] * 1000.0 / Stopwatch.Frequency;
}
