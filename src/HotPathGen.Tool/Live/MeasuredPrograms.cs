using System.Globalization;

namespace HotPathGen.Tool.Live;

/// <summary>The measured programs of this user on this machine. All processes are asked at the same time.</summary>
/// <param name="Found">Those that answered, with their status.</param>
/// <param name="Silent">Those that did not, and why.</param>
internal sealed record MeasuredPrograms(IReadOnlyList<(MeasuredProgram Program, LiveStatus Status)> Found, IReadOnlyList<NoAnswerException> Silent)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public static async Task<MeasuredPrograms> FindAsync(CancellationToken cancellation)
    {
        var found = new List<(MeasuredProgram, LiveStatus)>();
        var silent = new List<NoAnswerException>();
        var asked = MeasuredProgram.Candidates().Select(id => (Program: new MeasuredProgram(id), Status: TryStatusAsync(id, cancellation))).ToArray();
        foreach (var (program, task) in asked)
        {
            var (status, problem) = await task.ConfigureAwait(false);
            if (status is not null)
            {
                found.Add((program, status));
            }
            else if (problem is not null)
            {
                silent.Add(problem);
            }
        }

        return new(found, silent);
    }

    /// <summary>The one program that the user means.</summary>
    /// <param name="given">A process id, or the name of an app; null for the only one that is measured.</param>
    public static async Task<MeasuredProgram> ByAsync(string? given, CancellationToken cancellation)
    {
        if (int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out int id))
        {
            return new(id);
        }

        var all = await FindAsync(cancellation).ConfigureAwait(false);
        (MeasuredProgram Program, LiveStatus Status)[] meant =
        [
            .. all.Found.Where(found => given is null || found.Status.App.Equals(given, StringComparison.OrdinalIgnoreCase)),
        ];
        return meant switch
        {
            [var only] => only.Program,
            [] => throw new InputException(
                given ?? "no process",
                "",
                given is null ? "no measured program runs that this user can reach"
                    : all.Found.Count == 0 ? "no measured program has this name, and none runs"
                    : $"no measured program has this name; there are {Names(all.Found)}",
                "Name a process id, or the name of an app, as dotnet hotpath ps shows them."
            ),
            _ => throw new InputException(given ?? "several processes", "", $"several are meant: {Names(meant)}", "Name a process id."),
        };
    }

    private static string Names(IEnumerable<(MeasuredProgram Program, LiveStatus Status)> programs) =>
        string.Join(", ", programs.Select(static found => FormattableString.Invariant($"{found.Status.App} ({found.Program.Process})")));

    private static async Task<(LiveStatus? Status, NoAnswerException? Problem)> TryStatusAsync(int process, CancellationToken cancellation)
    {
        try
        {
            return (await new MeasuredProgram(process).StatusAsync(s_patience, cancellation).ConfigureAwait(false), null);
        }
        catch (NoAnswerException e)
        {
            return (null, e);
        }
    }
}
