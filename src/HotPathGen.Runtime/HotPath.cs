using System.Collections.Concurrent;
using HotPathGen.Runtime;

namespace HotPathGen;

/// <summary>
/// What a program may ask of its own measuring. All members are safe from any thread. With <c>HOTPATH=off</c>, and in production
/// builds, they do nothing.
/// </summary>
public static class HotPath
{
    private static readonly ConcurrentDictionary<string, int> s_blocks = new(StringComparer.Ordinal);

    /// <summary>
    /// Measures a block of code as a hot method of its own, from here until the result is disposed, on the same thread or another:
    /// <c>using (HotPath.Measure("parse")) { … }</c>. Costs a look-up by name more than a frame; allocates nothing after the name's first use.
    /// </summary>
    /// <remarks>
    /// The block's time is wall time. Self and inclusive time and bytes are those of the thread that opened it, and end early if a
    /// measured call that surrounds the block ends first, as it does at an await.
    /// </remarks>
    /// <param name="name">The block's name; equal names are one block. Meant to be few: each keeps its figures.</param>
    public static Block Measure(string name) => Frame.IsEnabled ? new Block(IndexOf(name ?? "")) : default;

    /// <summary>
    /// What was recorded since the start or the last <see cref="Reset"/>, as <c>hotpath/1</c> JSON. Calls still running are not in it.
    /// </summary>
    /// <returns>The JSON text; empty where nothing is recorded.</returns>
    public static string Snapshot() => Frame.IsEnabled ? SharedRecording.Snapshot() : "";

    /// <summary>Drops all that was recorded. Calls that are running now will not be recorded either; calls that start from now on will.</summary>
    public static void Reset()
    {
        if (Frame.IsEnabled)
        {
            SharedRecording.Reset();
        }
    }

    /// <summary>Writes the snapshot to a file, whole or not at all; directories on the way are created.</summary>
    /// <param name="path">The file, replaced if it exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void WriteSnapshot(string path)
    {
        if (Frame.IsEnabled)
        {
            SharedRecording.WriteSnapshot(path);
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
