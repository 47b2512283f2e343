using System.Diagnostics;
using System.Diagnostics.Metrics;
using HotPathGen;

namespace Overhead;

/// <summary>The body of <see cref="Work"/> in async methods and async iterators.</summary>
internal static class AsyncWork
{
    public const string Name = Work.Name + ".Async";

    private static readonly ActivitySource s_source = new(Name);
    private static readonly Histogram<double> s_histogram = new Meter(Name).CreateHistogram<double>("work.duration", "s");
    private static long s_calls;
    private static long s_ticks;

    public static async ValueTask<int> AtOncePlain(int value)
    {
        await Task.CompletedTask;
        return Work.Plain(value);
    }

    [Instrument]
    public static async ValueTask<int> AtOnce(int value)
    {
        await Task.CompletedTask;
        return Work.Plain(value);
    }

    /// <summary>A body with a block is not copied. The block is never opened.</summary>
    [Instrument]
    public static async ValueTask<int> AtOnceNotCopied(int value)
    {
        if (value < 0)
        {
            using var block = HotPath.Measure("never");
        }

        await Task.CompletedTask;
        return Work.Plain(value);
    }

    public static async ValueTask<int> AtOnceByHand(int value)
    {
        long start = Stopwatch.GetTimestamp();
        await Task.CompletedTask;
        int result = Work.Plain(value);
        Count(start);
        return result;
    }

    public static async ValueTask<int> AtOnceTraced(int value)
    {
        using var activity = s_source.StartActivity();
        await Task.CompletedTask;
        return Work.Plain(value);
    }

    public static async ValueTask<int> AtOnceMetered(int value)
    {
        long start = Stopwatch.GetTimestamp();
        await Task.CompletedTask;
        int result = Work.Plain(value);
        s_histogram.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
        return result;
    }

    /// <summary>
    /// The least work that gives the time and the bytes of an async call by segment: both counters are read where a segment begins and where it ends.
    /// </summary>
    public static async ValueTask<int> AtOnceReadings(int value)
    {
        var segment = Segment.Begin();
        await Task.CompletedTask;
        int result = Work.Plain(value);
        segment.End();
        return result;
    }

    public static async ValueTask<int> OncePlain(Relay relay, int value)
    {
        await relay;
        return Work.Plain(value);
    }

    [Instrument]
    public static async ValueTask<int> Once(Relay relay, int value)
    {
        await relay;
        return Work.Plain(value);
    }

    public static async ValueTask<int> OnceByHand(Relay relay, int value)
    {
        long start = Stopwatch.GetTimestamp();
        await relay;
        int result = Work.Plain(value);
        Count(start);
        return result;
    }

    public static async ValueTask<int> OnceTraced(Relay relay, int value)
    {
        using var activity = s_source.StartActivity();
        await relay;
        return Work.Plain(value);
    }

    public static async ValueTask<int> OnceMetered(Relay relay, int value)
    {
        long start = Stopwatch.GetTimestamp();
        await relay;
        int result = Work.Plain(value);
        s_histogram.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
        return result;
    }

    public static async ValueTask<int> OnceReadings(Relay relay, int value)
    {
        var segment = Segment.Begin();
        var waiting = relay.GetAwaiter();
        segment.End();
        await waiting;
        segment = Segment.Begin();
        int result = Work.Plain(value);
        segment.End();
        return result;
    }

    public static async ValueTask<int> TwicePlain(Relay relay, int value)
    {
        await relay;
        await relay;
        return Work.Plain(value);
    }

    [Instrument]
    public static async ValueTask<int> Twice(Relay relay, int value)
    {
        await relay;
        await relay;
        return Work.Plain(value);
    }

    public static async IAsyncEnumerable<int> EachPlain(int count)
    {
        for (int i = 0; i < count; i++)
        {
            yield return Work.Plain(i);
        }
    }

    [Instrument]
    public static async IAsyncEnumerable<int> Each(int count)
    {
        for (int i = 0; i < count; i++)
        {
            yield return Work.Plain(i);
        }
    }

    public static async IAsyncEnumerable<int> EachReadings(int count)
    {
        var segment = Segment.Begin();
        for (int i = 0; i < count; i++)
        {
            int value = Work.Plain(i);
            segment.End();
            yield return value;
            segment = Segment.Begin();
        }

        segment.End();
    }

    private readonly struct Segment(long start, long bytes)
    {
        private static long s_bytes;

        public static Segment Begin() => new(Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());

        public void End()
        {
            s_bytes += GC.GetAllocatedBytesForCurrentThread() - bytes;
            s_ticks += Stopwatch.GetTimestamp() - start;
        }
    }

    private static void Count(long start)
    {
        Interlocked.Add(ref s_ticks, Stopwatch.GetTimestamp() - start);
        Interlocked.Increment(ref s_calls);
    }
}
