namespace HotPathGen.Runtime;

/// <summary>
/// How much of a method is measured, in the words of summary and tool: a mark in its row, and below the rows what keeps the rest from it.
/// </summary>
internal static class Coverage
{
    public const string NotMeasured = "not measured",
        ToFirstAwait = "only to its first await",
        NotBySite = "not by site";

    /// <summary>Where all of it can be read.</summary>
    public const string Everything = "dotnet hotpath show --coverage";

    private const int MostReasons = 3;

    /// <summary>One of the words above; empty for a method that is measured in whole, by site where anything in it can allocate.</summary>
    /// <param name="form">The method's.</param>
    /// <param name="bytesBasis">What its bytes are of.</param>
    /// <param name="obstacle">Why it has no sites; empty or null where it has them, or needs none.</param>
    public static string Of(string form, string bytesBasis, string? obstacle) =>
        form == "async-first-stretch" || (bytesBasis == "first-stretch" && form != "block") ? ToFirstAwait
        : string.IsNullOrEmpty(obstacle) ? ""
        : NotBySite;

    /// <summary>With a blank before it; empty for nothing to remark.</summary>
    public static string Mark(string coverage) =>
        coverage switch
        {
            ToFirstAwait => " a",
            NotBySite => " s",
            _ => "",
        };

    /// <summary>What the marks mean: a line a reason, those of most methods first.</summary>
    /// <param name="methods">Of the rows: how they are covered, and why so.</param>
    public static IEnumerable<string> Footnotes(IEnumerable<(string Coverage, string? Reason)> methods)
    {
        var reasons = methods
            .Where(static m => Mark(m.Coverage).Length > 0)
            .GroupBy(static m => m)
            .OrderBy(static same => same.Key.Coverage, StringComparer.Ordinal)
            .ThenByDescending(static same => same.Count())
            .ThenBy(static same => same.Key.Reason, StringComparer.Ordinal)
            .ToArray();
        foreach (var same in reasons.Take(MostReasons))
        {
            yield return FormattableString.Invariant(
                $"{Mark(same.Key.Coverage).TrimStart()}: {same.Key.Coverage}, {same.Count()} method(s): {same.Key.Reason ?? "its body is not copied"}."
            );
        }

        if (reasons.Length > MostReasons)
        {
            yield return FormattableString.Invariant($"{reasons.Length - MostReasons} more reason(s) for a or s: {Everything}");
        }
    }

    public static string OfPlain(int count) =>
        FormattableString.Invariant($"{count} hot method(s) are not measured: {Everything} says which, and why.");
}
