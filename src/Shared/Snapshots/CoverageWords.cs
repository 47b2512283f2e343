using System.Globalization;

namespace HotPathGen.Shared;

/// <summary>
/// The texts of the summary and the tool about coverage: a mark in the row of a method, and below the rows the reasons why a part is not
/// measured.
/// </summary>
internal static class CoverageWords
{
    /// <summary>The command that shows the complete coverage.</summary>
    public const string Everything = "dotnet hotpath show --coverage";

    private const int MostReasons = 3;

    /// <summary>Returns the mark with a space before it; empty if there is nothing to remark.</summary>
    public static string Mark(Coverage coverage) =>
        coverage switch
        {
            Coverage.ToFirstAwait => " a",
            Coverage.NotBySite => " s",
            _ => "",
        };

    /// <summary>Returns the reason why a method is not measured as a whole.</summary>
    public static string Reason(Method method) => method.WithoutSites ?? "its body is not copied";

    /// <summary>Returns the meaning of the marks: one line per reason, starting with the reason that most methods have.</summary>
    public static IEnumerable<string> Footnotes(IEnumerable<Method> methods)
    {
        var marked = methods.Where(static m => Mark(m.Coverage).Length > 0).ToArray();
        if (marked.Length == 0)
        {
            yield break;
        }
        var reasons = marked
            .GroupBy(static m => $"{Mark(m.Coverage).TrimStart()}: {Words.Of(m.Coverage)}, {{0}} method(s): {Reason(m)}.")
            .OrderBy(static same => Words.Of(same.First().Coverage), StringComparer.Ordinal)
            .ThenByDescending(static same => same.Count())
            .ThenBy(static same => same.Key, StringComparer.Ordinal)
            .ToArray();
        foreach (var same in reasons.Take(MostReasons))
        {
            yield return same.Key.Replace("{0}", same.Count().ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }
        if (reasons.Length > MostReasons)
        {
            yield return FormattableString.Invariant($"{reasons.Length - MostReasons} more reason(s) for a or s: {Everything}");
        }
    }

    public static string OfUnmeasured(int count) =>
        FormattableString.Invariant($"{count} hot method(s) are not measured: {Everything} says which, and why.");
}
