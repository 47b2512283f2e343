using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using HotPathGen;

namespace Accuracy;

/// <summary>
/// The reported mean time of a hot method, beside the time that a stopwatch gives for many calls of a copy of it without [Instrument]. Both take
/// turns in one run.
/// </summary>
internal static class TimeTable
{
    private const int Rounds = 41;

    private static readonly int[] s_steps = [40, 136, 640, 640_000];

    public static void Print()
    {
        Console.WriteLine("| plain ns | reported ns | reported / plain, median of pairs | quartiles |");
        Console.WriteLine("|---:|---:|---:|---|");
        foreach (int steps in s_steps)
        {
            int calls = Math.Max(20, 4_000_000 / steps);
            Tiering.Settle(() =>
            {
                Plain(steps, calls / 20);
                Hot(steps, calls / 20);
            });
            var pairs = new List<(double Plain, double Reported)>();
            for (int round = 0; round < Rounds; round++)
            {
                double first = Plain(steps, calls);
                double reported = Hot(steps, calls);
                double second = Plain(steps, calls);
                pairs.Add(((first + second) / 2, reported));
            }

            double[] ratios = [.. pairs.Select(pair => pair.Reported / pair.Plain).Order()];
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {Median(pairs.Select(pair => pair.Plain)):F1} | {Median(pairs.Select(pair => pair.Reported)):F1} | {ratios[Rounds / 2]:F3} | {ratios[Rounds / 4]:F3} to {ratios[Rounds * 3 / 4]:F3} |"
                )
            );
        }
    }

    private static double Plain(int steps, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        Keep(PlainLoop(steps, calls));
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }

    private static double Hot(int steps, int calls)
    {
        HotPath.Reset();
        Keep(HotLoop(steps, calls));
        using var snapshot = JsonDocument.Parse(HotPath.Snapshot());
        return snapshot
            .RootElement.GetProperty("methods")
            .EnumerateArray()
            .Single(method => method.GetProperty("name").GetString()!.Contains(nameof(HotSpin), StringComparison.Ordinal))
            .GetProperty("time")
            .GetProperty("meanNs")
            .GetDouble();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong PlainLoop(int steps, int calls)
    {
        ulong sum = 0;
        for (int i = 0; i < calls; i++)
        {
            sum += PlainSpin(steps, (ulong)i + 1);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong HotLoop(int steps, int calls)
    {
        ulong sum = 0;
        for (int i = 0; i < calls; i++)
        {
            sum += HotSpin(steps, (ulong)i + 1);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong PlainSpin(int steps, ulong state)
    {
        for (int i = 0; i < steps; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
        }

        return state;
    }

    [Instrument, MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong HotSpin(int steps, ulong state)
    {
        for (int i = 0; i < steps; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
        }

        return state;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep(ulong value) { }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
