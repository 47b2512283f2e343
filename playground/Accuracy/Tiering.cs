using System.Runtime;

namespace Accuracy;

/// <summary>Waits for the code that stays.</summary>
internal static class Tiering
{
    // Longer than the runtime waits for quiet before it compiles what is hot.
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(250);

    /// <summary>Repeats until the JIT has nothing left to compile: everything is at Tier-1, with what its profile tells.</summary>
    public static void Settle(Action repeat)
    {
        for (int quietRounds = 0; quietRounds < 4; )
        {
            long compiled = JitInfo.GetCompiledMethodCount();
            for (int round = 0; round < 40; round++)
            {
                repeat();
            }

            Thread.Sleep(s_quiet);
            quietRounds = JitInfo.GetCompiledMethodCount() == compiled ? quietRounds + 1 : 0;
        }
    }
}
