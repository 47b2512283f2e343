using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// The object that .NET creates when an async iterator has to wait for the first time. Its size is the same for all async iterators, because it
/// refers to their state machines, which are objects. It is measured once.
/// </summary>
internal static class StateMachineBox
{
    public static readonly long Bytes = Measure();

    private static long Measure()
    {
        var own = OwnWork.Begin();
        BytesOfFirstStep(); // The first time, .NET also creates objects of the type.
        long bytes = BytesOfFirstStep();
        own.End();
        return bytes;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long BytesOfFirstStep()
    {
        var steps = Wait(new TaskCompletionSource().Task).GetAsyncEnumerator();
        long before = GC.GetAllocatedBytesForCurrentThread();
#pragma warning disable CA2012 // The step never ends.
        _ = steps.MoveNextAsync();
#pragma warning restore CA2012
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static async IAsyncEnumerable<int> Wait(Task task)
    {
        await task.ConfigureAwait(false);
        yield break;
    }
}
