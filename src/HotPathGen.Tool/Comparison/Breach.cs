namespace HotPathGen.Tool.Comparison;

/// <summary>One figure that is not as it was allowed to be.</summary>
/// <param name="Method">The name of the method; the pattern, where there is no single method.</param>
/// <param name="Place">File and line; empty where there is none.</param>
/// <param name="What">The name of the figure.</param>
/// <param name="Was">The value in the baseline; empty where there is none.</param>
/// <param name="Is">The value that was measured.</param>
/// <param name="Allowed">The value that would have been allowed.</param>
/// <param name="By">The source of the limit: a file, or the attribute.</param>
/// <param name="Sites">The sites where the method itself allocates more, the largest first.</param>
/// <param name="Remark">A further remark; empty where there is none.</param>
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
    /// <summary>Whether the cause is in what the method calls, and not in the method itself.</summary>
    public bool IsInherited { get; init; }

    /// <summary>Bytes or nanoseconds of a run. Breaches are sorted by this.</summary>
    public double Effect { get; init; }
}

internal sealed record BreachSite(string Place, string Kind, string What, string Was, string Is);

/// <param name="Breaches">The breaches. The check is passed where there are none.</param>
/// <param name="Checked">What was checked, in words.</param>
/// <param name="Notes">What was not checked, and why.</param>
internal sealed record Verdict(Breach[] Breaches, string[] Checked, string[] Notes);
