namespace HotPathGen.Tool.Comparison;

/// <summary>One thing that is not as it was allowed to be.</summary>
/// <param name="Method">Its name; the pattern, where no method is meant.</param>
/// <param name="Place">File and line; empty where there is none.</param>
/// <param name="What">The figure.</param>
/// <param name="Was">What the baseline says; empty where there is none.</param>
/// <param name="Is">What was measured.</param>
/// <param name="Allowed">What would have been no breach.</param>
/// <param name="By">Who allows: a file, or the attribute.</param>
/// <param name="Sites">Where the method itself allocates more, most first.</param>
/// <param name="Remark">What else there is to know; empty for nothing.</param>
internal sealed record Breach(
    string Method,
    string Place,
    string What,
    string Was,
    string Is,
    string Allowed,
    string By,
    BreachSite[] Sites,
    string Remark = ""
)
{
    /// <summary>Whether what the method calls is to blame, and not the method.</summary>
    public bool IsInherited { get; init; }

    /// <summary>Bytes or nanoseconds of a run: what breaches are sorted by.</summary>
    public double Effect { get; init; }
}

internal sealed record BreachSite(string Place, string Kind, string What, string Was, string Is);

/// <param name="Breaches">None: the gate is passed.</param>
/// <param name="Judged">What was looked at, in words.</param>
/// <param name="Notes">What was not checked, and why.</param>
internal sealed record Verdict(Breach[] Breaches, string[] Judged, string[] Notes);
