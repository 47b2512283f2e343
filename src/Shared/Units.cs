using System.Globalization;

namespace HotPathGen.Shared;

/// <summary>Formats figures for people: three digits and a unit, at most 7 columns. 1 KB is 1,000 bytes.</summary>
internal static class Units
{
    public static string Time(long ns, bool isUnicode) =>
        ns switch
        {
            < 1_000 => $"{ns.ToString(CultureInfo.InvariantCulture)} ns",
            < 999_500 => Scaled(ns / 1e3, isUnicode ? "µs" : "us"),
            < 999_500_000 => Scaled(ns / 1e6, "ms"),
            _ => Scaled(ns / 1e9, "s"),
        };

    public static string Bytes(long bytes) =>
        bytes switch
        {
            < 1_000 => $"{bytes.ToString(CultureInfo.InvariantCulture)} B",
            < 999_500 => Scaled(bytes / 1e3, "KB"),
            < 999_500_000 => Scaled(bytes / 1e6, "MB"),
            < 999_500_000_000 => Scaled(bytes / 1e9, "GB"),
            _ => Scaled(bytes / 1e12, "TB"),
        };

    public static string Count(long count) =>
        count < 1_000_000 ? count.ToString("N0", CultureInfo.InvariantCulture)
        : count < 999_500_000 ? Scaled(count / 1e6, "M")
        : Scaled(count / 1e9, "G");

    /// <summary>Formats a share in a sentence: whole percents, and a digit more below ten.</summary>
    public static string Share(double share) =>
        share < 0.0995
            ? $"{(100 * share).ToString("0.#", CultureInfo.InvariantCulture)} %"
            : $"{(100 * share).ToString("#,0", CultureInfo.InvariantCulture)} %";

    private static string Scaled(double value, string unit)
    {
        string format =
            value < 9.995 ? "0.00"
            : value < 99.95 ? "0.0"
            : "0";
        return $"{value.ToString(format, CultureInfo.InvariantCulture)} {unit}";
    }
}
