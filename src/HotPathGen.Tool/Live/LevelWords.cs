namespace HotPathGen.Tool.Live;

/// <summary>A program's level in words.</summary>
internal static class LevelWords
{
    public static string Short(LiveStatus status) =>
        status is { NextDetail: { } next, NextDetailMs: { } ms }
            ? FormattableString.Invariant($"{Words.Of(status.Detail)} ({Words.Of(next)} in {(ms + 999) / 1000} s)")
            : Words.Of(status.Detail);

    public static string Of(LiveStatus status, bool hasOverhead)
    {
        string text = $"level {Words.Of(status.Detail)}";
        if (hasOverhead && status.Detail is (DetailLevel.Light or DetailLevel.Standard))
        {
            text += FormattableString.Invariant($", overhead {status.OverheadPercent:0.##}%");
        }

        return status is { NextDetail: { } next, NextDetailMs: { } ms }
            ? text + FormattableString.Invariant($"; {Words.Of(next)} again in {(ms + 999) / 1000} s")
            : text;
    }
}
