// attribute: Hidden=1!1:pair Stepped=1!1:pair User=1!1:pair Explicit=1!1:pair
using System.Diagnostics;

namespace Rows.Attributed.debugger_and_stack_trace;

public interface IExplicit { void Explicit(); }

public sealed class Sample : IExplicit
{
    [Instrument, StackTraceHidden] static void Hidden() => throw new InvalidOperationException("hidden");
    [Instrument, DebuggerStepThrough, DebuggerHidden] static void Stepped() { Hidden(); }
    [Instrument, DebuggerNonUserCode] static void User() => Stepped();
    [Instrument, StackTraceHidden] void IExplicit.Explicit() => User();

    public static string Run()
    {
        try
        {
            ((IExplicit)new Sample()).Explicit();
            return "";
        }
        catch (InvalidOperationException exception)
        {
            string trace = exception.StackTrace!;
            return $"{exception.Message} {trace.Contains("Hidden")} {trace.Contains("Stepped")} {trace.Contains("User")} {trace.Contains("Explicit()")} {trace.Contains("Run")}";
        }
    }
}
