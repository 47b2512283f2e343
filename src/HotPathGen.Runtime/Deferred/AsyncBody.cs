using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// The calls that the copied body of an async method or iterator makes: at its awaits, at its end and at its sites. A number identifies the call.
/// It is 0 for a call that is not recorded. An async method starts with a negative number (<see cref="Frame.Begin"/>) and takes a positive one where
/// it may have to wait. Up to there it runs in the frame of the call that started it, and the calls at awaits cost one comparison. The thread that
/// runs the body makes these calls, one at a time.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class AsyncBody
{
    /// <summary>Called when the body of an async iterator begins.</summary>
    /// <param name="method">The method's index.</param>
    /// <param name="siteCount">How many sites the body has.</param>
    /// <returns>The number of the enumeration.</returns>
    public static int Enumerate(int method, int siteCount) => AsyncRecorder.Enumerate(method, siteCount);

    /// <summary>Called by the builder of a body that is not a copy, before the body begins.</summary>
    /// <param name="stateMachine">The state machine, with the builder in it.</param>
    /// <param name="call">The call's number, a field of the builder.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Begin<TStateMachine>(ref TStateMachine stateMachine, ref int call)
        where TStateMachine : IAsyncStateMachine
    {
        if (Frame.IsEnabled)
        {
            ObservedStateMachine<TStateMachine>.Begin(ref stateMachine, ref call);
        }
    }

    /// <summary>Called by the builder of a body that is not a copy, where the body has to wait.</summary>
    /// <param name="stateMachine">The state machine.</param>
    /// <param name="call">The call's number; not 0.</param>
    /// <returns>What to continue after the await.</returns>
    public static ref ObservedStateMachine<TStateMachine> Wait<TStateMachine>(ref TStateMachine stateMachine, ref int call)
        where TStateMachine : IAsyncStateMachine
    {
        AsyncRecorder.Suspend(ref call);
        return ref ObservedStateMachine<TStateMachine>.Of(ref stateMachine);
    }

    /// <summary>Called before an await of <paramref name="awaitable"/>. Nothing is known of it, so it may have to wait.</summary>
    /// <param name="awaitable">The awaited object.</param>
    /// <param name="call">The call's number.</param>
    /// <returns>The same object.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Suspend<T>(T awaitable, ref int call)
    {
        SuspendUnless(isCompleted: false, ref call);
        return awaitable;
    }

    /// <summary>Called before an await of <paramref name="awaitable"/>. If that has completed, the segment continues.</summary>
    /// <inheritdoc cref="Suspend{T}(T, ref int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Task Suspend(Task awaitable, ref int call)
    {
        SuspendUnless(awaitable is { IsCompleted: true }, ref call);
        return awaitable;
    }

    /// <summary>Called before an await of <paramref name="awaitable"/>. If that has completed, the segment continues.</summary>
    /// <inheritdoc cref="Suspend{T}(T, ref int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Task<T> Suspend<T>(Task<T> awaitable, ref int call)
    {
        SuspendUnless(awaitable is { IsCompleted: true }, ref call);
        return awaitable;
    }

    /// <summary>Called before an await of <paramref name="awaitable"/>. If that has completed, the segment continues.</summary>
    /// <inheritdoc cref="Suspend{T}(T, ref int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ValueTask Suspend(ValueTask awaitable, ref int call)
    {
        SuspendUnless(awaitable.IsCompleted, ref call);
        return awaitable;
    }

    /// <summary>Called before an await of <paramref name="awaitable"/>. If that has completed, the segment continues.</summary>
    /// <inheritdoc cref="Suspend{T}(T, ref int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ValueTask<T> Suspend<T>(ValueTask<T> awaitable, ref int call)
    {
        SuspendUnless(awaitable.IsCompleted, ref call);
        return awaitable;
    }

    /// <summary>Called before an await of <paramref name="awaitable"/>. If that has completed, the segment continues.</summary>
    /// <inheritdoc cref="Suspend{T}(T, ref int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConfiguredTaskAwaitable Suspend(ConfiguredTaskAwaitable awaitable, ref int call)
    {
        SuspendUnless(awaitable.GetAwaiter().IsCompleted, ref call);
        return awaitable;
    }

    /// <summary>Called before an await of <paramref name="awaitable"/>. If that has completed, the segment continues.</summary>
    /// <inheritdoc cref="Suspend{T}(T, ref int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConfiguredTaskAwaitable<T> Suspend<T>(ConfiguredTaskAwaitable<T> awaitable, ref int call)
    {
        SuspendUnless(awaitable.GetAwaiter().IsCompleted, ref call);
        return awaitable;
    }

    /// <summary>Called before an await of <paramref name="awaitable"/>. If that has completed, the segment continues.</summary>
    /// <inheritdoc cref="Suspend{T}(T, ref int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConfiguredValueTaskAwaitable Suspend(ConfiguredValueTaskAwaitable awaitable, ref int call)
    {
        SuspendUnless(awaitable.GetAwaiter().IsCompleted, ref call);
        return awaitable;
    }

    /// <summary>Called before an await of <paramref name="awaitable"/>. If that has completed, the segment continues.</summary>
    /// <inheritdoc cref="Suspend{T}(T, ref int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConfiguredValueTaskAwaitable<T> Suspend<T>(ConfiguredValueTaskAwaitable<T> awaitable, ref int call)
    {
        SuspendUnless(awaitable.GetAwaiter().IsCompleted, ref call);
        return awaitable;
    }

    /// <summary>Called after an await.</summary>
    /// <param name="result">The result of the await.</param>
    /// <param name="call">The call's number.</param>
    /// <returns>The same result.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Resume<T>(T result, int call)
    {
        Resume(call);
        return result;
    }

    /// <summary>Called after an await without a result, and at the start of a finally block.</summary>
    /// <param name="call">The call's number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Resume(int call)
    {
        if (call > 0)
        {
            AsyncRecorder.Resume(AsyncCalls.Of(call));
        }
    }

    /// <summary>Called when the body has caught an exception.</summary>
    /// <param name="call">The call's number.</param>
    public static void Caught(int call)
    {
        Resume(call);
        var frame = FrameOf(call);
        if (frame != null)
        {
            Recorder.Thrown(frame);
        }
    }

    /// <summary>Called when an exception leaves the body. Made for the filter of a catch, so the exception continues unchanged.</summary>
    /// <param name="call">The call's number.</param>
    /// <returns>Always false.</returns>
    public static bool Failed(ref int call)
    {
        AsyncRecorder.Fail(ref call);
        return false;
    }

    /// <summary>Called when the body has ended. Another call may use the number from now on.</summary>
    /// <param name="call">The call's number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void End(int call)
    {
        if (call > 0 || call < AsyncRecorder.FirstNumber)
        {
            AsyncRecorder.End(call);
        }
    }

    /// <summary>Called before the body of an async iterator hands a value to its consumer, who may end the enumeration then.</summary>
    /// <param name="value">The value.</param>
    /// <param name="call">The enumeration's number.</param>
    /// <returns>The same value.</returns>
    public static T Yield<T>(T value, int call)
    {
        AsyncRecorder.Yield(call);
        return value;
    }

    /// <summary>Called when the consumer asks for the value after a <see cref="Yield"/>.</summary>
    /// <param name="call">The enumeration's number.</param>
    public static void Continue(int call) => AsyncRecorder.Continue(call);

    /// <summary>Called when the body of an async iterator ends without an exception.</summary>
    /// <param name="call">The enumeration's number.</param>
    public static void Complete(int call) => AsyncRecorder.Complete(call);

    /// <summary>Called last in the body of an async iterator, however it ends.</summary>
    /// <param name="call">The enumeration's number.</param>
    public static void Leave(int call) => AsyncRecorder.Leave(call);

    /// <summary>Disposes of an object that is only known by its interface, without boxing a value.</summary>
    /// <param name="resource">The object to dispose of.</param>
    /// <returns>The result of its <see cref="IAsyncDisposable.DisposeAsync"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ValueTask DisposeAsync<T>(T resource)
        where T : IAsyncDisposable => resource.DisposeAsync();

    /// <summary>Counts a hit of a site; see <see cref="Frame.At{T}(int, T)"/>.</summary>
    /// <param name="value">The value of the site's expression.</param>
    /// <param name="call">The call's number.</param>
    /// <param name="site">The site's index in the method.</param>
    /// <returns>The same value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T At<T>(T value, int call, int site)
        where T : allows ref struct
    {
        At(call, site);
        return value;
    }

    /// <inheritdoc cref="At{T}(T, int, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T AtReference<T>(ref T value, int call, int site)
        where T : allows ref struct
    {
        At(call, site);
        return ref value;
    }

    /// <inheritdoc cref="At{T}(T, int, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref readonly T AtReadOnlyReference<T>(ref readonly T value, int call, int site)
        where T : allows ref struct
    {
        At(call, site);
        return ref value;
    }

    /// <summary>Counts a hit of a site that has no value of its own.</summary>
    /// <param name="call">The call's number.</param>
    /// <param name="site">The site's index in the method.</param>
    /// <returns>A value without meaning.</returns>
    public static int At(int call, int site)
    {
        var frame = FrameOf(call);
        if (frame != null)
        {
            Recorder.Hit(frame, site);
        }

        return 0;
    }

    /// <summary>Called when a site has allocated and its hit is not complete yet.</summary>
    /// <param name="call">The call's number.</param>
    /// <param name="site">The site's index in the method.</param>
    /// <returns>A value without meaning.</returns>
    public static int Part(int call, int site)
    {
        var frame = FrameOf(call);
        if (frame != null)
        {
            Recorder.Part(frame, site);
        }

        return 0;
    }

    /// <summary>Evaluates an expression after a <see cref="Part"/>.</summary>
    /// <param name="part">The result of <see cref="Part"/> or <see cref="At(int, int)"/>.</param>
    /// <param name="value">The expression.</param>
    /// <returns>Its value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T After<T>(int part, T value)
        where T : allows ref struct => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void SuspendUnless(bool isCompleted, ref int call)
    {
        if (call != 0 && !isCompleted)
        {
            AsyncRecorder.Suspend(ref call);
        }
    }

    private static OpenFrame* FrameOf(int call)
    {
        if (call == 0)
        {
            return null;
        }

        var frame = AsyncRecorder.FrameOf(call);
        return frame == null || frame->Probing == null ? null : frame;
    }
}
