namespace HotPathGen.Shared;

/// <summary>How a hot method is measured.</summary>
internal enum MethodForm
{
    /// <summary>A generated declaration calls the body.</summary>
    Pair,

    /// <summary>The frame stands in the body.</summary>
    InPlace,

    /// <summary>In whole, over all its segments.</summary>
    Async,

    /// <summary>Bytes and time on threads are of its first segment alone.</summary>
    AsyncFirstSegment,
    Iterator,
    AsyncIterator,

    /// <summary>No method: what stands in a <c>using (HotPath.Measure(…))</c>.</summary>
    Block,
}
