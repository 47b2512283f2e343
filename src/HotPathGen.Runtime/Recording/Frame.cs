using System.Collections;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// One measured activation, as generated code holds it: opened before the plain twin runs, left in a finally. A frame belongs to the
/// thread that opened it. With recording off (<c>HOTPATH=off</c>) every member folds away.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct Frame
{
    /// <summary>Whether this process records; constant for its life, so that the JIT folds what depends on it.</summary>
    public static readonly bool IsEnabled = Settings.Current.IsEnabled;

    private readonly OpenFrame* _open;

    private Frame(OpenFrame* open) => _open = open;

    /// <summary>Opens a frame on the calling thread.</summary>
    /// <param name="method">The method's index, from <see cref="Registry.Register"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Frame Enter(int method) => IsEnabled ? new Frame(Recorder.Enter(method)) : default;

    /// <summary>An ordinary call ends.</summary>
    /// <param name="completed">False when it is left by an exception.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exit(bool completed)
    {
        if (!IsEnabled)
            return;
        if (completed)                                                          // a constant wherever no exception passes
            Recorder.Exit(_open);
        else
            Recorder.ExitFailed(_open);
    }

    /// <summary>The call ends that starts an async method or an iterator. Without an Observe before it, it is recorded as an ordinary call.</summary>
    /// <param name="completed">False when it is left by an exception.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ExitStarted(bool completed)
    {
        if (IsEnabled)
            Recorder.ExitStarted(_open, completed);
    }

    /// <summary>Records when <paramref name="task"/> completes; leaves its exception unobserved.</summary>
    /// <param name="task">What the plain twin returned.</param>
    /// <returns>The same task.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Task Observe(Task task)
    {
        if (IsEnabled)
            ObservedCall.Watch(_open, task);
        return task;
    }

    /// <inheritdoc cref="Observe(Task)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Task<T> Observe<T>(Task<T> task)
    {
        if (IsEnabled)
            ObservedCall.Watch(_open, task);
        return task;
    }

    /// <inheritdoc cref="Observe(Task)"/>
    /// <remarks>Only for what the default async method builder returns: a result or a task, never a reusable source.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ValueTask Observe(ValueTask task)
    {
        if (IsEnabled && !task.IsCompletedSuccessfully)
            ObservedCall.Watch(_open, task.AsTask());
        return task;
    }

    /// <inheritdoc cref="Observe(ValueTask)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ValueTask<T> Observe<T>(ValueTask<T> task)
    {
        if (IsEnabled && !task.IsCompletedSuccessfully)
            ObservedCall.Watch(_open, task.AsTask());
        return task;
    }

    /// <summary>What nothing is known about, a task-like type of the user's, goes back as it is: its first stretch is what is recorded.</summary>
    /// <param name="result">What the plain twin returned.</param>
    /// <returns>The same.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SuppressMessage("Performance", "CA1822", Justification = "Generated text calls every Observe the same way.")]
    public T Observe<T>(T result) => result;

    /// <summary>Records every step of every enumeration as a stretch of the call, and each enumeration's wall time and bytes when it ends.</summary>
    /// <param name="e">What the plain twin returned.</param>
    /// <returns>A sequence that enumerates <paramref name="e"/>.</returns>
    public IEnumerable Observe(IEnumerable e) =>
        IsEnabled && ObservedCall.TryBegin(_open) is { } call ? ObservedEnumerable.Wrap(e, call) : e;

    /// <inheritdoc cref="Observe(IEnumerable)"/>
    public IEnumerable<T> Observe<T>(IEnumerable<T> e) where T : allows ref struct =>
        IsEnabled && ObservedCall.TryBegin(_open) is { } call ? ObservedEnumerable<T>.Wrap(e, call) : e;

    /// <summary>Records every step as a stretch of the call, and wall time and bytes when the enumeration ends.</summary>
    /// <param name="e">What the plain twin returned.</param>
    /// <returns>An enumerator that steps <paramref name="e"/>.</returns>
    public IEnumerator Observe(IEnumerator e) =>
        IsEnabled && ObservedCall.TryBegin(_open) is { } call ? ObservedEnumerator.Wrap(e, call) : e;

    /// <inheritdoc cref="Observe(IEnumerator)"/>
    public IEnumerator<T> Observe<T>(IEnumerator<T> e) where T : allows ref struct =>
        IsEnabled && ObservedCall.TryBegin(_open) is { } call ? ObservedEnumerator<T>.Wrap(e, call) : e;

    /// <summary>Records each enumeration's wall time when it ends.</summary>
    /// <param name="e">What the plain twin returned.</param>
    /// <returns>A sequence that enumerates <paramref name="e"/>.</returns>
    public IAsyncEnumerable<T> Observe<T>(IAsyncEnumerable<T> e) =>
        IsEnabled && ObservedCall.TryBegin(_open) is { } call ? ObservedAsyncEnumerable<T>.Wrap(e, call) : e;

    /// <summary>Records the wall time when the enumeration ends.</summary>
    /// <param name="e">What the plain twin returned.</param>
    /// <returns>An enumerator that steps <paramref name="e"/>.</returns>
    public IAsyncEnumerator<T> Observe<T>(IAsyncEnumerator<T> e) =>
        IsEnabled && ObservedCall.TryBegin(_open) is { } call ? ObservedAsyncEnumerator<T>.Wrap(e, call) : e;
}
