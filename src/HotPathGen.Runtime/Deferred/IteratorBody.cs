using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// What the copied body of an iterator calls at its sites. It runs in steps, each in a frame that the step opened, which is the innermost one
/// of the thread.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class IteratorBody
{
    /// <summary>A site was hit; see <see cref="Frame.At{T}(int, T)"/>.</summary>
    /// <param name="value">What the site's expression came to.</param>
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

    /// <summary>A site was hit that has no value of its own.</summary>
    /// <param name="method">The method's index.</param>
    /// <param name="site">The site's index in the method.</param>
    /// <returns>Nothing of meaning.</returns>
    public static int At(int method, int site)
    {
        var frame = FrameOf(method);
        if (frame != null)
        {
            Recorder.Hit(frame, site);
        }

        return 0;
    }

    /// <summary>A site has allocated and goes on.</summary>
    /// <param name="method">The method's index.</param>
    /// <param name="site">The site's index in the method.</param>
    /// <returns>Nothing of meaning.</returns>
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
    /// <param name="part">What <see cref="Part"/> or <see cref="At(int, int)"/> returned.</param>
    /// <param name="value">The expression.</param>
    /// <returns>Its value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T After<T>(int part, T value)
        where T : allows ref struct => value;

    /// <summary>An exception was caught in the body.</summary>
    /// <param name="method">The method's index.</param>
    public static void Caught(int method)
    {
        var frame = FrameOf(method);
        if (frame != null)
        {
            Recorder.Thrown(frame);
        }
    }

    // A sequence that a reset left without observer has no frame.
    private static OpenFrame* FrameOf(int method)
    {
        var frame = Recorder.Current->Top;
        return frame->Context->Method == method && frame->Probing != null ? frame : null;
    }
}
