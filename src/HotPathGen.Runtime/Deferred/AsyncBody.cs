using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// The calls that the copied body of an async method or iterator makes: at its awaits, at its end and at its sites. A number identifies the call;
/// <see cref="Frame.Begin"/> or <see cref="Enumerate"/> gave it. 0 stands for a call that is not recorded. The thread that runs the body makes
/// these calls, one at a time.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class AsyncBody
{
    /// <summary>Called when the body of an async iterator begins.</summary>
    /// <param name="method">The method's index.</param>
    /// <returns>The number of the enumeration that the calling thread is stepping.</returns>
    public static int Enumerate(int method) => AsyncRecorder.TryEnumerate(method);

    /// <summary>Called before an await of <paramref name="awaitable"/>, and before it is yielded.</summary>
    /// <param name="awaitable">The awaited object, or the value for the consumer.</param>
    /// <param name="call">The call's number.</param>
    /// <returns>The same object.</returns>
    public static T Suspend<T>(T awaitable, int call)
    {
        if (call != 0)
        {
            AsyncRecorder.Suspend(AsyncCalls.Of(call));
        }

        return awaitable;
    }

    /// <summary>Called after an await.</summary>
    /// <param name="result">The result of the await.</param>
    /// <param name="call">The call's number.</param>
    /// <returns>The same result.</returns>
    public static T Resume<T>(T result, int call)
    {
        Resume(call);
        return result;
    }

    /// <summary>Called after an await without a result, and at the start of a finally block.</summary>
    /// <param name="call">The call's number.</param>
    public static void Resume(int call)
    {
        if (call != 0)
        {
            AsyncRecorder.Resume(AsyncCalls.Of(call));
        }
    }

    /// <summary>Called when the body has caught an exception.</summary>
    /// <param name="call">The call's number.</param>
    public static void Caught(int call)
    {
        if (call == 0)
        {
            return;
        }

        var frame = AsyncRecorder.Resume(AsyncCalls.Of(call));
        if (frame != null && frame->Probing != null)
        {
            Recorder.Thrown(frame);
        }
    }

    /// <summary>Called when an exception leaves the body. Made for the filter of a catch, so the exception continues unchanged.</summary>
    /// <param name="call">The call's number.</param>
    /// <returns>Always false.</returns>
    public static bool Failed(int call)
    {
        if (call != 0)
        {
            var failed = AsyncCalls.Of(call);
            failed->HasFailed = true;
            AsyncRecorder.Resume(failed);
        }
        return false;
    }

    /// <summary>Called when the body has ended. Another call may use the number from now on.</summary>
    /// <param name="call">The call's number.</param>
    public static void End(int call)
    {
        if (call != 0)
        {
            AsyncRecorder.End(AsyncCalls.Of(call));
        }
    }

    /// <summary>
    /// Called when the body of an async iterator has ended, or when an exception leaves it. The code that enumerates it sees which of the two
    /// happened.
    /// </summary>
    /// <param name="call">The enumeration's number.</param>
    public static void Leave(int call)
    {
        var frame = FrameOf(call);
        if (frame != null)
        {
            (BodyCounters.Sites(frame->Probing) + frame->Probing->SiteCount - 1)->EndPart();
        }

        Suspend(0, call);
    }

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

    private static OpenFrame* FrameOf(int call)
    {
        if (call == 0)
        {
            return null;
        }

        var frame = AsyncRecorder.FrameOf(AsyncCalls.Of(call));
        return frame == null || frame->Probing == null ? null : frame;
    }
}
