using System.Globalization;

namespace HotPathGen.Generator.ProfileWeights;

/// <summary>How strongly a rule reports a site that was measured.</summary>
internal enum Loudness
{
    /// <summary>Not at all: the site was hit and never allocated.</summary>
    Silent,

    /// <summary>Hidden: the site was never reached, or it allocates next to nothing.</summary>
    Hidden,

    /// <summary>As without a profile, but with the figures.</summary>
    Usual,

    /// <summary>As a warning: the site is among those that allocate most.</summary>
    Warning,
}

/// <summary>The profile weight of a site.</summary>
/// <param name="BytesPerCall">The bytes of the site for each call of its method.</param>
/// <param name="Hits">The number of hits in a run; null if the profile does not have it.</param>
/// <param name="Share">The share of the site in all bytes that the profile knows.</param>
internal readonly record struct Weight(double BytesPerCall, double? Hits, double Share)
{
    /// <summary>From this share on, a site is a warning.</summary>
    public const double Hot = 0.1;

    /// <summary>Below this share, a site is hidden.</summary>
    public const double Cold = 0.001;

    public Loudness Loudness =>
        Hits is > 0 && Share <= 0 ? Loudness.Silent
        : Share < Cold ? Loudness.Hidden
        : Share < Hot ? Loudness.Usual
        : Loudness.Warning;

    /// <summary>The profile weight in the words of a rule's message.</summary>
    public string Words =>
        Hits is 0 ? "measured: never reached"
        : Hits is null && Share <= 0 ? "measured: not in every run"
        : $"measured: {Units.Bytes((long)Math.Ceiling(BytesPerCall))} a call{(Hits is { } hits ? $", {Units.Count((long)hits)} hits" : "")}, "
            + $"{(100 * Share).ToString("0.#", CultureInfo.InvariantCulture)} % of all";
}
