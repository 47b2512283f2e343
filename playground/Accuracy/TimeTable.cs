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
        PrintHead();
        foreach (int steps in s_steps)
        {
            int calls = Math.Max(20, 4_000_000 / steps);
            Tiering.Settle(() =>
            {
                Plain(steps, calls / 20);
                Hot(steps, calls / 20);
            });
            PrintRow($"{steps} steps", Pairs(() => Plain(steps, calls), () => Hot(steps, calls)));
        }
    }

    /// <summary>The same for wall times of async methods that call each other and wait for a file.</summary>
    public static void PrintAsync()
    {
        const int Calls = 20;
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(
                path,
                $"<doc>{string.Concat(Enumerable.Range(0, 2_000).Select(i => $"<member name=\"M:{i}\">Member {i}</member>"))}</doc>"
            );
            Tiering.Settle(() =>
            {
                Pipeline.Plain(path, 1);
                Pipeline.Hot(path, 1);
            });
            // LoadAsync is called by ParseAsync and alone. It does the same in both.
            var pairs = Pairs(
                () => Pipeline.Plain(path, Calls),
                () =>
                {
                    HotPath.Reset();
                    Pipeline.Hot(path, Calls);
                    using var snapshot = JsonDocument.Parse(HotPath.Snapshot());
                    return (MeanNs(snapshot, "HotParseAsync"), MeanNs(snapshot, "HotLoadAsync"));
                }
            );
            PrintHead();
            PrintRow("ParseAsync", pairs.ConvertAll(static pair => (pair.Plain.Item1, pair.Reported.Item1)));
            PrintRow("LoadAsync", pairs.ConvertAll(static pair => (pair.Plain.Item2, pair.Reported.Item2)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Runs both in turns.</summary>
    private static List<(T Plain, T Reported)> Pairs<T>(Func<T> plain, Func<T> reported)
    {
        var pairs = new List<(T, T)>();
        for (int round = 0; round < Rounds; round++)
        {
            pairs.Add((plain(), reported()));
        }

        return pairs;
    }

    private static void PrintHead()
    {
        Console.WriteLine("| method | plain ns | reported ns | reported / plain, median of pairs | quartiles |");
        Console.WriteLine("|---|---:|---:|---:|---|");
    }

    private static void PrintRow(string method, List<(double Plain, double Reported)> pairs)
    {
        double[] ratios = [.. pairs.Select(pair => pair.Reported / pair.Plain).Order()];
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {method} | {Median(pairs.Select(pair => pair.Plain)):F1} | {Median(pairs.Select(pair => pair.Reported)):F1} | {ratios[Rounds / 2]:F3} | {ratios[Rounds / 4]:F3} to {ratios[Rounds * 3 / 4]:F3} |"
            )
        );
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
        return MeanNs(snapshot, nameof(HotSpin));
    }

    public static double MeanNs(JsonDocument snapshot, string method) =>
        snapshot
            .RootElement.GetProperty("methods")
            .EnumerateArray()
            .Single(row => row.GetProperty("name").GetString()!.Contains(method, StringComparison.Ordinal))
            .GetProperty("time")
            .GetProperty("meanNs")
            .GetDouble();

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
