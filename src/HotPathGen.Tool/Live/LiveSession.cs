using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Session;

namespace HotPathGen.Tool.Live;

/// <summary>
/// One request to one process: an EventPipe session that carries the request and is closed when the answer is there. Every wait is bounded, because
/// the process may be stopped, may end, or may not be measured.
/// </summary>
internal static class LiveSession
{
    /// <summary>As much of an answer as waits in the process until the tool reads it. What is more is lost, and the answer refused.</summary>
    private const int BufferMb = 64;

    // No parser is told of the source, so its events have this id, and no name.
    private static readonly Guid s_source = TraceEventProviders.GetEventSourceGuidFromName(LiveProtocol.Source);

    private static readonly TimeSpan s_opening = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_greeting = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan s_closing = TimeSpan.FromSeconds(2);

    /// <param name="process">The id of the process.</param>
    /// <param name="command">A command of <see cref="LiveProtocol"/>.</param>
    /// <param name="arguments">Its arguments, by name.</param>
    /// <param name="patience">How long the process may say nothing.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="NoAnswerException">There is no answer.</exception>
    public static async Task<Answer> AskAsync(
        int process,
        string command,
        IEnumerable<(string Name, string Value)> arguments,
        TimeSpan patience,
        CancellationToken cancellation
    )
    {
        for (var greeting = s_greeting; ; greeting = patience)
        {
            if (await TryAskAsync(process, command, arguments, greeting, patience, cancellation).ConfigureAwait(false) is { } answer)
            {
                return answer;
            }
        }
    }

    /// <returns>The answer; null if the process is measured, but too busy to say so in time.</returns>
    private static async Task<Answer?> TryAskAsync(
        int process,
        string command,
        IEnumerable<(string Name, string Value)> arguments,
        TimeSpan greeting,
        TimeSpan patience,
        CancellationToken cancellation
    )
    {
        string request = Guid.NewGuid().ToString("N");
        var values = arguments.ToDictionary(static argument => argument.Name, static argument => argument.Value);
        values[LiveProtocol.RequestId] = request;
        values[LiveProtocol.ProtocolVersion] = LiveProtocol.Version.ToString(CultureInfo.InvariantCulture);
        values[LiveProtocol.Command] = command;
        var provider = new EventPipeProvider(LiveProtocol.Source, EventLevel.Informational, (long)EventKeywords.All, values);
        using var session = await StartAsync(process, provider, Min(patience, s_opening), cancellation).ConfigureAwait(false);
        var received = new ReceivedAnswer(request);
        var reading = Task.Factory.StartNew(
            () => Read(session.EventStream, received),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        try
        {
            // The greeting is written before the session's start returns. If the session is closed, all that was written is read. If the greeting is
            // not there even then, the process is not measured.
            if (!await received.WaitAsync(static parts => parts.Hello is not null, greeting, cancellation).ConfigureAwait(false))
            {
                bool hasEnded = reading.IsCompleted;
                await CloseAsync(session, reading).ConfigureAwait(false);
                return received.Hello is not null && !hasEnded ? null
                    : hasEnded ? throw Unanswered.Ended(process)
                    : reading.IsCompleted ? throw Unanswered.NotMeasured(process)
                    : throw Unanswered.TooSlow(process, patience);
            }

            Unanswered.MustBeSameVersion(process, received.Hello!);
            await received.WaitAsync(static parts => parts.Whole is not null || parts.IsDamaged, patience, cancellation).ConfigureAwait(false);
            return received.Whole
                ?? throw (
                    received.IsDamaged ? Unanswered.Incomplete(process)
                    : reading.IsCompleted ? Unanswered.Ended(process)
                    : Unanswered.TooSlow(process, patience)
                );
        }
        finally
        {
            await CloseAsync(session, reading).ConfigureAwait(false);
        }
    }

    private static async Task<EventPipeSession> StartAsync(int process, EventPipeProvider provider, TimeSpan patience, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            return await new DiagnosticsClient(process)
                .StartEventPipeSessionAsync([provider], requestRundown: false, BufferMb, limit.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Unanswered.TooSlow(process, patience);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Unanswered.NotConnected(process, e);
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static async Task CloseAsync(EventPipeSession session, Task reading)
    {
        using var limit = new CancellationTokenSource(s_closing);
        try
        {
            if (!reading.IsCompleted)
            {
                await session.StopAsync(limit.Token).ConfigureAwait(false);
            }

            await reading.WaitAsync(s_closing).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The process has ended, or does not answer. Then the session ends with the connection.
        }
    }

    private static void Read(Stream stream, ReceivedAnswer received)
    {
        try
        {
            using var source = new EventPipeEventSource(stream);
            source.AllEvents += data =>
            {
                if (data.ProviderGuid == s_source && (int)data.ID == LiveProtocol.AnswerEvent)
                {
                    received.Add(data.EventData());
                }
            };
            source.Process();
        }
        catch (Exception)
        {
            // The stream ends in the middle of an event when the process is killed, or when this session is closed.
        }
        finally
        {
            received.End();
        }
    }
}
