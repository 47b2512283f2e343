namespace HotPathGen.Runtime;

/// <summary>An asynchronous sequence whose enumerations are recorded.</summary>
internal sealed class ObservedAsyncEnumerable<T> : IAsyncEnumerable<T>
{
    private readonly IAsyncEnumerable<T> _inner;
    private readonly ObservedCall _call;

    private ObservedAsyncEnumerable(IAsyncEnumerable<T> inner, ObservedCall call) => (_inner, _call) = (inner, call);

    public static IAsyncEnumerable<T> Wrap(IAsyncEnumerable<T> inner, ObservedCall call)
    {
        var own = OwnWork.Begin();
        var observed = new ObservedAsyncEnumerable<T>(inner, call);
        own.End();
        return observed;
    }

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken) =>
        ObservedAsyncEnumerator<T>.Wrap(_inner.GetAsyncEnumerator(cancellationToken), _call.Restarted());
}
