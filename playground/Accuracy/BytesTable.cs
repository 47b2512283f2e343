using System.Globalization;
using System.Text.Json;
using HotPathGen;

namespace Accuracy;

/// <summary>
/// The bytes of 1,000 calls of each method: what the thread allocated and, in a measured build, also what the snapshot reports.
/// </summary>
internal static class BytesTable
{
    // A collection between two runs can empty caches of the runtime (enum names, activators), which then allocate again. So the lowest figure counts.
    private const int Repetitions = 3;

    public static void Print()
    {
        Tiering.Settle(MethodLoops.RunAll);
        bool isMeasured = HotPath.Snapshot() != "";
        Console.WriteLine(isMeasured ? "| method | allocated | reported | bodies said to differ |" : "| method | allocated |");
        Console.WriteLine(isMeasured ? "|---|---:|---:|---:|" : "|---|---:|");
        foreach (var (name, run) in MethodLoops.All)
        {
            (long allocated, long reported, int differing) = Enumerable.Range(0, Repetitions).Select(_ => Measure(run)).Min();
            Console.WriteLine(
                isMeasured
                    ? string.Create(CultureInfo.InvariantCulture, $"| {name} | {allocated} | {reported} | {differing} |")
                    : string.Create(CultureInfo.InvariantCulture, $"| {name} | {allocated} |")
            );
        }
    }

    private static (long Allocated, long Reported, int Differing) Measure(Func<int> run)
    {
        // This run fills again what a collection has emptied since the last round.
        run();
        HotPath.Reset();
        long before = GC.GetAllocatedBytesForCurrentThread();
        run();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var (reported, differing) = Reported(HotPath.Snapshot());
        return (allocated, reported, differing);
    }

    /// <summary>
    /// The bytes of all hot methods that ran since the reset, and the number of methods for which the report says that probes change their bytes.
    /// </summary>
    private static (long Bytes, int Differing) Reported(string snapshot)
    {
        if (snapshot == "")
        {
            return (0, 0);
        }

        using var document = JsonDocument.Parse(snapshot);
        var methods = document.RootElement.GetProperty("methods");
        return (
            methods.EnumerateArray().Sum(static method => method.GetProperty("allocated").GetProperty("selfBytes").GetInt64()),
            methods
                .EnumerateArray()
                .Count(static method => method.TryGetProperty("control", out var control) && control.TryGetProperty("differenceBytesPerCall", out _))
        );
    }
}
