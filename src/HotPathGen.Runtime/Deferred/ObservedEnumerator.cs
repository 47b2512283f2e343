using System.Collections;

namespace HotPathGen.Runtime;

/// <summary>An enumerator whose steps are segments of the call that created it.</summary>
internal sealed class ObservedEnumerator : IEnumerator, IDisposable
{
    private readonly IEnumerator _inner;
    private Enumeration _enumeration;

    private ObservedEnumerator(IEnumerator inner, ObservedCall call) => (_inner, _enumeration) = (inner, new(call));

    public static IEnumerator Wrap(IEnumerator inner, ObservedCall call)
    {
        var own = OwnWork.Begin();
        var observed = new ObservedEnumerator(inner, call);
        own.End();
        return observed;
    }

    public object? Current => _inner.Current;

    public bool MoveNext() => _enumeration.MoveNext(_inner);

    public void Reset() => _inner.Reset();

    public void Dispose() => _enumeration.Dispose(_inner as IDisposable);
}

/// <inheritdoc cref="ObservedEnumerator"/>
internal sealed class ObservedEnumerator<T> : IEnumerator<T>
    where T : allows ref struct
{
    private readonly IEnumerator<T> _inner;
    private Enumeration _enumeration;

    private ObservedEnumerator(IEnumerator<T> inner, ObservedCall call) => (_inner, _enumeration) = (inner, new(call));

    public static IEnumerator<T> Wrap(IEnumerator<T> inner, ObservedCall call)
    {
        var own = OwnWork.Begin();
        var observed = new ObservedEnumerator<T>(inner, call);
        own.End();
        return observed;
    }

    public T Current => _inner.Current;

    object? IEnumerator.Current => ((IEnumerator)_inner).Current;

    public bool MoveNext() => _enumeration.MoveNext(_inner);

    public void Reset() => _inner.Reset();

    public void Dispose() => _enumeration.Dispose(_inner);
}
