using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>
/// Maps numbers to async calls. The calls are in native memory, in chunks that never move. Each thread keeps its own list of free calls.
/// </summary>
internal static unsafe class AsyncCalls
{
    private const int PerChunk = 64;
    private const int MaxChunks = 1 << 16;
    private const int KeptPerThread = 2 * PerChunk;

    private static readonly SharedCells* s_cells = SharedRecording.Cells;

    /// <summary>Creates the table of chunks: 512 KB of addresses, of which only the used pages take memory.</summary>
    public static AsyncCall** NewTable() => (AsyncCall**)NativeMemory.AllocZeroed(MaxChunks, (nuint)sizeof(AsyncCall*));

    /// <summary>Returns the call with this number; null for 0.</summary>
    public static AsyncCall* Of(int id) => id == 0 ? null : s_cells->AsyncCalls[(uint)id / PerChunk] + (uint)id % PerChunk;

    /// <summary>Takes a free call; null if four million calls are already running.</summary>
    public static AsyncCall* Take(ThreadRecord* thread)
    {
        if (thread->FreeAsyncCalls == 0)
        {
            thread->FreeAsyncCalls = Interlocked.Exchange(ref s_cells->FreeAsyncCalls, 0);
            if (thread->FreeAsyncCalls == 0 && !AddChunk(thread))
            {
                return null;
            }
        }
        var call = Of(thread->FreeAsyncCalls);
        thread->FreeAsyncCalls = call->NextFree;
        thread->FreeAsyncCallCount = Math.Max(0, thread->FreeAsyncCallCount - 1);
        return call;
    }

    /// <summary>Gives a call back. A call that one thread starts and another thread ends returns through a list that all threads share.</summary>
    public static void Return(ThreadRecord* thread, AsyncCall* call)
    {
        call->NextFree = thread->FreeAsyncCalls;
        thread->FreeAsyncCalls = call->Id;
        if (++thread->FreeAsyncCallCount < KeptPerThread)
        {
            return;
        }

        var last = call;
        while (last->NextFree != 0)
        {
            last = Of(last->NextFree);
        }

        int shared;
        do
        {
            shared = Volatile.Read(ref s_cells->FreeAsyncCalls);
            last->NextFree = shared;
        } while (Interlocked.CompareExchange(ref s_cells->FreeAsyncCalls, call->Id, shared) != shared);
        thread->FreeAsyncCalls = 0;
        thread->FreeAsyncCallCount = 0;
    }

    private static bool AddChunk(ThreadRecord* thread)
    {
        int chunk = Interlocked.Increment(ref s_cells->AsyncCallChunks) - 1;
        if (chunk >= MaxChunks)
        {
            Volatile.Write(ref s_cells->AsyncCallChunks, MaxChunks);
            return false;
        }
        var calls = (AsyncCall*)NativeMemory.AllocZeroed(PerChunk, (nuint)sizeof(AsyncCall));
        // Number 0 means no call.
        for (int i = chunk == 0 ? 1 : 0; i < PerChunk; i++)
        {
            calls[i].Id = chunk * PerChunk + i;
            calls[i].NextFree = i == PerChunk - 1 ? 0 : calls[i].Id + 1;
        }
        Volatile.Write(ref *(nint*)&s_cells->AsyncCalls[chunk], (nint)calls);
        thread->FreeAsyncCalls = chunk == 0 ? 1 : chunk * PerChunk;
        return true;
    }
}
