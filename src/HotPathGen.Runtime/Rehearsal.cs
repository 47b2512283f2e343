namespace HotPathGen.Runtime;

/// <summary>
/// Makes a report that nobody sees, while the program runs. To compile what makes one takes 80 to 150 ms, the report itself 2 to 5: a
/// signal should end a measured service about as fast as one that is not measured, and the test platform kills its host 100 ms after the
/// last test (<c>VSTEST_TESTHOST_SHUTDOWN_TIMEOUT</c>).
/// </summary>
internal static class Rehearsal
{
    private const int Rows = 8;

    // Programs that end sooner are not bothered; test hosts may.
    private const int FirstMs = 250;
    private const int FirstMsOfTests = 50;
    private const int LongestMs = 8000;

    public static void Start(Func<SnapshotDocument> read, string path)
    {
        int first = ProcessReader.AppName.StartsWith("testhost", StringComparison.Ordinal) ? FirstMsOfTests : FirstMs;
        try
        {
            new Thread(() => Run(read, path, first))
            {
                IsBackground = true,
                Priority = ThreadPriority.Lowest,
                Name = "HotPathGen rehearsal",
            }.Start();
        }
        catch (Exception)
        {
            // Then the report takes longer at the end.
        }
    }

    private static void Run(Func<SnapshotDocument> read, string path, int sleepMs)
    {
        try
        {
            SnapshotDocument snapshot;
            do
            {
                Thread.Sleep(sleepMs);
                sleepMs = Math.Min(2 * sleepMs, LongestMs);
                snapshot = read();
            } while (snapshot.EventCount == 0);
            // A few methods need the same code as thousands.
            var few = snapshot with
            {
                Methods = [.. snapshot.Methods.Where(static method => method.Calls > 0).Take(Rows)],
                Contexts = [.. snapshot.Contexts.Take(Rows)],
            };
            _ = SnapshotWriter.Write(few);
            _ = Summary.Of(few, path, ReportStyle.Plain);
        }
        catch (Exception)
        {
            // On a thread of ours an exception would end the program. If this one is not by chance, the report says it.
        }
    }
}
