namespace HotPathGen.Tool.Comparison;

/// <summary>
/// What identifies a site when lines move: its kind, type and text, and its ordinal among the sites of its method for which these are the same.
/// </summary>
internal readonly record struct SiteKey(SiteKind Kind, string Type, string Text, int Ordinal);

/// <summary>A site that allocated in at least one run.</summary>
/// <param name="Key">What identifies the site.</param>
/// <param name="Line">Its line in the newest run.</param>
/// <param name="Column">Its column in the newest run.</param>
/// <param name="BytesPerCall">Its bytes per call of its method.</param>
internal sealed record SiteRuns(SiteKey Key, int Line, int Column, Range BytesPerCall)
{
    public string What =>
        Key.Text.Contains(Key.Type, StringComparison.Ordinal) ? Key.Text
        : Key.Text.Length == 0 ? Key.Type
        : $"{Key.Type}: {Key.Text}";
}
