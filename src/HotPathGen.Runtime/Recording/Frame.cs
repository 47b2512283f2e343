using System.Collections;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// One measured call, segment or block, as generated code holds it. It is opened before the original body runs and left in a finally block.
/// A frame belongs to the thread that opened it. With <c>HOTPATH=never</c> the JIT removes the work of every member.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct Frame
{
    /// <summary>
    /// Whether this process can record. The value is constant for the life of the process, so the JIT removes code that depends on it.
    /// </summary>
    public static readonly bool IsEnabled = Settings.Current.IsEnabled;

    // Also constant: with HOTPATH_SITES=off the instrumented bodies are not even compiled.
    private static readonly bool s_mayProbe = IsEnabled && BodyChoice.Current.MayProbe;

    private readonly OpenFrame* _open;

    private Frame(OpenFrame* open) => _open = open;

    /// <summary>Opens a frame on the calling thread, if the call has one.</summary>
    /// <param name="method">The method's index, from <see cref="HotMethod.Register"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Frame Enter(int method)
    {
        OpenFrame* open = null;
        if (IsEnabled && !Recorder.Skips(method))
        {
            open = Recorder.Enter(method, 0);
        }

        return new(open);
    }

    /// <summary>The same for a method that has an instrumented body. <see cref="IsProbing"/> says which body to call.</summary>
    /// <remarks>
    /// Whether the call has a frame is asked in a call. Inlined beside two bodies, it had the JIT allocate what it keeps off the heap in production.
    /// </remarks>
    /// <param name="method">The method's index, from <see cref="HotMethod.Register"/>.</param>
    /// <param name="siteCount">How many sites the instrumented body has.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Frame EnterBodies(int method, int siteCount)
    {
        OpenFrame* open = null;
        if (IsEnabled && !Recorder.IsOff)
        {
            open = Recorder.EnterUnlessSkipped(method, siteCount);
        }

        return new(open);
    }

    /// <summary>Whether the call is recorded. At lower levels of <see cref="HotPath.Detail"/>, many are not.</summary>
    public bool IsOpen
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsEnabled & _open != null;
    }

    /// <summary>
    /// The calling thread's innermost call, which an exception is about to leave. The calls that it made have been left already, except for
    /// blocks.
    /// </summary>
    public static Frame Innermost => IsEnabled ? new Frame(Recorder.InnermostCall()) : default;

    /// <summary>Whether this call must run the instrumented body.</summary>
    public bool IsProbing
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => s_mayProbe && _open != null && _open->Probing != null;
    }

    /// <summary>
    /// Whether any call of this process runs an instrumented body. The value is constant for the life of the process. The getter has one exit, so the
    /// JIT knows the value before it looks which objects can stay off the heap, and such an object may be an argument of both bodies.
    /// </summary>
    public static bool MayProbe
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => s_mayProbe;
    }

    /// <summary>Ends an ordinary call of a method with two bodies.</summary>
    /// <param name="completed">False if an exception ends the call.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ExitBodies(bool completed)
    {
        Exit(completed);
    }

    /// <summary>Counts a hit of a site. The site gets the bytes that the thread has allocated since the last probe of this frame.</summary>
    /// <param name="site">The site's index in the method.</param>
    /// <param name="value">The value of the site's expression.</param>
    /// <returns>The same value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At<T>(int site, T value)
        where T : allows ref struct
    {
        Recorder.Hit(_open, site);
        return value;
    }

    /// <summary>Counts a hit of a site whose expression is a variable: a call returned it by reference.</summary>
    /// <inheritdoc cref="At{T}(int, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T AtReference<T>(int site, ref T value)
        where T : allows ref struct
    {
        Recorder.Hit(_open, site);
        return ref value;
    }

    /// <summary>Counts a hit of a site whose expression is a read-only variable.</summary>
    /// <inheritdoc cref="At{T}(int, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly T AtReadOnlyReference<T>(int site, ref readonly T value)
        where T : allows ref struct
    {
        Recorder.Hit(_open, site);
        return ref value;
    }

    /// <summary>Counts a hit of a site that has no value of its own: a statement, or the array behind a <c>params</c> parameter.</summary>
    /// <param name="site">The site's index in the method.</param>
    /// <returns>A value without meaning, because some of these calls are in places that need a value.</returns>
    public int At(int site)
    {
        Recorder.Hit(_open, site);
        return 0;
    }

    /// <summary>Called before the copied body of an async method starts inside this frame.</summary>
    /// <returns>
    /// The number by which <see cref="AsyncBody"/> identifies the call: the complement of its method until it may have to wait, and 0 if the call is
    /// not recorded.
    /// </returns>
    public int Begin()
    {
        if (!IsOpen || _open->Kind == FrameKind.Direct)
        {
            return 0;
        }

        Recorder.Promote(_open);
        return ~_open->Context->Method;
    }

    /// <summary>Called before a body that is not a copy starts inside this frame. The builder of an async method asks for it.</summary>
    public void Starts()
    {
        if (IsOpen && _open->Kind != FrameKind.Direct)
        {
            Recorder.Promote(_open);
            _open->Note = FrameNote.Starting;
        }
    }

    /// <summary>Called when the started body has returned. Its state object, or its result, has been created by then.</summary>
    /// <param name="site">The site of that object.</param>
    public void Started(int site)
    {
        if (IsProbing)
        {
            Recorder.Hit(_open, site);
        }
    }

    /// <summary>Called when the body has caught an exception. The bytes since the last probe of this frame belong to the exception.</summary>
    public void Caught()
    {
        if (IsOpen)
        {
            Recorder.Thrown(_open);
        }
    }

    /// <summary>Called when a site has allocated and its hit is not complete yet, as with an array whose elements are evaluated next.</summary>
    /// <param name="site">The site's index in the method.</param>
    /// <inheritdoc cref="At(int)"/>
    public int Part(int site)
    {
        Recorder.Part(_open, site);
        return 0;
    }

    /// <summary>Evaluates an expression after a <see cref="Part"/>.</summary>
    /// <param name="part">The result of <see cref="Part"/> or <see cref="At(int)"/>.</param>
    /// <param name="value">The expression.</param>
    /// <returns>Its value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SuppressMessage("Performance", "CA1822", Justification = "Generated text calls every probe the same way.")]
    public T After<T>(int part, T value)
        where T : allows ref struct => value;

    /// <summary>The exception filter of a lambda: says that an exception leaves it.</summary>
    /// <param name="completed">False.</param>
    /// <returns>False: the exception goes on.</returns>
    public static bool Fails(out bool completed) => completed = false;

    /// <summary>Ends an ordinary call.</summary>
    /// <param name="completed">False if an exception ends the call.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exit(bool completed)
    {
        if (IsEnabled && _open != null)
        {
            if (completed) // a constant where no exception can pass
            {
                Recorder.Exit(_open);
            }
            else
            {
                Recorder.ExitFailed(_open);
            }
        }
    }

    /// <summary>Ends the call that starts an async method or an iterator. Without a preceding Observe it is recorded as an ordinary call.</summary>
    /// <param name="completed">False if an exception ends the call.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ExitStarted(bool completed)
    {
        if (IsOpen)
        {
            Recorder.ExitStarted(_open, completed);
        }
    }

    /// <summary>
    /// Records every step of every enumeration as a segment of the call, and each enumeration's wall time and bytes when it ends.
    /// </summary>
    /// <param name="e">The result of the original body.</param>
    /// <returns>A sequence that enumerates <paramref name="e"/>.</returns>
    public IEnumerable Observe(IEnumerable e) => IsOpen && ObservedCall.TryBegin(_open) is { } call ? ObservedEnumerable.Wrap(e, call) : e;

    /// <inheritdoc cref="Observe(IEnumerable)"/>
    public IEnumerable<T> Observe<T>(IEnumerable<T> e)
        where T : allows ref struct => IsOpen && ObservedCall.TryBegin(_open) is { } call ? ObservedEnumerable<T>.Wrap(e, call) : e;

    /// <summary>Records every step as a segment of the call, and the wall time and bytes when the enumeration ends.</summary>
    /// <param name="e">The result of the original body.</param>
    /// <returns>An enumerator that steps <paramref name="e"/>.</returns>
    public IEnumerator Observe(IEnumerator e) => IsOpen && ObservedCall.TryBegin(_open) is { } call ? ObservedEnumerator.Wrap(e, call) : e;

    /// <inheritdoc cref="Observe(IEnumerator)"/>
    public IEnumerator<T> Observe<T>(IEnumerator<T> e)
        where T : allows ref struct => IsOpen && ObservedCall.TryBegin(_open) is { } call ? ObservedEnumerator<T>.Wrap(e, call) : e;

    /// <summary>Returns an async sequence unchanged. A body that is a copy records each enumeration; this call only creates it.</summary>
    /// <param name="e">The result of the original body.</param>
    /// <returns>The same sequence.</returns>
    public IAsyncEnumerable<T> Observe<T>(IAsyncEnumerable<T> e)
    {
        ExpectEnumeration();
        return e;
    }

    /// <inheritdoc cref="Observe{T}(IAsyncEnumerable{T})"/>
    public IAsyncEnumerator<T> Observe<T>(IAsyncEnumerator<T> e)
    {
        ExpectEnumeration();
        return e;
    }

    private void ExpectEnumeration()
    {
        if (IsOpen)
        {
            Recorder.Promote(_open);
            _open->Note = FrameNote.Enumerated;
        }
    }
}
