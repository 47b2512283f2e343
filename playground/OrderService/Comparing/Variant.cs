namespace OrderService.Comparing;

/// <param name="Level">The value of HOTPATH_DETAIL; null for a production build.</param>
internal sealed record Variant(string Name, string? Level)
{
    /// <summary>The second row is the first one again. How far its ratios are from 1 is what the machine adds by chance.</summary>
    public static readonly Variant[] All =
    [
        new("production", null),
        new("production again", null),
        new("measured, off", "off"),
        new("measured, light", "light"),
        new("measured, standard", "standard"),
        new("measured, full", "full"),
    ];
}
