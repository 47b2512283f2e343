using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// What the copied body of an async method or iterator calls: at its awaits, at its end, at its sites. A call is known by its number, which
/// <see cref="Frame.Begin"/> or <see cref="Enumerate"/> gave; 0 is a call that is not recorded. The thread that runs the body calls these,
/// one at a time.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class AsyncBody
{
    /// <summary>The body of an async iterator begins.</summary>
    /// <param name="method">The method's index.</param>
    /// <returns>The number of the enumeration that the calling thread steps.</returns>
    public static int Enumerate(int method) => AsyncRecorder.TryEnumerate(method);

    /// <summary>An await of <paramref name="awaitable"/> follows, or it is yielded.</summary>
    /// <param name="awaitable">What is awaited, or what the consumer gets.</param>
    /// <param name="call">The call's number.</param>
    /// <returns>The same.</returns>
    public static T Suspend<T>(T awaitable, int call)
    {
        if (call != 0)
        {
            AsyncRecorder.Suspend(AsyncCalls.Of(call));
        }

        return awaitable;
    }

    /// <summary>An await is over.</summary>
    /// <param name="result">Its result.</param>
    /// <param name="call">The call's number.</param>
    /// <returns>The same.</returns>
    public static T Resume<T>(T result, int call)
    {
        Resume(call);
        return result;
    }

    /// <summary>An await is over that has no result, or a finally block begins.</summary>
    /// <param name="call">The call's number.</param>
    public static void Resume(int call)
    {
        if (call != 0)
        {
            AsyncRecorder.Resume(AsyncCalls.Of(call));
        }
    }

    /// <summary>An exception was caught in the body.</summary>
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

    /// <summary>An exception leaves the body. Made for the filter of a catch, so that the exception goes on as it came.</summary>
    /// <param name="call">The call's number.</param>
    /// <returns>False.</returns>
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

    /// <summary>The body has ended. Its number is another call's from now on.</summary>
    /// <param name="call">The call's number.</param>
    public static void End(int call)
    {
        if (call != 0)
        {
            AsyncRecorder.End(AsyncCalls.Of(call));
        }
    }

    /// <summary>The body of an async iterator has ended, or is left by an exception. Whoever enumerates sees which.</summary>
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

    /// <summary>Disposes of what is only known by the interface: a value is not boxed for it.</summary>
    /// <param name="resource">What is disposed of.</param>
    /// <returns>What its <see cref="IAsyncDisposable.DisposeAsync"/> returned.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ValueTask DisposeAsync<T>(T resource)
        where T : IAsyncDisposable => resource.DisposeAsync();

    /// <summary>A site was hit; see <see cref="Frame.At{T}(int, T)"/>.</summary>
    /// <param name="value">What the site's expression came to.</param>
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

    /// <summary>A site was hit that has no value of its own.</summary>
    /// <param name="call">The call's number.</param>
    /// <param name="site">The site's index in the method.</param>
    /// <returns>Nothing of meaning.</returns>
    public static int At(int call, int site)
    {
        var frame = FrameOf(call);
        if (frame != null)
        {
            Recorder.Hit(frame, site);
        }

        return 0;
    }

    /// <summary>A site has allocated and goes on.</summary>
    /// <param name="call">The call's number.</param>
    /// <param name="site">The site's index in the method.</param>
    /// <returns>Nothing of meaning.</returns>
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
    /// <param name="part">What <see cref="Part"/> or <see cref="At(int, int)"/> returned.</param>
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
