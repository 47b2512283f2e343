using System.Runtime;

namespace Accuracy;

/// <summary>Waits until the JIT has compiled the final code.</summary>
internal static class Tiering
{
    // This is longer than the time without new work after which the runtime compiles hot methods.
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(250);

    /// <summary>Repeats until the JIT has nothing left to compile. All code is then at Tier-1, optimized with its profile.</summary>
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
