namespace HotPathGen.Shared;

/// <summary>The clock of frames.</summary>
internal enum ClockKind
{
    None,
    Stopwatch,
    Hardware,
}
