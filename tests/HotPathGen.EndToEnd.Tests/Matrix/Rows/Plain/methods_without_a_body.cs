// attribute:
using System.Runtime.InteropServices;

namespace Rows.Plain.methods_without_a_body;

public interface INothing { [Instrument] string F(); [Instrument] static abstract int G(); }

public abstract class Base
{
    [Instrument] public abstract string H();
    [Instrument] public abstract string P { get; }
    [Instrument] public string Auto { get; set; } = "auto";
    [Instrument, DllImport("libc", EntryPoint = "getpid")] public static extern int Native();
}

public sealed class Sample : Base, INothing
{
    public string F() => "f";
    public static int G() => 1;
    public override string H() => "h";
    public override string P => "p";

    public static string Run() { var sample = new Sample(); return sample.F() + G() + sample.H() + sample.P + sample.Auto; }
}
