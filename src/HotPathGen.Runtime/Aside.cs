using System.Diagnostics;

namespace HotPathGen.Runtime;

/// <summary>
/// Work on a thread of its own, for somebody who cannot wait for ever: of the time that the work takes, what it waits for others (a pipe
/// that nobody reads, a disk that does not answer) is limited, what it computes is not. The thread's stack is its own too: whoever ends a
/// program may have little left of his.
/// </summary>
internal sealed class Aside
{
    private const int PollMs = 5;

    private readonly Lock _lock = new();
    private TimeSpan _waited;
    private long _waitsSince;
    private string? _waitsFor;

    /// <summary>What was waited for when patience ended; null while nothing was.</summary>
    public string? GaveUpOn { get; private set; }

    /// <summary>Runs the work to its end, unless it waits longer than that.</summary>
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
            // No thread is to be had, and the program ends as it would have.
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

    /// <summary>Does what may wait. Once nobody waits for the work, nothing more of it is done.</summary>
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

    // On a thread of ours an exception would end the program.
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
    }
}
