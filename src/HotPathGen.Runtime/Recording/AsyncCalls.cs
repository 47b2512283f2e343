using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>
/// Numbers for async calls, and the calls behind them: native memory in chunks that never move. Each thread has free ones of its own.
/// </summary>
internal static unsafe class AsyncCalls
{
    private const int PerChunk = 64;
    private const int MaxChunks = 1 << 16;
    private const int KeptPerThread = 2 * PerChunk;

    private static readonly SharedCells* s_cells = SharedRecording.Cells;

    /// <summary>The table of chunks; 512 KB of addresses, of which only the pages in use are memory.</summary>
    public static AsyncCall** NewTable() => (AsyncCall**)NativeMemory.AllocZeroed(MaxChunks, (nuint)sizeof(AsyncCall*));

    /// <summary>The call of a number; null for 0.</summary>
    public static AsyncCall* Of(int id) => id == 0 ? null : s_cells->AsyncCalls[(uint)id / PerChunk] + (uint)id % PerChunk;

    /// <summary>A free call; null once four million are under way.</summary>
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

    /// <summary>Gives a call back. What one thread starts and another ends goes round through a list that all share.</summary>
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
        // Number 0 stands for none.
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
