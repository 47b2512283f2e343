using System.Diagnostics;

namespace OrderService.Load;

/// <summary>
/// Some senders, each of which sends its next request when it has the answer to the last. So the service sets the pace, and no request waits in the
/// generator.
/// </summary>
internal sealed class LoadGenerator(LoadOptions options) : IDisposable
{
    private const int MostProblems = 20;

    private readonly Client _client = new(options.Url, options.Concurrency);
    private readonly Lock _lock = new();
    private int _next = -1;
    private int _wrong;
    private string? _problem;

    /// <exception cref="InputException">There is no such service.</exception>
    public async Task<LoadResult> RunAsync(CancellationToken cancelled)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        limit.CancelAfter(options.Limit);
        try
        {
            await _client.PrepareAsync(limit.Token);
            await SendAsync(options.WarmUp, limit.Token);
        }
        catch (HttpRequestException e)
        {
            throw new InputException($"no service answers at {options.Url}: {e.Message} Start one, or name another --url.");
        }
        catch (WrongAnswerException e)
        {
            throw new InputException($"{options.Url} is not this service, or not of this version: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            // Nothing was timed. The result says so.
        }

        using var service = options.ServiceId == 0 ? null : ProcessOf(options.ServiceId);
        using var self = Process.GetCurrentProcess();
        TimeSpan ownBefore = self.TotalProcessorTime,
            serviceBefore = service?.TotalProcessorTime ?? default;
        long start = Stopwatch.GetTimestamp();
        var senders = await SendAsync(options.Requests, limit.Token);
        var elapsed = Stopwatch.GetElapsedTime(start);
        self.Refresh();
        service?.Refresh();
        TimeSpan own = self.TotalProcessorTime - ownBefore,
            ofService = (service?.TotalProcessorTime ?? default) - serviceBefore;

        long[] all = Timings.Sorted(senders, Mix.Kinds);
        return new(
            all.Length,
            _wrong,
            _problem,
            elapsed.TotalSeconds,
            Timings.Percentile(all, 0.50),
            Timings.Percentile(all, 0.99),
            own.TotalMilliseconds,
            ofService.TotalMilliseconds,
            [.. Mix.Kinds.Select(kind => ResultOf(kind, senders))]
        );
    }

    public void Dispose() => _client.Dispose();

    private async Task<Timings[]> SendAsync(int count, CancellationToken cancelled)
    {
        int end = Volatile.Read(ref _next) + count;
        var senders = Enumerable.Range(0, Math.Min(options.Concurrency, count)).Select(_ => Task.Run(() => SendUntilAsync(end, cancelled), default));
        var timings = await Task.WhenAll(senders);
        // Each sender took one number too many.
        Volatile.Write(ref _next, end);
        return timings;
    }

    private async Task<Timings> SendUntilAsync(int end, CancellationToken cancelled)
    {
        var timings = new Timings();
        using var body = new MemoryStream();
        while (!cancelled.IsCancellationRequested && Interlocked.Increment(ref _next) is var number && number <= end)
        {
            try
            {
                var question = _client.QuestionAt(number);
                long start = Stopwatch.GetTimestamp();
                var status = await _client.SendAsync(question, body, cancelled);
                timings.Add(question.Kind, Stopwatch.GetTimestamp() - start);
                _client.Check(question, status, body);
            }
            catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (e is WrongAnswerException or HttpRequestException)
            {
                if (!Note(e.Message))
                {
                    break;
                }
            }
        }

        return timings;
    }

    /// <returns>Whether it makes sense to go on.</returns>
    private bool Note(string problem)
    {
        lock (_lock)
        {
            _problem ??= problem;
            return ++_wrong < MostProblems;
        }
    }

    private static RouteResult ResultOf(RequestKind kind, Timings[] senders)
    {
        long[] ticks = Timings.Sorted(senders, kind);
        return new(Mix.NameOf(kind), ticks.Length, Timings.Percentile(ticks, 0.50), Timings.Percentile(ticks, 0.99));
    }

    private static Process ProcessOf(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            throw new InputException($"--service {id}: there is no such process.");
        }
    }
}
