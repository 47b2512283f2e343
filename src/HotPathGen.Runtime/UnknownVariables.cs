namespace HotPathGen.Runtime;

/// <summary>Finds environment variables that look like the runtime's but have no meaning. The user who set one expects an effect.</summary>
internal static class UnknownVariables
{
    private const string Prefix = "HOTPATH_";

    // In the order of the README file.
    private static readonly string[] s_known =
    [
        "HOTPATH",
        "HOTPATH_OUTPUT",
        "HOTPATH_EVERY",
        "HOTPATH_SUMMARY",
        "HOTPATH_WARMUP_MS",
        "HOTPATH_CLOCK",
        "HOTPATH_SITES",
        "HOTPATH_CONTROL",
        "HOTPATH_QUARANTINE",
        "HOTPATH_DETAIL",
        "HOTPATH_OVERHEAD",
        "HOTPATH_OPERATIONS",
        "HOTPATH_SLOW",
        "HOTPATH_LARGE",
        "HOTPATH_METRICS",
    ];

    /// <summary>Returns one sentence for each unknown variable.</summary>
    public static IEnumerable<string> In(IEnumerable<string> names) => names.Where(IsUnknown).Order(StringComparer.Ordinal).Select(ProblemOf);

    // The MSBuild properties, which may also be set as variables in any case, have no underscore. Windows ignores the case of names.
    private static bool IsUnknown(string name) =>
        (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || name.Equals("HOTPATH", StringComparison.OrdinalIgnoreCase))
        && !s_known.Contains(name, OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    private static string ProblemOf(string name)
    {
        string upper = name.ToUpperInvariant();
        if (upper.Replace("_", "").StartsWith("HOTPATHINSTRUMENT", StringComparison.Ordinal))
        {
            return $"{name} is not read by programs; HotPathInstrumentation is the switch, of the build.";
        }

        string nearest = s_known.MinBy(known => Distance(upper, known))!;
        return Distance(upper, nearest) <= Math.Max(2, (name.Length - Prefix.Length) / 3)
            ? $"{name} is not known and has no effect; is {nearest} meant?"
            : $"{name} is not known and has no effect; known are {string.Join(", ", s_known)}.";
    }

    /// <summary>Returns how many letters must be inserted, removed or changed to turn one word into the other (Levenshtein distance).</summary>
    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0]++;
            for (int j = 1; j <= to.Length; j++)
            {
                int changed = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
