using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HotPathGen;

namespace Accuracy;

/// <summary>
/// What each level of recording does to programs of short methods that call each other: how much slower they run, and what is reported as the mean of
/// the outermost method, beside what it takes in production. Plain and hot calls take turns in one run.
/// </summary>
internal static class LevelTable
{
    private const int Rounds = 41;
    private const int Calls = 200;

    private static readonly HotPath.RecordingDetail[] s_levels =
    [
        HotPath.RecordingDetail.Light,
        HotPath.RecordingDetail.Standard,
        HotPath.RecordingDetail.Full,
        HotPath.RecordingDetail.Off,
    ];

    public static void Print()
    {
        ulong state = 1;
        Console.WriteLine("| program | level | plain µs | slowdown, median of pairs | quartiles | reported / plain |");
        Console.WriteLine("|---|---|---:|---:|---|---:|");
        foreach (var program in LevelPrograms.All)
        {
            // Off comes last. Else the JIT would optimize for a program that never records.
            foreach (var level in s_levels)
            {
                HotPath.Detail = level;
                Tiering.Settle(() =>
                {
                    state = program.Plain(state | 1);
                    state = program.Hot(state | 1);
                });
                PrintRow(program, level, ref state);
            }
        }
    }

    private static void PrintRow(LevelProgram program, HotPath.RecordingDetail level, ref ulong state)
    {
        double[] plain = new double[Rounds],
            slowdown = new double[Rounds];
        HotPath.Reset();
        for (int round = 0; round < Rounds; round++)
        {
            double before = Time(program.Plain, ref state);
            double hot = Time(program.Hot, ref state);
            plain[round] = (before + Time(program.Plain, ref state)) / 2;
            slowdown[round] = hot / plain[round];
        }

        Array.Sort(slowdown);
        double mean = level == HotPath.RecordingDetail.Off ? 0 : MeanNs(program.Outermost);
        string reported = level == HotPath.RecordingDetail.Off ? "" : (mean / plain.Average()).ToString("F3", CultureInfo.InvariantCulture);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {program.Name} | {level.ToString().ToLowerInvariant()} | {plain.Average() / 1000:F1} | {slowdown[Rounds / 2]:F3} | {slowdown[Rounds / 4]:F3} to {slowdown[Rounds * 3 / 4]:F3} | {reported} |"
            )
        );
    }

    private static double Time(Func<ulong, ulong> program, ref ulong state)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Calls; i++)
        {
            state = program(state | 1);
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / Calls;
    }

    private static double MeanNs(string method)
    {
        using var snapshot = JsonDocument.Parse(HotPath.Snapshot());
        return TimeTable.MeanNs(snapshot, method);
    }
}
