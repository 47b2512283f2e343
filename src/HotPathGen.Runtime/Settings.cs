using System.Globalization;

namespace HotPathGen.Runtime;

/// <summary>What the environment asks for. Anything not understood becomes a problem, reported once, and the default.</summary>
internal sealed record Settings(bool IsEnabled, string? Output, bool HasSummary, int WarmupMs, ClockKind? Clock, int ProbeEvery, int ControlEvery, int QuarantineEvery, string[] Problems)
{
    public static readonly Settings Current = Read(Environment.GetEnvironmentVariable);

    public static Settings Read(Func<string, string?> environment)
    {
        var problems = new List<string>();
        return new(
            Choice("HOTPATH", ("on", true), ("off", false)),
            environment("HOTPATH_OUTPUT") is { Length: > 0 } output ? output : null,
            Choice("HOTPATH_SUMMARY", ("table", true), ("none", false)),
            Milliseconds("HOTPATH_WARMUP_MS"),
            Choice<ClockKind?>("HOTPATH_CLOCK", ("auto", null), ("stopwatch", ClockKind.Stopwatch), ("hardware", ClockKind.Hardware), ("none", ClockKind.None)),
            Rate("HOTPATH_SITES", 1, ("all", 1), ("off", 0)),
            Rate("HOTPATH_CONTROL", 16, ("off", 0)),
            Rate("HOTPATH_QUARANTINE", 64, ("off", 0)),
            [.. problems]);

        // The first choice is the default.
        T Choice<T>(string variable, params ReadOnlySpan<(string Name, T Value)> choices)
        {
            string? text = environment(variable);
            if (string.IsNullOrEmpty(text))
                return choices[0].Value;
            var names = new List<string>();
            foreach (var (name, value) in choices)
            {
                if (text.Equals(name, StringComparison.OrdinalIgnoreCase))
                    return value;
                names.Add(name);
            }
            problems.Add($"{variable}={text} is none of {string.Join(", ", names)}; {names[0]} is used.");
            return choices[0].Value;
        }

        // One in so many calls, or a word for it.
        int Rate(string variable, int usual, params ReadOnlySpan<(string Name, int Value)> words)
        {
            string? text = environment(variable);
            if (string.IsNullOrEmpty(text))
                return usual;
            var names = new List<string>();
            foreach (var (name, value) in words)
            {
                if (text.Equals(name, StringComparison.OrdinalIgnoreCase))
                    return value;
                names.Add(name);
            }
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int rate) && rate > 0)
                return rate;
            problems.Add($"{variable}={text} is neither {string.Join(", ", names)} nor a whole number from 1 on; {(usual == 1 ? "all" : usual)} is used.");
            return usual;
        }

        int Milliseconds(string variable)
        {
            string? text = environment(variable);
            if (string.IsNullOrEmpty(text))
                return 0;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value))
                return value;
            problems.Add($"{variable}={text} is not a whole number of milliseconds; 0 is used.");
            return 0;
        }
    }
}
