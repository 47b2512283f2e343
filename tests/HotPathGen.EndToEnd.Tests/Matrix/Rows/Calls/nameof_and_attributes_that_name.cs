// attribute: F=1:pair
using System.Diagnostics;
using System.Reflection;

namespace Rows.Calls.nameof_and_attributes_that_name;

[DebuggerDisplay($"{{{nameof(F)}()}}")]
public sealed class Sample
{
    [Instrument] int F() => 1;

    public static string Run() => $"{nameof(F)} {nameof(Sample.F)} {typeof(Sample).GetCustomAttribute<DebuggerDisplayAttribute>()!.Value} {new Sample().F()}";
}
