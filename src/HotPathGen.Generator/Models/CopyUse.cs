namespace HotPathGen.Generator.Models;

/// <summary>Which calls run the instrumented body. Without an instrumented body there is no question.</summary>
internal enum CopyUse
{
    /// <summary>The calls that probe.</summary>
    Probing,

    /// <summary>All calls, unless no call of the process probes.</summary>
    AnyProbing,

    /// <summary>All calls, because only the instrumented body has the frames of functions.</summary>
    Recorded,
}
