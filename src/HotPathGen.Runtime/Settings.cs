using System.Collections;
using System.Globalization;

namespace HotPathGen.Runtime;

/// <summary>The settings from the environment. An invalid value becomes a problem, which is reported once, and the default is used.</summary>
internal sealed record Settings(
    bool IsEnabled,
    bool StartsOff,
    string? Output,
    bool HasSummary,
    TimeSpan? Every,
    int WarmupMs,
    RecordingDetail Detail,
    double? OverheadPercent,
    ClockKind? Clock,
    int ProbeEvery,
    int ControlEvery,
    int QuarantineEvery,
    int Operations,
    double? SlowNs,
    double? SlowShare,
    long? LargeBytes,
    int MetricsBound,
    string[] Problems
)
{
    // A snapshot takes 2 to 5 ms. No thread may wait longer than 24 days.
    private const double ShortestIntervalMs = 100;
    private const double LongestIntervalMs = 500 * 3_600_000d;

    private static readonly string[] s_placeholders = ["{app}", "{pid}", "{time}"];

    public static readonly Settings Current = Read(Variables());

    /// <param name="variables">The environment variables by name.</param>
    public static Settings Read(Dictionary<string, string> variables)
    {
        List<string> problems = [.. UnknownVariables.In(variables.Keys)];
        (bool isEnabled, bool startsOff) = Choice("HOTPATH", ("on", (true, false)), ("off", (true, true)), ("never", (false, false)));
        var (slowNs, slowShare) = Slow("HOTPATH_SLOW");
        return new(
            isEnabled,
            startsOff,
            Output(),
            Choice("HOTPATH_SUMMARY", ("table", true), ("none", false)),
            Interval("HOTPATH_EVERY"),
            Milliseconds("HOTPATH_WARMUP_MS"),
            startsOff
                ? RecordingDetail.Off
                : Choice(
                    "HOTPATH_DETAIL",
                    ("standard", RecordingDetail.Standard),
                    ("full", RecordingDetail.Full),
                    ("light", RecordingDetail.Light),
                    ("off", RecordingDetail.Off)
                ),
            Percent("HOTPATH_OVERHEAD"),
            Choice<ClockKind?>("HOTPATH_CLOCK", ("auto", null), Named(ClockKind.Stopwatch), Named(ClockKind.Hardware), Named(ClockKind.None)),
            Rate("HOTPATH_SITES", 1, ("all", 1), ("off", 0)),
            Rate("HOTPATH_CONTROL", 16, ("off", 0)),
            Rate("HOTPATH_QUARANTINE", 64, ("off", 0)),
            Rate("HOTPATH_OPERATIONS", 200, ("off", 0)),
            slowNs,
            slowShare,
            Bytes("HOTPATH_LARGE"),
            Rate("HOTPATH_METRICS", 100, ("off", 0)),
            [.. problems]
        );

        string? Value(string variable) => variables.TryGetValue(variable, out string? value) ? value.Trim() : null;

        string? Output()
        {
            string? output = Value("HOTPATH_OUTPUT");
            foreach (string placeholder in Placeholders(output ?? "").Except(s_placeholders))
            {
                problems.Add($"HOTPATH_OUTPUT: {placeholder} is none of {string.Join(", ", s_placeholders)}; it stays as it is.");
            }

            return string.IsNullOrEmpty(output) ? null : output;
        }

        static (string, ClockKind?) Named(ClockKind kind) => (Words.Of(kind), kind);

        // The first choice is the default.
        T Choice<T>(string variable, params ReadOnlySpan<(string Name, T Value)> choices)
        {
            string? text = Value(variable);
            if (string.IsNullOrEmpty(text))
            {
                return choices[0].Value;
            }

            var names = new List<string>();
            foreach (var (name, value) in choices)
            {
                if (text.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return value;
                }

                names.Add(name);
            }
            problems.Add($"{variable}={text} is none of {string.Join(", ", names)}; {names[0]} is used.");
            return choices[0].Value;
        }

        // Reads a rate (one in so many calls) or a bound, or a word that stands for one.
        int Rate(string variable, int usual, params ReadOnlySpan<(string Name, int Value)> words)
        {
            string? text = Value(variable);
            if (string.IsNullOrEmpty(text))
            {
                return usual;
            }

            var names = new List<string>();
            foreach (var (name, value) in words)
            {
                if (text.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return value;
                }

                names.Add(name);
            }
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int rate) && rate > 0)
            {
                return rate;
            }

            problems.Add(
                $"{variable}={text} is neither {string.Join(", ", names)} nor a whole number from 1 on; {(usual == 1 ? "all" : usual)} is used."
            );
            return usual;
        }

        double? Percent(string variable)
        {
            string? text = Value(variable);
            if (string.IsNullOrEmpty(text))
            {
                return null;
            }

            if (
                double.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
                && value is > 0 and <= 100
            )
            {
                return value;
            }

            problems.Add($"{variable}={text} is not a percentage above 0, up to 100; 10, and 2 for HOTPATH_DETAIL=light, is used.");
            return null;
        }

        // Reads a time, or a percentile such as p99.9.
        (double? Ns, double? Share) Slow(string variable)
        {
            string? text = Value(variable);
            if (string.IsNullOrEmpty(text))
            {
                return default;
            }

            if (
                text[0] is 'p' or 'P'
                && double.TryParse(text.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double percent)
                && percent is > 0 and < 100
            )
            {
                return (null, percent / 100);
            }

            if (Amount(text, ("ns", 1), ("", 1), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9)) is { } ns)
            {
                return (ns, null);
            }

            problems.Add(
                $"{variable}={text} is neither a time above 0 such as 250us, 5ms or 1s nor a percentile such as p99.9; no call is kept as slow."
            );
            return default;
        }

        TimeSpan? Interval(string variable)
        {
            string? text = Value(variable);
            if (string.IsNullOrEmpty(text))
            {
                return null;
            }

            int digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
            double unitMs = text[Math.Max(0, digits)..].ToUpperInvariant() switch
            {
                "MS" => 1,
                "S" => 1000,
                "M" => 60_000,
                "H" => 3_600_000,
                _ => 0,
            };
            if (
                digits > 0
                && double.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out double number)
                && number * unitMs is >= ShortestIntervalMs and <= LongestIntervalMs
            )
            {
                return TimeSpan.FromMilliseconds(number * unitMs);
            }

            problems.Add(
                $"{variable}={text} is not a time from 100ms to 500h such as 500ms, 60s, 5m or 1h; the snapshot is written at the end alone."
            );
            return null;
        }

        long? Bytes(string variable)
        {
            string? text = Value(variable);
            if (string.IsNullOrEmpty(text))
            {
                return null;
            }

            if (Amount(text, ("b", 1), ("", 1), ("kb", 1e3), ("mb", 1e6), ("gb", 1e9)) is { } bytes)
            {
                return (long)bytes;
            }

            problems.Add($"{variable}={text} is not a number of bytes above 0 such as 4096, 64KB or 1MB; no call is kept as large.");
            return null;
        }

        // Reads a number with a unit; null if it is none, below 1 or above 2^62.
        static double? Amount(string text, params ReadOnlySpan<(string Name, double Size)> units)
        {
            int end = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
            foreach (var (name, size) in units)
            {
                if (
                    text.AsSpan(end).Trim().Equals(name, StringComparison.OrdinalIgnoreCase)
                    && double.TryParse(text.AsSpan(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
                    && number * size is >= 1 and < 1L << 62
                )
                {
                    return number * size;
                }
            }

            return null;
        }

        int Milliseconds(string variable)
        {
            string? text = Value(variable);
            if (string.IsNullOrEmpty(text))
            {
                return 0;
            }

            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value))
            {
                return value;
            }

            problems.Add($"{variable}={text} is not a whole number of milliseconds; 0 is used.");
            return 0;
        }
    }

    // Names are compared as the system does it: Windows ignores case.
    private static Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            string name = (string)variable.Key;
            if (name.StartsWith("HOTPATH", StringComparison.OrdinalIgnoreCase))
            {
                variables[name] = (string?)variable.Value ?? "";
            }
        }
        return variables;
    }

    private static IEnumerable<string> Placeholders(string output)
    {
        for (int start = output.IndexOf('{'); start >= 0; start = output.IndexOf('{', start + 1))
        {
            if (output.IndexOf('}', start) is var end and > 0)
            {
                yield return output[start..(end + 1)];
            }
        }
    }
}
