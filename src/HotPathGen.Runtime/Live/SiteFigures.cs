namespace HotPathGen.Runtime.Live;

/// <summary>The figures of lines that the meter reports: of the sites in a line together, scaled to all calls as in the reports.</summary>
internal static class SiteFigures
{
    public const int Hits = 0,
        Bytes = 1,
        Count = 2;

    public static Dictionary<SiteKey, long[]> Of(SnapshotDocument snapshot)
    {
        var figures = new Dictionary<SiteKey, long[]>();
        foreach (var method in snapshot.Methods)
        {
            double scale = method.SiteScale ?? 0;
            foreach (var site in method.Sites ?? [])
            {
                if (site.Hits == 0)
                {
                    continue;
                }

                var key = new SiteKey(MethodFigures.NameOf(method), method.File, site.Line);
                long[] line = figures.GetValueOrDefault(key) ?? new long[Count];
                line[Hits] += (long)(site.Hits * scale);
                line[Bytes] += (long)(site.Bytes * scale);
                figures[key] = line;
            }
        }

        return figures;
    }
}

/// <summary>A line with sites.</summary>
internal readonly record struct SiteKey(string Method, string File, int Line)
{
    public KeyValuePair<string, object?>[] Tags => [.. MethodFigures.Tags(Method), new("code.file.path", File), new("code.line.number", Line)];
}
