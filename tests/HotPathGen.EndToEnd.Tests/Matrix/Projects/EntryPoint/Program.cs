// attribute: #ctor=1:in-place Main=1:pair Overflows=1!1:pair Named=1:in-place
// project: <LangVersion>13.0</LangVersion><CheckForOverflowUnderflow>true</CheckForOverflowUnderflow>
using System.Text;

[assembly: Instrument]

internal static class Program
{
    private static int Main(string[] arguments)
    {
        Console.WriteLine($"{arguments.Length} {Named()} {new StringBuilder().Add(1, 2)}");
        try
        {
            return Overflows(int.MaxValue);
        }
        catch (OverflowException)
        {
            Console.WriteLine("over");
            return 0;
        }
    }

    private static int Overflows(int x) => x + 1;

    // Every target-typed new could call a constructor that takes its caller's name. So this row has a project of its own.
    private static string Named() { Caller caller = new(); return caller.Name; }

    [DoNotInstrument] private static StringBuilder Add(this StringBuilder text, params ReadOnlySpan<int> all) { foreach (int x in all) text.Append(x); return text; }
}

internal sealed class Caller
{
    private readonly Lock _lock = new();
    public Caller([CallerMemberName] string name = "") { lock (_lock) { Name = string.Concat(name, "!"); } }
    public string Name { get; }
}
