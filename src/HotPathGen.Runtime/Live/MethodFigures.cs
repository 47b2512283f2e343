namespace HotPathGen.Runtime.Live;

/// <summary>The figures of methods that the meter reports. Overloads have one name and so one series.</summary>
internal static class MethodFigures
{
    public const int Calls = 0,
        Failures = 1,
        SelfBytes = 2,
        SelfNs = 3,
        InclusiveBytes = 4,
        InclusiveNs = 5,
        Count = 6;

    /// <summary>The name of the series for all methods that have none of their own.</summary>
    public const string Others = "other";

    // Names of blocks may come from data.
    private const int LongestName = 256;

    public static Dictionary<string, long[]> Of(SnapshotDocument snapshot)
    {
        var figures = new Dictionary<string, long[]>(StringComparer.Ordinal);
        foreach (var method in snapshot.Methods)
        {
            if (method.Calls == 0)
            {
                continue;
            }

            string name = NameOf(method);
            long[] values =
            [
                method.Calls,
                method.Failures,
                method.Allocated.SelfBytes,
                method.Time.SelfNs,
                method.Allocated.InclusiveBytes,
                method.Time.InclusiveNs,
            ];
            figures[name] = figures.TryGetValue(name, out long[]? overload) ? [.. values.Select((value, i) => value + overload[i])] : values;
        }

        return figures;
    }

    /// <summary>The name without parameters, as <c>code.function.name</c> has it.</summary>
    public static string NameOf(Method method)
    {
        string name = VisibleText.Name(method.Name);
        int parameters = method.Form == MethodForm.Block ? -1 : name.IndexOf('(', StringComparison.Ordinal);
        name = VisibleText.Start(parameters > 0 ? name[..parameters] : name, LongestName);
        return name == Others ? $"\"{name}\"" : name;
    }

    public static KeyValuePair<string, object?>[] Tags(string name) => [new("code.function.name", name)];
}
