using System.Globalization;
using System.Text.Json;
using HotPathGen;

namespace Accuracy;

/// <summary>Bytes of 1,000 calls of each method: what the thread allocated, and in a measured build what the snapshot says.</summary>
internal static class BytesTable
{
    // Collections between two runs can empty caches of the runtime (enum names, activators), which then allocate again: the least counts.
    private const int Repetitions = 3;

    public static void Print()
    {
        MethodLoops.Settle(MethodLoops.RunAll);
        bool isMeasured = HotPath.Snapshot() != "";
        Console.WriteLine(isMeasured ? "| method | allocated | reported |" : "| method | allocated |");
        Console.WriteLine(isMeasured ? "|---|---:|---:|" : "|---|---:|");
        foreach (var (name, run) in MethodLoops.All)
        {
            (long allocated, long reported) = Enumerable.Range(0, Repetitions).Select(_ => Measure(run)).Min();
            Console.WriteLine(isMeasured
                ? string.Create(CultureInfo.InvariantCulture, $"| {name} | {allocated} | {reported} |")
                : string.Create(CultureInfo.InvariantCulture, $"| {name} | {allocated} |"));
        }
    }

    private static (long Allocated, long Reported) Measure(Func<int> run)
    {
        HotPath.Reset();
        long before = GC.GetAllocatedBytesForCurrentThread();
        run();
        return (GC.GetAllocatedBytesForCurrentThread() - before, Reported(HotPath.Snapshot()));
    }

    /// <summary>Of everything hot that ran since the reset.</summary>
    private static long Reported(string snapshot)
    {
        if (snapshot == "")
        {
            return 0;
        }

        using JsonDocument document = JsonDocument.Parse(snapshot);
        return document.RootElement.GetProperty("methods").EnumerateArray().Sum(method => method.GetProperty("allocated").GetProperty("selfBytes").GetInt64());
    }
}
