using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>An asynchronous enumerator whose steps are segments of the call that created it.</summary>
internal sealed class ObservedAsyncEnumerator<T> : IAsyncEnumerator<T>
{
    private readonly IAsyncEnumerator<T> _inner;
    private readonly AsyncEnumeration _enumeration;

    private ObservedAsyncEnumerator(IAsyncEnumerator<T> inner, ObservedCall call) => (_inner, _enumeration) = (inner, new(call));

    public static IAsyncEnumerator<T> Wrap(IAsyncEnumerator<T> inner, ObservedCall call)
    {
        var own = OwnWork.Begin();
        var observed = new ObservedAsyncEnumerator<T>(inner, call);
        own.End();
        return observed;
    }

    public T Current => _inner.Current;

    public unsafe ValueTask<bool> MoveNextAsync()
    {
        if (!_enumeration.CanStep)
        {
            return _inner.MoveNextAsync();
        }

        ValueTask<bool> step;
        var frame = _enumeration.Enter();
        bool returned = false;
        try
        {
            step = _inner.MoveNextAsync();
            returned = true;
        }
        finally
        {
            _enumeration.Exit(frame);
            if (!returned)
            {
                _enumeration.EndStep(isLast: true, failed: true);
            }
        }
        if (step.IsCompletedSuccessfully)
        {
            bool more = step.Result;
            _enumeration.EndStep(isLast: !more, failed: false);
            return new(more);
        }
        // The state machine is created inside this call, so its bytes count as the runtime's.
        var own = OwnWork.Begin();
        var watched = Watch(step);
        own.End();
        return watched;
    }

    public unsafe ValueTask DisposeAsync()
    {
        if (!_enumeration.CanStep)
        {
            return _inner.DisposeAsync();
        }

        ValueTask step;
        var frame = _enumeration.Enter();
        bool returned = false;
        try
        {
            step = _inner.DisposeAsync();
            returned = true;
        }
        finally
        {
            _enumeration.Exit(frame);
            if (!returned)
            {
                _enumeration.EndStep(isLast: true, failed: true);
            }
        }
        if (step.IsCompletedSuccessfully)
        {
            step.GetAwaiter().GetResult();
            _enumeration.EndStep(isLast: true, failed: false);
            return default;
        }
        var own = OwnWork.Begin();
        var watched = Watch(step);
        own.End();
        return watched;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> Watch(ValueTask<bool> step)
    {
        bool more = false,
            completed = false;
        try
        {
            more = await step.ConfigureAwait(false);
            completed = true;
        }
        finally
        {
            _enumeration.EndStep(isLast: !more, failed: !completed);
        }
        return more;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask Watch(ValueTask disposal)
    {
        bool completed = false;
        try
        {
            await disposal.ConfigureAwait(false);
            completed = true;
        }
        finally
        {
            _enumeration.EndStep(isLast: true, failed: !completed);
        }
    }
}
