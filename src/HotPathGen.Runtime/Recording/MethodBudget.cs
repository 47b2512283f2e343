using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>
/// What a call of one method may allocate, and the stacks that first went beyond it: native memory that all threads and all copies of the
/// runtime share, so that each stack is taken once in a process.
/// </summary>
internal unsafe struct MethodBudget
{
    public long MaxBytes;

    /// <summary>One of the method as a whole, then one for each site.</summary>
    private int _placeCount;

    public static MethodBudget* Create(long maxBytes, int siteCount)
    {
        var budget = (MethodBudget*)NativeMemory.AllocZeroed((nuint)sizeof(MethodBudget) + (nuint)(1 + siteCount) * (nuint)sizeof(nint));
        budget->MaxBytes = maxBytes;
        budget->_placeCount = 1 + siteCount;
        return budget;
    }

    /// <summary>Of the method as a whole.</summary>
    public static void KeepStack(MethodBudget* budget) => Keep(budget, 0);

    /// <summary>Of a site.</summary>
    public static void KeepStack(MethodBudget* budget, int site) => Keep(budget, 1 + site);

    /// <summary>The stack that was kept, innermost call first, from the user's code on; empty for none.</summary>
    /// <param name="budget">Null for a method without one.</param>
    /// <param name="site">The site; -1 for the method as a whole.</param>
    public static string[] StackOf(MethodBudget* budget, int site) =>
        budget == null || Marshal.PtrToStringUni(Volatile.Read(ref *Place(budget, 1 + site))) is not { } stack
            ? []
            : [.. stack.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SkipWhile(IsOurs)];

    /// <summary>A reset: stacks are of what is recorded. The memory stays, since a thread may be reading it.</summary>
    public static void Forget(MethodBudget* budget)
    {
        for (int i = 0; i < budget->_placeCount; i++)
        {
            Interlocked.Exchange(ref *Place(budget, i), 0);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep(MethodBudget* budget, int place)
    {
        nint* kept = Place(budget, place);
        if (Volatile.Read(ref *kept) != 0)
        {
            return;
        }

        var own = OwnWork.Begin();
        nint stack = Marshal.StringToHGlobalUni(Environment.StackTrace);
        if (Interlocked.CompareExchange(ref *kept, stack, 0) != 0)
        {
            Marshal.FreeHGlobal(stack);
        }

        own.End();
    }

    private static nint* Place(MethodBudget* budget, int place) => (nint*)(budget + 1) + place;

    private static bool IsOurs(string line) =>
        line.Contains(" System.Environment.", StringComparison.Ordinal) || line.Contains(" HotPathGen.Runtime.", StringComparison.Ordinal);
}
