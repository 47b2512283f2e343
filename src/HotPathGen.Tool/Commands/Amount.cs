using System.Globalization;

namespace HotPathGen.Tool.Commands;

/// <summary>Reads amounts with a unit. The result is null if a text is none.</summary>
internal static class Amount
{
    private static readonly (string Unit, double Ms)[] s_units = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)];

    public static double? Percent(string? text) => Number(text?.TrimEnd().TrimEnd('%')) is { } percent and > 0 and <= 100 ? percent : null;

    public static TimeSpan? Time(string? text)
    {
        var (unit, ms) = s_units.FirstOrDefault(unit => text?.EndsWith(unit.Unit, StringComparison.Ordinal) == true);
        return unit is not null && Number(text![..^unit.Length]) * ms is { } amount and >= 1 and <= int.MaxValue
            ? TimeSpan.FromMilliseconds(amount)
            : null;
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) ? number : null;
}
