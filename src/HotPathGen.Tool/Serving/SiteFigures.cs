namespace HotPathGen.Tool.Serving;

/// <summary>The figures of lines that Prometheus scrapes: of the sites in a line together, scaled to all calls as in the reports.</summary>
internal static class SiteFigures
{
    public const int Hits = 0,
        Bytes = 1,
        Count = 2;

    public static Dictionary<SourceLine, long[]> Of(SnapshotDocument snapshot)
    {
        var all = new Dictionary<SourceLine, long[]>();
        foreach (var method in snapshot.Methods)
        {
            double scale = method.SiteScale ?? 0;
            foreach (var site in (method.Sites ?? []).Where(static site => site.Hits > 0))
            {
                var key = new SourceLine(MethodFigures.NameOf(method), method.File, site.Line);
                if (!all.TryGetValue(key, out long[]? figures))
                {
                    all[key] = figures = new long[Count];
                }

                figures[Hits] += (long)(site.Hits * scale);
                figures[Bytes] += (long)(site.Bytes * scale);
            }
        }

        return all;
    }
}

/// <summary>A line with sites.</summary>
internal readonly record struct SourceLine(string Method, string File, int Line);
