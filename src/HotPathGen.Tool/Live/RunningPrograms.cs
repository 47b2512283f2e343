using System.Globalization;

namespace HotPathGen.Tool.Live;

/// <summary>The table of measured programs, and what to say about those that are not in it.</summary>
internal sealed record RunningPrograms(Table Table, string[] Remarks)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private static readonly Column<Observed>[] s_columns =
    [
        new("process", "pid", Unit.Figure, 0, static p => (long)p.Process),
        new("start", static p => p.After.Start),
        new("", "since", Unit.Figure, 2, static p => Since(p.After.Start)),
        new("level", static p => Words.Of(p.After.Detail)),
        new("", "level", Unit.Figure, 1, static p => LevelWords.Short(p.After)),
        new("overheadPercent", static p => p.After.OverheadPercent),
        new("nextLevel", static p => p.After.NextDetail is { } next ? Words.Of(next) : null),
        new("nextLevelMs", static p => p.After.NextDetailMs),
        new("methods", "methods", Unit.Count, 3, static p => p.After.Methods),
        new("calls", "calls", Unit.Count, 3, static p => p.After.Calls),
        new("callsPerSecond", "calls/s", Unit.Count, 1, static p => p.PerSecond(static status => status.Calls)),
        new("bytesPerSecond", "B/s", Unit.Bytes, 1, static p => p.PerSecond(static status => status.AllocatedBytes)),
    ];

    public static async Task<RunningPrograms> ReadAsync(CancellationToken cancellation)
    {
        var programs = await MeasuredPrograms.FindAsync(cancellation).ConfigureAwait(false);
        await Task.Delay(programs.Found.Count > 0 ? s_interval : TimeSpan.Zero, cancellation).ConfigureAwait(false);
        var observed = await Task.WhenAll(programs.Found.Select(found => AgainAsync(found.Program, found.Status, cancellation)))
            .ConfigureAwait(false);
        return new(
            new(
                "programs",
                "app",
                s_columns,
                [
                    .. observed
                        .OfType<Observed>()
                        .OrderBy(static program => program.After.App, StringComparer.Ordinal)
                        .ThenBy(static program => program.Process)
                        .Select(static program => Row.Of(program.After.App, "", "", s_columns, program)),
                ]
            )
            {
                WhenEmpty = "No measured program runs that this user can reach.",
            },
            [.. RemarksOn(programs.Silent)]
        );
    }

    // Most .NET processes are not measured, which is no news.
    private static IEnumerable<string> RemarksOn(IEnumerable<NoAnswerException> silent)
    {
        int others = silent.Count(static problem => problem.Why == NoAnswer.OtherUser);
        if (others > 0)
        {
            yield return FormattableString.Invariant($"{others} .NET process(es) of other users cannot be asked.");
        }

        foreach (var problem in silent.Where(static problem => problem.Why is NoAnswer.OtherVersion or NoAnswer.TooSlow or NoAnswer.Refused))
        {
            yield return $"{problem.File}: {problem.Reason}.";
        }
    }

    private static async Task<Observed?> AgainAsync(MeasuredProgram program, LiveStatus before, CancellationToken cancellation)
    {
        try
        {
            return new(program.Process, before, await program.StatusAsync(s_patience, cancellation).ConfigureAwait(false));
        }
        catch (NoAnswerException)
        {
            return null; // it has ended meanwhile
        }
    }

    private static string Since(string start) =>
        DateTime.Parse(start, CultureInfo.InvariantCulture).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private sealed record Observed(int Process, LiveStatus Before, LiveStatus After)
    {
        /// <summary>What it did a second between the two; since the reset if there was one.</summary>
        public long PerSecond(Func<LiveStatus, long> figure)
        {
            bool isSame = Before.Start == After.Start;
            double seconds = (After.DurationNs - (isSame ? Before.DurationNs : 0)) / 1e9;
            return seconds > 0 ? (long)Math.Round(Math.Max(0, figure(After) - (isSame ? figure(Before) : 0)) / seconds) : 0;
        }
    }
}
