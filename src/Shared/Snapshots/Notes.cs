namespace HotPathGen.Shared;

/// <summary>Notes that begin with a number. Code that merges snapshots counts that number again.</summary>
internal static class Notes
{
    public const string MayHoldTier0 =
        " method(s) may have run unoptimized code (few calls or a short run): see DOTNET_TieredCompilation=0 or HOTPATH_WARMUP_MS.";

    public const string EstimatedTime =
        "Time and sites of short methods are estimates from a random sample of their calls; the mark has half the width of the 95 % interval of the mean.";

    public const string EstimatedBytes =
        "Bytes, time and sites of short methods are estimates from a random sample of their calls; the mark has half the width of the 95 % interval of the mean time.";

    public const string UnplacedFrames =
        " hot call(s) ran in operations while too many others did: these operations are in no count of calls and no percentile, but in the sums.";

    public const string AbandonedCalls =
        " call(s) of operations never ended, as their activity was not stopped: they are in no count of calls and no percentile, but in the sums.";

    public const string BeyondContextBound =
        " contexts: calls in further ones are listed by method under a context without one; figures per method are whole.";
}
