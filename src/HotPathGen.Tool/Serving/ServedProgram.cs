using System.Globalization;
using HotPathGen.Tool.Live;

namespace HotPathGen.Tool.Serving;

/// <summary>
/// The program that is served. If it was given by name, the next process of that name takes its place when it has ended. Until then each question
/// ends with an <see cref="InputException"/>, whose sentences are the answer to the client.
/// </summary>
/// <param name="app">The name of its app.</param>
/// <param name="isByName">Whether the program was given by that name.</param>
/// <param name="program">The program, if it runs.</param>
internal sealed class ServedProgram(string app, bool isByName, MeasuredProgram? program)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private volatile MeasuredProgram? _program = program;

    public string App => app;

    /// <summary>The process that is served; null if none of the name runs.</summary>
    public int? Process => _program?.Process;

    /// <summary>Finds the program that the user means, and checks that it answers. A name need not be that of a program that runs already.</summary>
    /// <param name="given">A process id or the name of an app; null for the only one that is measured.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static async Task<ServedProgram> FindAsync(string? given, CancellationToken cancellation)
    {
        bool isProcess = int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (given is null || isProcess)
        {
            var program = await MeasuredPrograms.ByAsync(given, cancellation).ConfigureAwait(false);
            var status = await program.StatusAsync(s_patience, cancellation).ConfigureAwait(false);
            return new(status.App, isByName: false, program);
        }

        return new(given, isByName: true, await ByNameAsync(given, cancellation).ConfigureAwait(false));
    }

    public async Task<Reading> ReadAsync(CancellationToken cancellation)
    {
        var begun = DateTimeOffset.UtcNow;
        return await AskAsync(
                async found => new Reading(
                    found.Process,
                    begun,
                    await found.StatusAsync(s_patience, cancellation).ConfigureAwait(false),
                    await found.SnapshotJsonAsync(cancellation).ConfigureAwait(false)
                ),
                cancellation
            )
            .ConfigureAwait(false);
    }

    public Task<LiveStatus> ResetAsync(CancellationToken cancellation) => AskAsync(found => found.ResetAsync(cancellation), cancellation);

    public Task<LiveStatus> SetDetailAsync(DetailLevel level, TimeSpan? time, CancellationToken cancellation) =>
        AskAsync(found => found.SetDetailAsync(level, null, time, cancellation), cancellation);

    private async Task<T> AskAsync<T>(Func<MeasuredProgram, Task<T>> ask, CancellationToken cancellation)
    {
        var found = _program;
        if (found is null)
        {
            _program = found = await ByNameAsync(app, cancellation).ConfigureAwait(false)
                ?? throw new InputException(app, "", "no measured program of this name runs", "It is served as soon as one runs.");
        }

        try
        {
            return await ask(found).ConfigureAwait(false);
        }
        catch (NoAnswerException e) when (e.Why is NoAnswer.Ended or NoAnswer.NoSuchProcess or NoAnswer.NoPort or NoAnswer.NotMeasured)
        {
            if (!isByName)
            {
                throw new InputException(
                    $"{app}, {e.File}",
                    "",
                    "it has ended",
                    "Start serve again with the new process, or give it the name of the app."
                );
            }

            _program = null;
            throw new InputException($"{app}, {e.File}", "", "it has ended", "The next process of this name is served as soon as it runs.");
        }
    }

    private static async Task<MeasuredProgram?> ByNameAsync(string name, CancellationToken cancellation)
    {
        var all = await MeasuredPrograms.FindAsync(cancellation).ConfigureAwait(false);
        return all.Found.Any(found => found.Status.App.Equals(name, StringComparison.OrdinalIgnoreCase))
            ? await MeasuredPrograms.ByAsync(name, cancellation).ConfigureAwait(false)
            : null;
    }
}
