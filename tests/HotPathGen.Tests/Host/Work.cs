using System.Runtime.CompilerServices;
using HotPathGen.Runtime;

namespace HotPathGen.Tests.Host;

/// <summary>Hot methods, written by hand as the generator writes them.</summary>
public static class Work
{
    internal static readonly int s_first = Register();

    private static int Register()
    {
        // This happens before the runtime is first used, as if another version of the runtime had been there first.
        if (Environment.GetCommandLineArgs() is [.., "other-version"])
        {
            AppDomain.CurrentDomain.SetData("HotPathGen.Runtime.Session", new object[] { 999 });
        }

        HotMethod[] methods = [new("M:Work.Outer", "Work.Outer", "Work.cs", 1, "pair"), new("M:Work.Inner", "Work.Inner", "Work.cs", 2, "pair")];
        return HotMethod.Register(
            "Host",
            "/host",
            Environment.GetCommandLineArgs() is [.., "metrics"] ? [.. methods, .. Metrics.Methods] : methods,
            [new("Work.Left", "Work.cs", 3, "a test left it plain")]
        );
    }

#pragma warning disable CA2255 // As in generated code.
    [ModuleInitializer]
    internal static void RegisterOnLoad()
    {
        // Its listeners begin before the methods are registered.
        if (Environment.GetCommandLineArgs() is not [.., "metrics"])
        {
            _ = s_first;
        }
    }
#pragma warning restore CA2255

    /// <summary>Registers methods that nobody calls.</summary>
    public static void RegisterMany(int methods) =>
        HotMethod.Register(
            "Many",
            "/many",
            [
                .. Enumerable
                    .Range(0, methods)
                    .Select(static i => new HotMethod($"M:Many.Method{i}({i * 7919 % 104729})", $"Many.Method{i}()", "Many.cs", i, "pair")),
            ],
            []
        );

    public static void Outer(Action inside)
    {
        var frame = Frame.Enter(s_first);
        bool completed = false;
        try
        {
            inside();
            completed = true;
        }
        finally
        {
            frame.Exit(completed);
        }
    }

    /// <summary>Calls of Inner, each within the one before.</summary>
    public static void Recurse(int calls)
    {
        var frame = Frame.Enter(s_first + 1);
        GC.KeepAlive(new byte[1000]);
        if (calls > 1)
        {
            Recurse(calls - 1);
        }

        frame.Exit(true);
    }

    public static void Inner()
    {
        var frame = Frame.Enter(s_first + 1);
        bool completed = false;
        try
        {
            GC.KeepAlive(new byte[1000]);
            completed = true;
        }
        finally
        {
            frame.Exit(completed);
        }
    }
}
