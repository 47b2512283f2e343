using System.Collections;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// One measured activation, as generated code holds it: opened before the original body runs, left in a finally. A frame belongs to the
/// thread that opened it. With recording off (<c>HOTPATH=off</c>) every member folds away.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct Frame
{
    /// <summary>Whether this process records; constant for its life, so that the JIT folds what depends on it.</summary>
    public static readonly bool IsEnabled = Settings.Current.IsEnabled;

    // As constant: with HOTPATH_SITES=off the instrumented bodies are not even compiled.
    private static readonly bool s_mayProbe = BodyChoice.Current.MayProbe;

    private readonly OpenFrame* _open;

    private Frame(OpenFrame* open) => _open = open;

    /// <summary>Opens a frame on the calling thread.</summary>
    /// <param name="method">The method's index, from <see cref="HotMethod.Register"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Frame Enter(int method) => IsEnabled ? new Frame(Recorder.Enter(method)) : default;

    /// <summary>Opens a frame of a method that has a instrumented body; <see cref="IsProbing"/> says which body to call.</summary>
    /// <param name="method">The method's index, from <see cref="HotMethod.Register"/>.</param>
    /// <param name="siteCount">How many sites the instrumented body has.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Frame EnterBodies(int method, int siteCount) => IsEnabled ? new Frame(Recorder.EnterBodies(method, siteCount)) : default;

    /// <summary>
    /// The calling thread's innermost call, which is about to be left by an exception. What it called has been left, but for blocks.
    /// </summary>
    public static Frame Innermost => IsEnabled ? new Frame(Recorder.InnermostCall()) : default;

    /// <summary>Whether this call is to run the instrumented body.</summary>
    public bool IsProbing
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsEnabled && s_mayProbe && _open->Probing != null;
    }

    /// <summary>Whether any call of this process probes; constant for its life. Where it is not so, no instrumented body runs.</summary>
    public static bool MayProbe
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsEnabled && s_mayProbe;
    }

    /// <summary>An ordinary call of a method with two bodies ends.</summary>
    /// <param name="completed">False when it is left by an exception.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ExitBodies(bool completed)
    {
        if (IsEnabled)
        {
            Recorder.ExitBodies(_open, completed);
        }
    }

    /// <summary>A site was hit: what the thread has allocated since the last probe of this frame is the site's.</summary>
    /// <param name="site">Its index in the method.</param>
    /// <param name="value">What the site's expression came to.</param>
    /// <returns>The same value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At<T>(int site, T value)
        where T : allows ref struct
    {
        Recorder.Hit(_open, site);
        return value;
    }

    /// <summary>A site was hit whose expression is a variable: what a call returned by reference.</summary>
    /// <inheritdoc cref="At{T}(int, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T AtReference<T>(int site, ref T value)
        where T : allows ref struct
    {
        Recorder.Hit(_open, site);
        return ref value;
    }

    /// <summary>A site was hit whose expression is a variable that cannot be written.</summary>
    /// <inheritdoc cref="At{T}(int, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly T AtReadOnlyReference<T>(int site, ref readonly T value)
        where T : allows ref struct
    {
        Recorder.Hit(_open, site);
        return ref value;
    }

    /// <summary>A site was hit that has no value of its own: a statement, or the array behind a <c>params</c> parameter.</summary>
    /// <param name="site">Its index in the method.</param>
    /// <returns>Nothing of meaning: some calls stand where a value must.</returns>
    public int At(int site)
    {
        Recorder.Hit(_open, site);
        return 0;
    }

    /// <summary>The copied body of an async method is about to start inside this frame.</summary>
    /// <returns>The number under which <see cref="AsyncBody"/> knows the call; 0 where it is not recorded.</returns>
    public int Begin() => IsEnabled ? AsyncRecorder.Begin(_open) : 0;

    /// <summary>What started has returned: the object that holds its state is made, or its result.</summary>
    /// <param name="site">The site of that object.</param>
    public void Started(int site)
    {
        if (IsProbing)
        {
            Recorder.Hit(_open, site);
        }
    }

    /// <summary>An exception was caught in the body: what the thread has allocated since the last probe of this frame is its.</summary>
    public void Caught() => Recorder.Thrown(_open);

    /// <summary>A site has allocated and goes on, as an array does whose elements are evaluated now.</summary>
    /// <param name="site">Its index in the method.</param>
    /// <inheritdoc cref="At(int)"/>
    public int Part(int site)
    {
        Recorder.Part(_open, site);
        return 0;
    }

    /// <summary>Evaluates an expression after a <see cref="Part"/>.</summary>
    /// <param name="part">What <see cref="Part"/> or <see cref="At(int)"/> returned.</param>
    /// <param name="value">The expression.</param>
    /// <returns>Its value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SuppressMessage("Performance", "CA1822", Justification = "Generated text calls every probe the same way.")]
    public T After<T>(int part, T value)
        where T : allows ref struct => value;

    /// <summary>An ordinary call ends.</summary>
    /// <param name="completed">False when it is left by an exception.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exit(bool completed)
    {
        if (!IsEnabled)
        {
            return;
        }

        if (completed) // a constant wherever no exception passes
        {
            Recorder.Exit(_open);
        }
        else
        {
            Recorder.ExitFailed(_open);
        }
    }

    /// <summary>The call ends that starts an async method or an iterator. Without an Observe before it, it is recorded as an ordinary call.</summary>
    /// <param name="completed">False when it is left by an exception.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ExitStarted(bool completed)
    {
        if (IsEnabled)
        {
            Recorder.ExitStarted(_open, completed);
        }
    }

    /// <summary>Records when <paramref name="task"/> completes; leaves its exception unobserved.</summary>
    /// <param name="task">What the original body returned.</param>
    /// <returns>The same task.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Task Observe(Task task)
    {
        if (IsEnabled)
        {
            ObservedCall.Watch(_open, task);
        }

        return task;
    }

    /// <inheritdoc cref="Observe(Task)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Task<T> Observe<T>(Task<T> task)
    {
        if (IsEnabled)
        {
            ObservedCall.Watch(_open, task);
        }

        return task;
    }

    /// <inheritdoc cref="Observe(Task)"/>
    /// <remarks>Only for what the default async method builder returns: a result or a task, never a reusable source.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ValueTask Observe(ValueTask task)
    {
        if (IsEnabled && !task.IsCompletedSuccessfully)
        {
            ObservedCall.Watch(_open, task.AsTask());
        }

        return task;
    }

    /// <inheritdoc cref="Observe(ValueTask)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ValueTask<T> Observe<T>(ValueTask<T> task)
    {
        if (IsEnabled && !task.IsCompletedSuccessfully)
        {
            ObservedCall.Watch(_open, task.AsTask());
        }

        return task;
    }

    /// <summary>What nothing is known about, a task-like type of the user's, goes back as it is: its first segment is what is recorded.</summary>
    /// <param name="result">What the original body returned.</param>
    /// <returns>The same.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SuppressMessage("Performance", "CA1822", Justification = "Generated text calls every Observe the same way.")]
    public T Observe<T>(T result) => result;

    /// <summary>Records every step of every enumeration as a segment of the call, and each enumeration's wall time and bytes when it ends.</summary>
    /// <param name="e">What the original body returned.</param>
    /// <returns>A sequence that enumerates <paramref name="e"/>.</returns>
    public IEnumerable Observe(IEnumerable e) => IsEnabled && ObservedCall.TryBegin(_open) is { } call ? ObservedEnumerable.Wrap(e, call) : e;

    /// <inheritdoc cref="Observe(IEnumerable)"/>
    public IEnumerable<T> Observe<T>(IEnumerable<T> e)
        where T : allows ref struct => IsEnabled && ObservedCall.TryBegin(_open) is { } call ? ObservedEnumerable<T>.Wrap(e, call) : e;

    /// <summary>Records every step as a segment of the call, and wall time and bytes when the enumeration ends.</summary>
    /// <param name="e">What the original body returned.</param>
    /// <returns>An enumerator that steps <paramref name="e"/>.</returns>
    public IEnumerator Observe(IEnumerator e) => IsEnabled && ObservedCall.TryBegin(_open) is { } call ? ObservedEnumerator.Wrap(e, call) : e;

    /// <inheritdoc cref="Observe(IEnumerator)"/>
    public IEnumerator<T> Observe<T>(IEnumerator<T> e)
        where T : allows ref struct => IsEnabled && ObservedCall.TryBegin(_open) is { } call ? ObservedEnumerator<T>.Wrap(e, call) : e;

    /// <summary>Records every step of every enumeration as a segment of the call, and each enumeration's wall time and bytes when it ends.</summary>
    /// <param name="e">What the original body returned.</param>
    /// <returns>A sequence that enumerates <paramref name="e"/>.</returns>
    public IAsyncEnumerable<T> Observe<T>(IAsyncEnumerable<T> e) =>
        IsEnabled && ObservedCall.TryBegin(_open) is { } call ? ObservedAsyncEnumerable<T>.Wrap(e, call) : e;

    /// <summary>Records every step as a segment of the call, and wall time and bytes when the enumeration ends.</summary>
    /// <param name="e">What the original body returned.</param>
    /// <returns>An enumerator that steps <paramref name="e"/>.</returns>
    public IAsyncEnumerator<T> Observe<T>(IAsyncEnumerator<T> e) =>
        IsEnabled && ObservedCall.TryBegin(_open) is { } call ? ObservedAsyncEnumerator<T>.Wrap(e, call) : e;
}
