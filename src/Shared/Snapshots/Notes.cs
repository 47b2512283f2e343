namespace HotPathGen.Shared;

/// <summary>Notes that begin with a number. Code that merges snapshots counts that number again.</summary>
internal static class Notes
{
    public const string MayHoldTier0 =
        " method(s) may have run unoptimized code (few calls or a short run): see DOTNET_TieredCompilation=0 or HOTPATH_WARMUP_MS.";

    public const string BeyondContextBound =
        " contexts: calls in further ones are listed by method under a context without one; figures per method are whole.";
}
