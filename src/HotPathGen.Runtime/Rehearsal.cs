namespace HotPathGen.Runtime;

/// <summary>
/// Makes one report while the program runs, and discards it. Compiling the code of a report takes 80 to 150 ms; the report itself takes 2 to 5
/// ms. A measured service should end on a signal about as fast as one that is not measured. And the test platform kills its host 100 ms after the
/// last test (<c>VSTEST_TESTHOST_SHUTDOWN_TIMEOUT</c>).
/// </summary>
internal static class Rehearsal
{
    private const int Rows = 8;

    // Programs that end sooner are not disturbed. Test hosts may be.
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
            // In this case the report at the end takes longer.
        }
    }

    private static void Run(Func<SnapshotDocument> read, string path, int sleepMs)
    {
        long counted = 0;
        try
        {
            SnapshotDocument snapshot;
            do
            {
                Thread.Sleep(sleepMs);
                sleepMs = Math.Min(2 * sleepMs, LongestMs);
                snapshot = read();
                OwnBytes.AddSince(ref counted); // The program may end before this thread does.
            } while (snapshot.EventCount == 0);
            // A few methods need the same code as thousands of methods.
            var few = snapshot with
            {
                Methods = [.. snapshot.Methods.Where(static method => method.Calls > 0).Take(Rows)],
                Contexts = [.. snapshot.Contexts.Take(Rows)],
            };
            _ = SnapshotWriter.Write(few);
            OwnBytes.AddSince(ref counted);
            _ = Summary.Of(few, path, ReportStyle.Plain);
        }
        catch (Exception)
        {
            // This is the runtime's own thread: an unhandled exception on it would end the program. If the error is permanent, the report at the
            // end names it.
        }
        finally
        {
            OwnBytes.AddSince(ref counted);
        }
    }
}
