using System.Reflection;
using System.Runtime.CompilerServices;
using Accuracy.Methods;

namespace Accuracy;

/// <summary>The loops over all <see cref="IMethod"/>s.</summary>
internal static class MethodLoops
{
    public const int Calls = 1000;

    /// <summary>
    /// Each method twice: called in a loop, where its allocations cannot be on the stack, and called by a caller that is not inlined.
    /// </summary>
    public static IReadOnlyList<(string Name, Func<int> Run)> All { get; } =
    [
        .. from type in typeof(IMethod).Assembly.GetTypes()
        where type.IsValueType && typeof(IMethod).IsAssignableFrom(type)
        orderby type.Name
        from loop in new[] { nameof(InLoop), nameof(ByCaller) }
        select (
            $"{type.Name} {(loop == nameof(InLoop) ? "in a loop" : "by a caller")}",
            typeof(MethodLoops).GetMethod(loop, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type).CreateDelegate<Func<int>>()
        ),
    ];

    public static void RunAll()
    {
        foreach (var (_, run) in All)
        {
            run();
        }
    }

    private static int InLoop<T>()
        where T : struct, IMethod
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum += T.Call(i);
        }

        return sum;
    }

    private static int ByCaller<T>()
        where T : struct, IMethod
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum += Caller<T>(i);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Caller<T>(int i)
        where T : struct, IMethod => T.Call(i) + 1;
}
