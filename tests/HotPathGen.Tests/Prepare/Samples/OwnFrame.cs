using System;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

internal static class OwnFrame
{
    public static string Current() { return MethodBase.GetCurrentMethod()!.Name; }

    public static string Calling() { return Assembly.GetCallingAssembly().GetName().Name!; }

    public static string Trace() { return new StackTrace().GetFrame(0)!.GetMethod()!.Name; }

    public static string Frame() { var frame = new StackFrame(0); return frame.GetMethod()!.Name; }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool Text() { return Environment.StackTrace.Contains("OwnFrame.Text()"); }

    // This is only compiled, because not every runtime can call it.
    public static int Variadic(int n, __arglist) { if (n > 0) return Variadic(n - 1, __arglist()); return new ArgIterator(__arglist).GetRemainingCount(); }

    public static int Thrown() { throw new InvalidOperationException(); }
}

internal static class Sample
{
    public static string Run()
    {
        string top = "";
        try { OwnFrame.Thrown(); } catch (InvalidOperationException e) { top = e.TargetSite!.Name.Split('_')[0]; }
        return $"{OwnFrame.Current()} {OwnFrame.Calling()} {OwnFrame.Trace()} {OwnFrame.Frame()} {OwnFrame.Text()} {top}";
    }
}
