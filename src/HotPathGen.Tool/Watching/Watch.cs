using HotPathGen.Tool.Live;
using HotPathGen.Tool.Reports;
using Spectre.Console;

namespace HotPathGen.Tool.Watching;

/// <summary>
/// Looks at a program again and again. Each look is a request of its own, so a tool that is stopped or killed leaves nothing behind.
/// </summary>
/// <param name="program">The program.</param>
/// <param name="interval">The time between two looks.</param>
internal sealed class Watch(MeasuredProgram program, TimeSpan interval)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private const int PlainRows = 10;

    private WatchFrame? _last;

    public TimeSpan Interval => interval;

    /// <summary>Shows the program on the terminal, or writes tables where the output is none, until it ends or the user quits.</summary>
    /// <param name="view">What is shown at first.</param>
    /// <param name="rows">Rows of each written table; null for the usual number.</param>
    /// <param name="count">How many tables are written; null for no end.</param>
    /// <param name="output">Where they go.</param>
    /// <param name="error">Where it is said that the program has ended.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(WatchView view, int? rows, int? count, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        try
        {
            if (TableConsole.IsTerminal(output) && count is null)
            {
                await new WatchScreen(this, AnsiConsole.Console).ShowAsync(view, cancellation).ConfigureAwait(false);
            }
            else
            {
                await WriteAsync(view, rows ?? PlainRows, count, output, cancellation).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C is how a user ends it.
        }
        catch (NoAnswerException e) when (e.Why is NoAnswer.Ended or NoAnswer.NoSuchProcess && _last is not null)
        {
            error.Write($"{_last.Status.App} ({program.Process}) has ended.\n");
        }
    }

    /// <summary>The next picture.</summary>
    public async Task<WatchFrame> LookAsync(CancellationToken cancellation)
    {
        var status = program.StatusAsync(s_patience, cancellation);
        var snapshot = program.SnapshotAsync(cancellation);
        await Task.WhenAll(status, snapshot).ConfigureAwait(false);
        _last = new(program, await status.ConfigureAwait(false), _last?.After, await snapshot.ConfigureAwait(false));
        return _last;
    }

    /// <summary>Writes a table for each interval, until the program ends, as often as asked, or until it is cancelled.</summary>
    private async Task WriteAsync(WatchView view, int rows, int? count, TextWriter output, CancellationToken cancellation)
    {
        var console = TableConsole.Of(output);
        for (int i = 0; i != count; i++)
        {
            var frame = await LookAsync(cancellation).ConfigureAwait(false);
            if (i > 0)
            {
                console.Line("");
            }

            console.Sentence(frame.Heading(view));
            if (frame.ToTable(view, rows) is { Rows.Length: > 0 } table)
            {
                console.Write(table);
            }

            await output.FlushAsync(cancellation).ConfigureAwait(false);
            if (i + 1 != count)
            {
                await Task.Delay(interval, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Does what a key asks of the program, and says so.</summary>
    public async Task<string> DoAsync(WatchRequest request, CancellationToken cancellation)
    {
        if (request == WatchRequest.Reset)
        {
            await program.ResetAsync(cancellation).ConfigureAwait(false);
            return "reset";
        }

        var level = (await program.StatusAsync(s_patience, cancellation).ConfigureAwait(false)).Detail;
        var next = (DetailLevel)Math.Clamp((int)level + (request == WatchRequest.RaiseLevel ? 1 : -1), (int)DetailLevel.Off, (int)DetailLevel.Full);
        return LevelWords.Of(await program.SetDetailAsync(next, null, null, cancellation).ConfigureAwait(false), hasOverhead: true);
    }
}
