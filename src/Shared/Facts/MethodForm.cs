namespace HotPathGen.Shared;

/// <summary>How a hot method is measured.</summary>
internal enum MethodForm
{
    /// <summary>A generated declaration calls the body.</summary>
    Pair,

    /// <summary>The frame is opened inside the method itself.</summary>
    InPlace,

    /// <summary>The whole async method is measured, over all its segments.</summary>
    Async,

    /// <summary>Bytes and thread time are measured for the first segment only.</summary>
    AsyncFirstSegment,
    Iterator,
    AsyncIterator,

    /// <summary>The entry is not a method but a block: the code inside a <c>using (HotPath.Measure(…))</c>.</summary>
    Block,

    /// <summary>The entry is a lambda or local function, measured in the instrumented body of the method that contains it.</summary>
    Function,
}
