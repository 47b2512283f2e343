using System.Collections.Concurrent;
using HotPathGen.Runtime;

namespace HotPathGen;

/// <summary>
/// Lets a program control its own measurement. All members are safe to call from any thread. With <c>HOTPATH=never</c>, and in production builds,
/// they do nothing.
/// </summary>
public static class HotPath
{
    private static readonly ConcurrentDictionary<string, int> s_blocks = new(StringComparer.Ordinal);

    /// <summary>
    /// Measures a block of code as a hot method of its own, from this call until the result is disposed, on the same thread or another:
    /// <c>using (HotPath.Measure("parse")) { … }</c>. Costs a frame plus a look-up by name. Allocates nothing after the first use of the name.
    /// </summary>
    /// <remarks>
    /// The time of the block is wall time. Self and inclusive figures, in time and bytes, are those of the thread that opened the block. They end
    /// early if a measured call around the block ends first, as it does at an await.
    /// </remarks>
    /// <param name="name">The block's name. Blocks with equal names are counted as one block. Use few names: each keeps its figures.</param>
    public static Block Measure(string name) =>
        Frame.IsEnabled && SharedRecording.Detail != RecordingDetail.Off ? new Block(IndexOf(name ?? "")) : default;

    /// <summary>
    /// Names the operation in which hot code runs from this call until the result is disposed: <c>using (HotPath.Operation("import")) { … }</c>. It
    /// flows with async calls and to tasks that are started, as activities do. The innermost one counts, and counts before any activity. A hot
    /// method that is running already stays in the operation in which it began; those that it calls from now on are in this one.
    /// </summary>
    /// <remarks>Allocates an object and an execution context, which no figure contains.</remarks>
    /// <param name="name">The operation's name. Use few names: each keeps its figures.</param>
    public static unsafe OperationScope Operation(string name) =>
        Frame.IsEnabled && SharedRecording.Detail != RecordingDetail.Off && SharedRecording.Cells->MayHaveOperations
            ? new OperationScope(SharedRecording.BeginOperation(name ?? ""))
            : default;

    /// <summary>
    /// Returns what was recorded since the start or the last <see cref="Reset"/>, as <c>hotpath/1</c> JSON. Calls that are still running are not
    /// included.
    /// </summary>
    /// <returns>The JSON text; empty if nothing is recorded.</returns>
    public static string Snapshot()
    {
        if (!Frame.IsEnabled)
        {
            return "";
        }

        var own = OwnWork.Begin();
        try
        {
            return SharedRecording.Snapshot();
        }
        finally
        {
            own.End();
        }
    }

    /// <summary>
    /// How much is recorded from the next call on: from <c>HOTPATH_DETAIL</c> at first. A call that is running ends as it began. Reads as
    /// <see cref="RecordingDetail.Off"/> if nothing can be recorded.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not one of the enumeration.</exception>
    public static RecordingDetail Detail
    {
        get => Frame.IsEnabled ? SharedRecording.Detail : RecordingDetail.Off;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative((int)value, nameof(value));
            ArgumentOutOfRangeException.ThrowIfGreaterThan((int)value, (int)RecordingDetail.Full, nameof(value));
            if (Frame.IsEnabled)
            {
                SharedRecording.Detail = value;
            }
        }
    }

    /// <summary>Drops everything that was recorded. Calls that are running now are not recorded. Calls that start later are.</summary>
    public static void Reset()
    {
        if (Frame.IsEnabled)
        {
            SharedRecording.Reset();
        }
    }

    /// <summary>Writes the snapshot to a file, completely or not at all. Creates missing directories of the path.</summary>
    /// <param name="path">The file. An existing file is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public static void WriteSnapshot(string path)
    {
        if (!Frame.IsEnabled)
        {
            return;
        }

        var own = OwnWork.Begin();
        try
        {
            SharedRecording.WriteSnapshot(path);
        }
        finally
        {
            own.End();
        }
    }

    private static int IndexOf(string name)
    {
        if (s_blocks.TryGetValue(name, out int method))
        {
            return method;
        }

        method = SharedRecording.RegisterBlock(name);
        var own = OwnWork.Begin();
        s_blocks[name] = method;
        own.End();
        return method;
    }

    /// <summary>How much is recorded.</summary>
    public enum RecordingDetail
    {
        /// <summary>Nothing. No call opens a frame.</summary>
        Off,

        /// <summary>Every call is counted. Bytes and time are those of a random sample of the calls of short methods.</summary>
        Light,

        /// <summary>Every call is counted, and its bytes are exact. Time is that of a random sample of the calls of short methods.</summary>
        Standard,

        /// <summary>Every call is recorded.</summary>
        Full,
    }

    /// <summary>An operation that runs. Dispose it in the method that opened it.</summary>
    public readonly struct OperationScope : IDisposable
    {
        private readonly object? _scope;

        internal OperationScope(object scope) => _scope = scope;

        /// <summary>Ends the operation.</summary>
        public void Dispose()
        {
            if (_scope is not null)
            {
                SharedRecording.EndOperation(_scope);
            }
        }
    }

    /// <summary>A block being measured. Dispose it once.</summary>
    public readonly unsafe struct Block : IDisposable
    {
        private readonly OpenFrame* _frame;
        private readonly long _serial;
        private readonly ObservedCall _call;

        internal Block(int method)
        {
            _frame = Recorder.EnterBlock(method, out _serial);
            _call = new(method, 0, _frame->StartTicks, _frame->Thread->Epoch);
        }

        /// <summary>Ends the block, on any thread.</summary>
        public void Dispose()
        {
            if (_frame != null && !Recorder.TryExitBlock(_frame, _serial))
            {
                _call.Complete(failed: false);
            }
        }
    }
}
