using System.Runtime.CompilerServices;

namespace Overhead;

/// <summary>Something to wait for. It continues on the same thread, when it is told to.</summary>
internal sealed class Relay : ICriticalNotifyCompletion
{
    private Action? _continuation;

    public bool IsCompleted => false;

    public Relay GetAwaiter() => this;

    public void GetResult() { }

    public void OnCompleted(Action continuation) => _continuation = continuation;

    public void UnsafeOnCompleted(Action continuation) => _continuation = continuation;

    /// <summary>Continues what waits, until nothing waits.</summary>
    public void Continue()
    {
        while (_continuation is { } continuation)
        {
            _continuation = null;
            continuation();
        }
    }
}
