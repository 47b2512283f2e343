namespace HotPathGen.Tool.Live;

/// <summary>What one thread has read of an answer, for another that waits for it.</summary>
internal sealed class ReceivedAnswer(string request)
{
    private readonly Lock _lock = new();
    private readonly AnswerParts _parts = new(request);
    private TaskCompletionSource _news = NoNews();
    private bool _hasEnded;

    public string? Hello => Of(static parts => parts.Hello);
    public Answer? Whole => Of(static parts => parts.Whole);
    public bool IsDamaged => Of(static parts => parts.IsDamaged);

    public void Add(byte[] payload)
    {
        lock (_lock)
        {
            if (_parts.Add(payload))
            {
                Tell();
            }
        }
    }

    /// <summary>Nothing more comes.</summary>
    public void End()
    {
        lock (_lock)
        {
            _hasEnded = true;
            Tell();
        }
    }

    /// <summary>Waits until something is true of the answer, nothing more comes, or nothing came for a time.</summary>
    /// <returns>Whether it is true.</returns>
    public async Task<bool> WaitAsync(Func<AnswerParts, bool> condition, TimeSpan patience, CancellationToken cancellation)
    {
        while (true)
        {
            Task news;
            lock (_lock)
            {
                if (condition(_parts) || _hasEnded)
                {
                    return condition(_parts);
                }

                news = _news.Task;
            }

            try
            {
                await news.WaitAsync(patience, cancellation).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return false;
            }
        }
    }

    private static TaskCompletionSource NoNews() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Tell()
    {
        _news.SetResult();
        _news = NoNews();
    }

    private T Of<T>(Func<AnswerParts, T> read)
    {
        lock (_lock)
        {
            return read(_parts);
        }
    }
}
