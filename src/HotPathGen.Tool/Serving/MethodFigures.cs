namespace HotPathGen.Tool.Serving;

/// <summary>The figures of methods that Prometheus scrapes. Overloads have one name and so one series.</summary>
internal static class MethodFigures
{
    public const int Calls = 0,
        Failures = 1,
        SelfBytes = 2,
        SelfNs = 3,
        InclusiveBytes = 4,
        InclusiveNs = 5,
        TimeSum = 6,
        BytesSum = 7,
        TimeBuckets = 8;

    // Names of blocks may come from data.
    private const int LongestName = 256;

    public static readonly int BytesBuckets = TimeBuckets + CallBuckets.Time.Count;
    public static readonly int Count = BytesBuckets + CallBuckets.Bytes.Count;

    public static Dictionary<string, long[]> Of(SnapshotDocument snapshot)
    {
        var all = new Dictionary<string, long[]>(StringComparer.Ordinal);
        foreach (var method in snapshot.Methods.Where(static method => method.Calls > 0))
        {
            string name = NameOf(method);
            if (!all.TryGetValue(name, out long[]? figures))
            {
                all[name] = figures = new long[Count];
            }

            figures[Calls] += method.Calls;
            figures[Failures] += method.Failures;
            figures[SelfBytes] += method.Allocated.SelfBytes;
            figures[SelfNs] += method.Time.SelfNs;
            figures[InclusiveBytes] += method.Allocated.InclusiveBytes;
            figures[InclusiveNs] += method.Time.InclusiveNs;
            // A histogram may have a part of the calls. The mean is of the same calls, so the sum and the count fit together.
            figures[TimeSum] += method.Time.MeanNs * method.Time.Histogram.Total;
            figures[BytesSum] += method.Allocated.MeanBytes * method.Allocated.Histogram.Total;
            CallBuckets.Time.Add(method.Time.Histogram, figures.AsSpan(TimeBuckets, CallBuckets.Time.Count));
            CallBuckets.Bytes.Add(method.Allocated.Histogram, figures.AsSpan(BytesBuckets, CallBuckets.Bytes.Count));
        }

        return all;
    }

    /// <summary>The name without parameters, as <c>code.function.name</c> has it.</summary>
    public static string NameOf(Method method)
    {
        string name = VisibleText.Name(method.Name);
        int parameters = method.Form == MethodForm.Block ? -1 : name.IndexOf('(', StringComparison.Ordinal);
        name = VisibleText.Start(parameters > 0 ? name[..parameters] : name, LongestName);
        return name == Metrics.Others ? $"\"{name}\"" : name;
    }
}
