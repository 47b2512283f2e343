using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// The calls that the copied body of an iterator makes at its sites. The iterator runs in steps. Each step has opened a frame, which is the
/// innermost frame of the thread.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class IteratorBody
{
    /// <summary>Counts a hit of a site; see <see cref="Frame.At{T}(int, T)"/>.</summary>
    /// <param name="value">The value of the site's expression.</param>
    /// <param name="method">The method's index.</param>
    /// <param name="site">The site's index in the method.</param>
    /// <returns>The same value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T At<T>(T value, int method, int site)
        where T : allows ref struct
    {
        At(method, site);
        return value;
    }

    /// <inheritdoc cref="At{T}(T, int, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T AtReference<T>(ref T value, int method, int site)
        where T : allows ref struct
    {
        At(method, site);
        return ref value;
    }

    /// <inheritdoc cref="At{T}(T, int, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref readonly T AtReadOnlyReference<T>(ref readonly T value, int method, int site)
        where T : allows ref struct
    {
        At(method, site);
        return ref value;
    }

    /// <summary>Counts a hit of a site that has no value of its own.</summary>
    /// <param name="method">The method's index.</param>
    /// <param name="site">The site's index in the method.</param>
    /// <returns>A value without meaning.</returns>
    public static int At(int method, int site)
    {
        var frame = FrameOf(method);
        if (frame != null)
        {
            Recorder.Hit(frame, site);
        }

        return 0;
    }

    /// <summary>Called when a site has allocated and its hit is not complete yet.</summary>
    /// <param name="method">The method's index.</param>
    /// <param name="site">The site's index in the method.</param>
    /// <returns>A value without meaning.</returns>
    public static int Part(int method, int site)
    {
        var frame = FrameOf(method);
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

    /// <summary>Called when the body has caught an exception.</summary>
    /// <param name="method">The method's index.</param>
    public static void Caught(int method)
    {
        var frame = FrameOf(method);
        if (frame != null)
        {
            Recorder.Thrown(frame);
        }
    }

    // There is no frame if a reset removed the observer of the sequence.
    private static OpenFrame* FrameOf(int method)
    {
        var frame = Recorder.Current->Top;
        return frame->Context->Method == method && frame->Probing != null ? frame : null;
    }
}
