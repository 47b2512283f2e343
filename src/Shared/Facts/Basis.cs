namespace HotPathGen.Shared;

/// <summary>What mean, percentiles and maximum of a method's time are of.</summary>
internal enum TimeBasis
{
    Thread,
    Wall,
}

/// <summary>What mean, percentiles and maximum of a method's bytes are of.</summary>
internal enum BytesBasis
{
    Call,
    Enumeration,
    FirstSegment,
}
