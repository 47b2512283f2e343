using System.Collections;

namespace HotPathGen.Runtime;

/// <summary>A sequence whose enumerations are recorded.</summary>
internal sealed class ObservedEnumerable : IEnumerable
{
    private readonly IEnumerable _inner;
    private readonly ObservedCall _call;

    private ObservedEnumerable(IEnumerable inner, ObservedCall call) => (_inner, _call) = (inner, call);

    public static IEnumerable Wrap(IEnumerable inner, ObservedCall call)
    {
        var own = OwnWork.Begin();
        var observed = new ObservedEnumerable(inner, call);
        own.End();
        return observed;
    }

    public IEnumerator GetEnumerator() => ObservedEnumerator.Wrap(_inner.GetEnumerator(), _call.Restarted());
}

/// <inheritdoc cref="ObservedEnumerable"/>
internal sealed class ObservedEnumerable<T> : IEnumerable<T>
    where T : allows ref struct
{
    private readonly IEnumerable<T> _inner;
    private readonly ObservedCall _call;

    private ObservedEnumerable(IEnumerable<T> inner, ObservedCall call) => (_inner, _call) = (inner, call);

    public static IEnumerable<T> Wrap(IEnumerable<T> inner, ObservedCall call)
    {
        var own = OwnWork.Begin();
        var observed = new ObservedEnumerable<T>(inner, call);
        own.End();
        return observed;
    }

    public IEnumerator<T> GetEnumerator() => ObservedEnumerator<T>.Wrap(_inner.GetEnumerator(), _call.Restarted());

    IEnumerator IEnumerable.GetEnumerator() => ObservedEnumerator.Wrap(((IEnumerable)_inner).GetEnumerator(), _call.Restarted());
}
