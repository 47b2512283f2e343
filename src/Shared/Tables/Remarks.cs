namespace HotPathGen.Shared;

/// <summary>Sentences that explain the figures of methods and sites.</summary>
internal static class Remarks
{
    /// <summary>Returns the remarks below tables of methods and sites.</summary>
    public static IEnumerable<string> Of(SnapshotDocument snapshot, IEnumerable<Method> called)
    {
        yield return "B: bytes allocated, 1 KB = 1,000 B. share: of all self time. self: without nested hot methods. !: probe-heavy. ~: wall time.";
        if (OfSites(snapshot) is { } sites)
        {
            yield return sites;
        }
        foreach (string remark in OfMethods(snapshot, called))
        {
            yield return remark;
        }
    }

    /// <summary>Returns the remark that says which calls the hits and totals include; null if there was no probing call.</summary>
    public static string? OfSites(SnapshotDocument snapshot)
    {
        Method[] probed = [.. snapshot.Methods.Where(static m => m.Control is { Probing.Calls: > 0 })];
        return probed.Length == 0
            ? null
            : "Sites: hits and bytes per hit are of the calls that probed; totals are scaled to all calls by what \"scale\" says. share: of all self bytes. "
                + $"{Units.Bytes(probed.Sum(static m => m.UnattributedBytes!.Value))} of their {Units.Bytes(probed.Sum(static m => m.Control!.Probing.SelfBytes))} fell outside any site.";
    }

    public static IEnumerable<string> OfMethods(SnapshotDocument snapshot, IEnumerable<Method> called)
    {
        if (snapshot.Methods.Any(static m => m is { Calls: > 0, LargeRecordingShare: not null }))
        {
            yield return "!n %: recording the calls of the row, with those of nested hot methods, cost n % of its time. It is subtracted; what it does to caches is not.";
        }
        if (snapshot.Methods.Any(static m => m.Control?.DifferenceBytesPerCall is not null))
        {
            yield return "(+n B): a probing call allocates so much more than a control call, which runs the original body; probes changed what the JIT could do.";
        }
        if (new FoldedFunctions(snapshot, [.. called]).HasAny)
        {
            yield return "+n: n lambdas and local functions of the method have no row; each takes less than 1 % of all bytes and time.";
        }
        foreach (string footnote in CoverageWords.Footnotes(called))
        {
            yield return footnote;
        }
        foreach (string note in snapshot.Notes)
        {
            yield return note;
        }
        if (snapshot.Methods.Count(static m => m.Calls == 0 && m.Open == 0) is var silent and > 0)
        {
            yield return FormattableString.Invariant($"{silent} hot method(s) were never called.");
        }
        if (snapshot.Coverage.Length > 0)
        {
            yield return CoverageWords.OfUnmeasured(snapshot.Coverage.Length);
        }
    }
}
