namespace HotPathGen.Shared;

/// <summary>
/// What a measured program says of itself while it runs. Figures count from <see cref="Start"/>: the program's start or the last reset.
/// </summary>
internal sealed record LiveStatus : IRecord
{
    public required string App { get; init; }
    public required string Start { get; init; }
    public required long DurationNs { get; init; }
    public required DetailLevel Detail { get; init; }
    public required double OverheadPercent { get; init; }

    /// <summary>The level that comes back by itself; null if none does. The next figure is in how many milliseconds.</summary>
    public DetailLevel? NextDetail { get; init; }
    public long? NextDetailMs { get; init; }

    public required long Methods { get; init; }
    public required long Calls { get; init; }

    /// <summary>What the process allocated, without what the runtime of HotPathGen is known to have allocated.</summary>
    public required long AllocatedBytes { get; init; }

    public void Write(MemberWriter to)
    {
        to.Add(App);
        to.Add(Start);
        to.Add(DurationNs);
        to.Add(Words.Of(Detail), nameof(Detail));
        to.Add(OverheadPercent);
        to.Add(NextDetail is { } next ? Words.Of(next) : null, nameof(NextDetail));
        to.Add(NextDetailMs);
        to.Add(Methods);
        to.Add(Calls);
        to.Add(AllocatedBytes);
    }
}
