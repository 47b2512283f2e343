using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>An asynchronous enumerator whose end is recorded once, however it comes. Its steps hop threads: they are not measured.</summary>
internal sealed class ObservedAsyncEnumerator<T> : IAsyncEnumerator<T>
{
    private readonly IAsyncEnumerator<T> _inner;
    private readonly ObservedCall _call;
    private bool _ended;

    private ObservedAsyncEnumerator(IAsyncEnumerator<T> inner, ObservedCall call) => (_inner, _call) = (inner, call);

    public static IAsyncEnumerator<T> Wrap(IAsyncEnumerator<T> inner, ObservedCall call)
    {
        var own = OwnWork.Begin();
        var observed = new ObservedAsyncEnumerator<T>(inner, call);
        own.End();
        return observed;
    }

    public T Current => _inner.Current;

    public ValueTask<bool> MoveNextAsync()
    {
        var step = _inner.MoveNextAsync();
        if (step.IsCompletedSuccessfully)
        {
            bool more = step.Result;
            if (!more)
                End(failed: false);
            return new(more);
        }
        // The state machine is made in here, and so its bytes are the runtime's.
        var own = OwnWork.Begin();
        var watched = Watch(step);
        own.End();
        return watched;
    }

    public async ValueTask DisposeAsync()
    {
        bool completed = false;
        try
        {
            await _inner.DisposeAsync().ConfigureAwait(false);
            completed = true;
        }
        finally
        {
            End(failed: !completed);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> Watch(ValueTask<bool> step)
    {
        bool more = false, completed = false;
        try
        {
            more = await step.ConfigureAwait(false);
            completed = true;
        }
        finally
        {
            if (!more)
                End(failed: !completed);
        }
        return more;
    }

    private void End(bool failed)
    {
        if (_ended)
            return;
        _ended = true;
        var own = OwnWork.Begin();
        _call.Complete(failed);
        own.End();
    }
}
