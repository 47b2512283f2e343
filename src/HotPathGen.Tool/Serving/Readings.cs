using System.Diagnostics;

namespace HotPathGen.Tool.Serving;

/// <summary>
/// The readings of the program. One reading serves all who ask within a fraction of a second, so that many clients cost the program no more than one
/// does. A failure is shared in the same way.
/// </summary>
internal sealed class Readings(ServedProgram program, CancellationToken stopping)
{
    private static readonly TimeSpan s_shared = TimeSpan.FromMilliseconds(300);

    private readonly Lock _lock = new();
    private Task<Reading>? _newest;
    private long _begun;
    private long _taken;

    public ServedProgram Program => program;
    public History History { get; } = new();

    /// <summary>How often the program was asked.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    public Task<Reading> NowAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_newest is null || (_newest.IsCompleted && Stopwatch.GetElapsedTime(_begun) > s_shared))
            {
                _begun = Stopwatch.GetTimestamp();
                // A client that goes away does not take the reading from the others.
                _newest = Task.Run(TakeAsync, CancellationToken.None);
            }

            return _newest.WaitAsync(cancellation);
        }
    }

    /// <summary>The next who asks gets a new reading: the program was changed.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _newest = null;
        }
    }

    private async Task<Reading> TakeAsync()
    {
        Interlocked.Increment(ref _taken);
        var reading = await program.ReadAsync(stopping).ConfigureAwait(false);
        History.Add(reading);
        return reading;
    }
}
