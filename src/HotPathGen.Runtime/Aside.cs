using System.Diagnostics;

namespace HotPathGen.Runtime;

/// <summary>
/// Runs work on a separate thread for a caller that cannot wait for ever. The time that the work waits for others (a pipe that nobody reads, a
/// disk that does not answer) is limited. The time that it computes is not. The thread also has its own stack, because a program that ends may
/// have little stack left.
/// </summary>
internal sealed class Aside
{
    private const int PollMs = 5;

    private readonly Lock _lock = new();
    private TimeSpan _waited;
    private long _waitsSince;
    private string? _waitsFor;

    /// <summary>What the work was waiting for when the patience ended; null if that did not happen.</summary>
    public string? GaveUpOn { get; private set; }

    /// <summary>Runs the work to its end, unless it waits for others longer than <paramref name="patience"/>.</summary>
    public void Run(Action work, TimeSpan patience)
    {
        Thread thread;
        try
        {
            thread = new Thread(() => Contain(work)) { IsBackground = true, Name = "HotPathGen report" };
            thread.Start();
        }
        catch (Exception)
        {
            // No thread can be started. The program ends as it would have ended without the runtime.
            return;
        }
        while (!thread.Join(PollMs))
        {
            lock (_lock)
            {
                if (_waitsFor is not null && _waited + Stopwatch.GetElapsedTime(_waitsSince) > patience)
                {
                    GaveUpOn = _waitsFor;
                    return;
                }
            }
        }
    }

    /// <summary>Runs an action that may have to wait. Does nothing once <see cref="Run"/> has given up.</summary>
    public void Wait(string what, Action action)
    {
        lock (_lock)
        {
            if (GaveUpOn is not null)
            {
                return;
            }

            (_waitsFor, _waitsSince) = (what, Stopwatch.GetTimestamp());
        }
        try
        {
            action();
        }
        finally
        {
            lock (_lock)
            {
                _waited += Stopwatch.GetElapsedTime(_waitsSince);
                _waitsFor = null;
            }
        }
    }

    // This is the runtime's own thread: an unhandled exception on it would end the program.
    private static void Contain(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e)
        {
            StandardError.Say($"the report could not be made: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}");
        }
        finally
        {
            long counted = 0;
            OwnBytes.AddSince(ref counted);
        }
    }
}
