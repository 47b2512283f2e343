namespace HotPathGen.Shared;

/// <summary>The basis for the mean, percentiles and maximum of a method's time.</summary>
internal enum TimeBasis
{
    Thread,
    Wall,
}

/// <summary>The basis for the mean, percentiles and maximum of a method's bytes.</summary>
internal enum BytesBasis
{
    Call,
    Enumeration,
    FirstSegment,
}
