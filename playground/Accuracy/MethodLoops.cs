using System.Reflection;
using System.Runtime;
using System.Runtime.CompilerServices;
using Accuracy.Methods;

namespace Accuracy;

/// <summary>The loops over all <see cref="IMethod"/>s.</summary>
internal static class MethodLoops
{
    public const int Calls = 1000;

    // Longer than the runtime waits for quiet before it compiles what is hot.
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(250);

    /// <summary>Each method twice: called in a loop, where what it allocates cannot be on the stack, and by a caller that is not inlined.</summary>
    public static IReadOnlyList<(string Name, Func<int> Run)> All { get; } =
    [
        .. from type in typeof(IMethod).Assembly.GetTypes()
           where type.IsValueType && typeof(IMethod).IsAssignableFrom(type)
           orderby type.Name
           from loop in new[] { nameof(InLoop), nameof(ByCaller) }
           select (
               $"{type.Name} {(loop == nameof(InLoop) ? "in a loop" : "by a caller")}",
               typeof(MethodLoops).GetMethod(loop, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type).CreateDelegate<Func<int>>()),
    ];

    /// <summary>Repeats until the JIT has nothing left to compile: everything is at Tier-1, with what its profile tells.</summary>
    public static void Settle(Action repeat)
    {
        for (int quietRounds = 0; quietRounds < 4;)
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

    public static void RunAll()
    {
        foreach (var (_, run) in All)
        {
            run();
        }
    }

    private static int InLoop<T>() where T : struct, IMethod
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum += T.Call(i);
        }

        return sum;
    }

    private static int ByCaller<T>() where T : struct, IMethod
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum += Caller<T>(i);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Caller<T>(int i) where T : struct, IMethod => T.Call(i) + 1;
}
