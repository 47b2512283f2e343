using System.Text;
using HotPathGen.Tool.Reports;

namespace HotPathGen.Tool.Comparison;

/// <summary>The report of a check: one block for each breach, which begins with file and line.</summary>
internal static class CheckReport
{
    public static string Text(Verdict verdict, RunSet runs)
    {
        var text = new StringBuilder(VisibleText.Of(Title(verdict, runs))).Append('\n');
        foreach (var breach in verdict.Breaches)
        {
            string[] lines =
            [
                (breach.Place.Length > 0 ? $"{breach.Place}: " : "") + breach.Method,
                $"  {breach.What}: {Was(breach.Was)}is {breach.Is}, allowed {breach.Allowed} ({breach.By})",
                .. breach.Sites.Select(site => $"  {site.Place}: {site.Kind}: {site.What}: {Was(site.Was)}is {site.Is}"),
            ];
            text.Append('\n').AppendJoin('\n', lines.Select(VisibleText.Of)).Append('\n');
            if (breach.Remark.Length > 0)
            {
                text.Append("  ").Append(VisibleText.Of(breach.Remark)).Append('\n');
            }
        }
        if (verdict.Notes.Length > 0)
        {
            text.Append('\n');
        }

        foreach (string note in verdict.Notes)
        {
            text.Append(VisibleText.Of(note)).Append('\n');
        }

        return text.ToString();
    }

    public static Report Of(Verdict verdict, RunSet runs)
    {
        string[][] sites =
        [
            .. from breach in verdict.Breaches from site in breach.Sites select (string[])[site.What, site.Place, site.Kind, site.Was, site.Is],
        ];
        return new(
            Title(verdict, runs),
            [],
            [
                .. new[]
                {
                    Table.OfFigures(
                        "breaches",
                        ["method", "at", "what", "was", "is", "allowed", "by"],
                        [.. verdict.Breaches.Select(b => (string[])[b.Method, b.Place, b.What, b.Was, b.Is, b.Allowed, b.By])]
                    ),
                    Table.OfFigures("where they allocate, in bytes per call", ["site", "at", "kind", "was", "is"], sites),
                }.Where(section => section.Rows.Length > 0),
            ],
            [
                .. verdict
                    .Breaches.Where(breach => breach.Remark.Length > 0 && !breach.IsInherited)
                    .Select(breach => $"{breach.Method}: {breach.Remark}")
                    .Distinct(),
            ],
            verdict.Notes
        );
    }

    private static string Title(Verdict verdict, RunSet runs)
    {
        string compared =
            $"{string.Join(", ", verdict.Checked)}; {ComparisonReport.Runs(runs)}, {runs.Conditions.Runtime}, {runs.Conditions.Code} code";
        return verdict.Breaches.Length == 0
            ? $"passed: {compared}"
            : $"failed: {(verdict.Breaches.Length == 1 ? "1 breach" : FormattableString.Invariant($"{verdict.Breaches.Length:N0} breaches"))}. "
                + $"Checked: {compared}";
    }

    private static string Was(string was) => was.Length > 0 ? $"was {was}, " : "";
}
