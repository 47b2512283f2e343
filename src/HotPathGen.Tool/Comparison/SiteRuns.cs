namespace HotPathGen.Tool.Comparison;

/// <summary>What stays of a site when lines move: what it is and what it says, and which of those in its method that say the same.</summary>
internal readonly record struct SiteKey(SiteKind Kind, string Type, string Text, int Ordinal);

/// <summary>A site that allocated in at least one run.</summary>
/// <param name="Key">What it is.</param>
/// <param name="Line">Its line in the newest run.</param>
/// <param name="Column">Its column there.</param>
/// <param name="BytesPerCall">Per call of its method.</param>
internal sealed record SiteRuns(SiteKey Key, int Line, int Column, Range BytesPerCall)
{
    public string What =>
        Key.Text.Contains(Key.Type, StringComparison.Ordinal) ? Key.Text
        : Key.Text.Length == 0 ? Key.Type
        : $"{Key.Type}: {Key.Text}";
}
