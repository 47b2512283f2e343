namespace HotPathGen.Runtime;

/// <summary>
/// Sets the level for the tool, and puts the old one back after a time. Used by one thread. A level that the program or another request has set
/// meanwhile stays.
/// </summary>
internal sealed class LevelSwitch(ProcessRecording recording)
{
    private (RecordingDetail Level, double Overhead) _old;
    private (RecordingDetail Level, double Overhead) _set;
    private long? _due;

    /// <summary>In how many milliseconds the old level comes back; null if none does.</summary>
    public int? MsToRestore => _due is { } due ? (int)Math.Clamp(due - Environment.TickCount64, 0, int.MaxValue) : null;

    public RecordingDetail Old => _old.Level;

    private (RecordingDetail, double) Current
    {
        get => (recording.Detail, recording.Overhead);
        set => (recording.Overhead, recording.Detail) = (value.Item2, value.Item1);
    }

    /// <summary>
    /// Sets level and budget. For a time while they are already set for a time, what comes back is what was there before the first.
    /// </summary>
    public void Set(RecordingDetail level, double? overhead, int? forMs)
    {
        if (_due is null || Current != _set)
        {
            _old = Current;
        }

        _set = (level, overhead ?? recording.Overhead);
        Current = _set;
        _due = forMs is { } ms ? Environment.TickCount64 + ms : null;
    }

    public void Restore()
    {
        _due = null;
        if (Current == _set)
        {
            Current = _old;
        }
    }
}
