namespace HotPathGen.Runtime;

/// <summary>
/// Carries out requests one after the other, on a thread of its own. The thread exists while there is something to do, or a level to put back. It
/// never holds the lock while it writes an event, which may take the lock of all event sources.
/// </summary>
internal sealed class LiveWorker(ProcessRecording recording)
{
    private readonly object _lock = new();
    private readonly Queue<(LiveRequest Request, LiveEvents Events)> _requests = [];
    private readonly LevelSwitch _level = new(recording);
    private bool _isRunning;

    public void Add(LiveRequest request, LiveEvents events)
    {
        lock (_lock)
        {
            _requests.Enqueue((request, events));
            if (_isRunning)
            {
                Monitor.Pulse(_lock);
                return;
            }

            new Thread(Run) { IsBackground = true, Name = "HotPathGen live" }.Start();
            _isRunning = true;
        }
    }

    private void Run()
    {
        long counted = 0;
        while (TryNext(out var request, out var events))
        {
            try
            {
                LiveAnswer.Write(events, request, recording, _level);
            }
            catch (Exception)
            {
                // This is the runtime's own thread: an unhandled exception on it would end the program. The tool gets no answer, and says so.
            }

            OwnBytes.AddSince(ref counted);
        }

        OwnBytes.AddSince(ref counted);
    }

    private bool TryNext(out LiveRequest request, out LiveEvents events)
    {
        lock (_lock)
        {
            while (true)
            {
                if (_requests.TryDequeue(out var next))
                {
                    (request, events) = next;
                    return true;
                }

                if (_level.MsToRestore is not { } wait)
                {
                    _isRunning = false;
                    (request, events) = (null!, null!);
                    return false;
                }

                if (wait > 0)
                {
                    Monitor.Wait(_lock, wait);
                }
                else
                {
                    _level.Restore();
                }
            }
        }
    }
}
