using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>
/// The bytes that a call of one method may allocate, and the first stack that exceeded them, for the method and for each site. Native memory that
/// all threads and all copies of the runtime share, so each stack is taken only once in a process.
/// </summary>
internal unsafe struct MethodBudget
{
    public long MaxBytes;

    /// <summary>The number of places for stacks: one for the whole method, then one for each site.</summary>
    private int _placeCount;

    public static MethodBudget* Create(long maxBytes, int siteCount)
    {
        var budget = (MethodBudget*)NativeMemory.AllocZeroed((nuint)sizeof(MethodBudget) + (nuint)(1 + siteCount) * (nuint)sizeof(nint));
        budget->MaxBytes = maxBytes;
        budget->_placeCount = 1 + siteCount;
        return budget;
    }

    /// <summary>Keeps the current stack for the whole method, unless it has one.</summary>
    public static void KeepStack(MethodBudget* budget) => Keep(budget, 0);

    /// <summary>Keeps the current stack for a site, unless the site has one.</summary>
    public static void KeepStack(MethodBudget* budget, int site) => Keep(budget, 1 + site);

    /// <summary>Returns the kept stack, innermost call first, without the frames of the runtime at its top; empty if there is none.</summary>
    /// <param name="budget">The method's budget; null for a method without one.</param>
    /// <param name="site">The site's index; -1 for the whole method.</param>
    public static string[] StackOf(MethodBudget* budget, int site) =>
        budget == null || Marshal.PtrToStringUni(Volatile.Read(ref *Place(budget, 1 + site))) is not { } stack
            ? []
            : [.. stack.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SkipWhile(IsOurs)];

    /// <summary>
    /// Forgets the stacks at a reset, because stacks belong to the recorded calls. Does not free their memory, because a thread may be reading
    /// it.
    /// </summary>
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
