namespace HotPathGen.Runtime;

/// <summary>
/// Writes the snapshot in intervals (<c>HOTPATH_EVERY</c>), so that a process that is killed loses at most one interval. Writes nothing if nothing
/// was recorded since the last time. A problem is said once, and again when it changes.
/// </summary>
internal sealed class PeriodicSnapshots
{
    private readonly object _pause = new();
    private readonly TimeSpan _interval;
    private readonly Func<SnapshotDocument> _read;
    private readonly SnapshotOutput _output;
    private (long Events, string Start) _written;
    private (Type Type, int Code)? _problem;
    private bool _isStopped;

    private PeriodicSnapshots(TimeSpan interval, Func<SnapshotDocument> read, SnapshotOutput output) =>
        (_interval, _read, _output) = (interval, read, output);

    public static PeriodicSnapshots Start(TimeSpan interval, Func<SnapshotDocument> read, SnapshotOutput output)
    {
        var snapshots = new PeriodicSnapshots(interval, read, output);
        try
        {
            new Thread(snapshots.Run) { IsBackground = true, Name = "HotPathGen snapshots" }.Start();
        }
        catch (Exception)
        {
            StandardError.Say("no thread can be started for HOTPATH_EVERY; the snapshot is written at the end alone.");
        }

        return snapshots;
    }

    /// <summary>Lets the thread end. A snapshot that it is writing is written.</summary>
    public void Stop()
    {
        lock (_pause)
        {
            _isStopped = true;
            Monitor.Pulse(_pause);
        }
    }

    private bool GoesOn()
    {
        lock (_pause)
        {
            return !_isStopped && (!Monitor.Wait(_pause, _interval) || !_isStopped);
        }
    }

    private void Run()
    {
        long counted = 0;
        while (GoesOn())
        {
            // This is the runtime's own thread: an unhandled exception on it would end the program.
            string path = _output.PathAt(DateTime.UtcNow);
            try
            {
                Write(path);
            }
            catch (Exception e)
            {
                Tell((e.GetType(), e.HResult), SnapshotOutput.Sentence(path, e.Message));
            }

            OwnBytes.AddSince(ref counted);
        }
    }

    private void Write(string path)
    {
        long reading = _output.NextReading();
        var snapshot = _read();
        // After a reset, the start is another one.
        var now = (snapshot.EventCount, snapshot.Process.Start);
        if (snapshot.EventCount == 0 || now == _written)
        {
            return;
        }

        _output.Save(reading, path, SnapshotWriter.Write(snapshot));
        _written = now;
        Tell(null, $"the snapshot is written again, to {path}.");
    }

    private void Tell((Type, int)? problem, string sentence)
    {
        if (problem != _problem)
        {
            _problem = problem;
            StandardError.Say(sentence);
        }
    }
}
