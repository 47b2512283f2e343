using System.Globalization;

namespace HotPathGen.Generator.ProfileWeights;

/// <summary>How loud a rule is about a site that was measured.</summary>
internal enum Loudness
{
    /// <summary>It was hit and never allocated.</summary>
    Silent,

    /// <summary>It was never reached, or what it allocates is next to nothing.</summary>
    Hidden,

    /// <summary>As without a profile, with the figures.</summary>
    Usual,

    /// <summary>It is among what allocates most.</summary>
    Warning,
}

/// <summary>What a profile knows of a site.</summary>
/// <param name="BytesPerCall">Of its method.</param>
/// <param name="Hits">Of a run; null where the profile does not say.</param>
/// <param name="Share">Of all bytes that the profile knows.</param>
internal readonly record struct Weight(double BytesPerCall, double? Hits, double Share)
{
    /// <summary>From this share on it is a warning.</summary>
    public const double Hot = 0.1;

    /// <summary>Below this share it is hidden.</summary>
    public const double Cold = 0.001;

    public Loudness Loudness =>
        Hits is > 0 && Share <= 0 ? Loudness.Silent
        : Share < Cold ? Loudness.Hidden
        : Share < Hot ? Loudness.Usual
        : Loudness.Warning;

    /// <summary>As a message of a rule says it.</summary>
    public string Words =>
        Hits is 0 ? "measured: never reached"
        : Hits is null && Share <= 0 ? "measured: not in every run"
        : $"measured: {Units.Bytes((long)Math.Ceiling(BytesPerCall))} a call{(Hits is { } hits ? $", {Units.Count((long)hits)} hits" : "")}, "
            + $"{(100 * Share).ToString("0.#", CultureInfo.InvariantCulture)} % of all";
}
