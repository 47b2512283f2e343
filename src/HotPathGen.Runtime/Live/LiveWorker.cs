namespace HotPathGen.Runtime;

/// <summary>
/// Carries out requests one after the other, on a thread of its own. The thread exists while there is something to do, or a level to put back. It
/// never holds the lock while it writes an event, which may take the lock of all event sources.
/// </summary>
/// <remarks>
/// A reader sorts events by time. So of several that one thread has written together it gets the first at once, and the rest with the first of a
/// later time. After an answer the thread writes an empty event from time to time, until the reader has closed its session.
/// </remarks>
internal sealed class LiveWorker(ProcessRecording recording)
{
    private const int PulseMs = 25;
    private const int LongestPulseMs = 10_000;

    private readonly object _lock = new();
    private readonly Queue<LiveRequest> _requests = [];
    private readonly LevelSwitch _level = new(recording);
    private LiveEvents? _events;
    private bool _isRunning;
    private long _pulseUntil;

    public void Add(LiveRequest request, LiveEvents events)
    {
        lock (_lock)
        {
            _events = events;
            _requests.Enqueue(request);
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
        while (TryNext(out var request))
        {
            try
            {
                if (request is null)
                {
                    _events!.Pulse();
                }
                else
                {
                    LiveAnswer.Write(_events!, request, recording, _level);
                    _pulseUntil = Environment.TickCount64 + LongestPulseMs;
                }
            }
            catch (Exception)
            {
                // This is the runtime's own thread: an unhandled exception on it would end the program. The tool gets no answer, and says so.
            }

            OwnBytes.AddSince(ref counted);
        }
    }

    /// <param name="request">What is to be done; null for an empty event.</param>
    /// <returns>Whether there is something to be done.</returns>
    private bool TryNext(out LiveRequest? request)
    {
        lock (_lock)
        {
            bool hasWaited = false;
            while (!_requests.TryDequeue(out request))
            {
                if (_level.MsToRestore is <= 0)
                {
                    _level.Restore();
                }

                bool pulses = _events!.IsEnabled() && Environment.TickCount64 < _pulseUntil;
                if (pulses && hasWaited)
                {
                    return true;
                }

                int? wait = pulses ? PulseMs : _level.MsToRestore;
                if (wait is null)
                {
                    _isRunning = false;
                    return false;
                }

                Monitor.Wait(_lock, wait.Value);
                hasWaited = true;
            }

            return true;
        }
    }
}
