using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// Measures the initializer of a field or property, as prepared code holds it: <c>= Initializer.Begin(method).End&lt;T&gt;(expression)</c>. It opens
/// no frame, because there is no place for a finally block: an exception in the expression leaves nothing open, and its bytes stay with the frame
/// around it. The figures go to the row of the constructor. Reads counter and clock twice, as a frame does.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct Initializer
{
    private const MethodImplOptions Steady = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    private readonly OpenFrame* _around;
    private readonly Context* _context;
    private readonly long _epoch;
    private readonly long _startBytes;
    private readonly long _nestedBytes;
    private readonly long _earlierBytes;
    private readonly long _startTicks;
    private readonly long _nestedTicks;
    private readonly long _earlierTicks;

    [MethodImpl(Steady)]
    private Initializer(int method)
    {
        var thread = Recorder.Current;
        _epoch = thread->Epoch;
        _around = thread->Top;
        _context = _around->Context->LastChild;
        if (_context->Method != method)
        {
            _context = thread->ChildOf(_around->Context, method);
        }

        // An object that the expression constructs may have the same initializers. Its own sum starts at zero.
        var slot = _context->Slot;
        _earlierBytes = slot->InitializerBytes;
        _earlierTicks = slot->InitializerTicks;
        slot->InitializerBytes = slot->InitializerTicks = 0;
        _nestedBytes = _around->NestedBytes;
        _startBytes = GC.GetAllocatedBytesForCurrentThread() - thread->ProbeBytes;
        if (Clock.IsRunning)
        {
            _nestedTicks = _around->NestedTicks + thread->RecordingTicks;
            _startTicks = Clock.Now(); // last, because the time of the code above does not belong to the expression
        }
    }

    /// <summary>Called before the expression is evaluated.</summary>
    /// <param name="method">The index of the row, from <see cref="HotMethod.Register"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Initializer Begin(int method) => Frame.IsEnabled && !Recorder.IsOff ? new Initializer(method) : default;

    /// <summary>Called with the value of the expression.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The same value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T End<T>(T value)
        where T : allows ref struct => End(value, endsCall: false);

    /// <summary>Called with the value of the last such expression in a part of a type.</summary>
    /// <param name="value">The value.</param>
    /// <param name="endsCall">
    /// Whether a call of the row ends here. It does where the initializers are all that the row measures: where the body has a frame, the frame
    /// counts the calls.
    /// </param>
    /// <returns>The same value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T End<T>(T value, bool endsCall)
        where T : allows ref struct
    {
        if (Frame.IsEnabled && _around != null)
        {
            Add(endsCall);
        }

        return value;
    }

    /// <summary>
    /// Adds the figures to the row, without those of the hot methods that were called, and to the frame around it. So the figures of a thread still
    /// add up. Adds nothing if the recording was reset in between, or if a block was opened that is still open.
    /// </summary>
    [MethodImpl(Steady)]
    private void Add(bool endsCall)
    {
        long end = Clock.Now();
        var thread = _around->Thread;
        long bytes = GC.GetAllocatedBytesForCurrentThread() - thread->ProbeBytes - _startBytes - (_around->NestedBytes - _nestedBytes);
        if (thread->Epoch != _epoch || thread->Top != _around)
        {
            return;
        }

        var slot = _context->Slot;
        bool isOutermost = slot->Depth == 0;
        _around->NestedBytes += bytes;
        _context->SelfBytes += bytes;
        _context->InclusiveBytes += bytes;
        slot->InclusiveBytes += isOutermost ? bytes : 0;
        slot->InitializerBytes = _earlierBytes + bytes;
        _context->InitializerBytes += bytes;
        if (Clock.IsRunning)
        {
            long nested = _around->NestedTicks + thread->RecordingTicks - _nestedTicks;
            long ticks = Math.Max(0, end - _startTicks - nested - SharedRecording.Cells->InnerTicks);
            _around->NestedTicks += ticks;
            thread->RecordingTicks += SharedRecording.Cells->FrameTicks;
            _context->SelfTicks += ticks;
            _context->InclusiveTicks += ticks;
            slot->InclusiveTicks += isOutermost ? ticks : 0;
            slot->InitializerTicks = _earlierTicks + ticks;
            _context->InitializerTicks += ticks;
        }

        if (endsCall)
        {
            _context->Calls++;
            _context->InitializerBytes -= slot->InitializerBytes;
            _context->InitializerTicks -= slot->InitializerTicks;
            if (thread->Detail < RecordingDetail.Standard)
            {
                _context->Sample.Weight++;
                slot->Sample.AddBytes(1, slot->InitializerBytes);
                slot->Sample.AddTicks(1, slot->InitializerTicks);
            }

            slot->AddBytes(slot->InitializerBytes, slot->AddTime(slot->InitializerTicks));
            slot->InitializerBytes = slot->InitializerTicks = 0;
        }
    }
}
