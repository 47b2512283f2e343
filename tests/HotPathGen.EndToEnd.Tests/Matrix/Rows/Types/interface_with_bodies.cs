// attribute: F=1:pair G=1:pair H=1:pair

namespace Rows.Types.interface_with_bodies;

public interface I<out T> { [Instrument] string F() => "f" + G(); [Instrument] private string G() => "g"; [Instrument] static string H() => "h"; }
public sealed class Sample : I<string> { public static string Run() => ((I<object>)new Sample()).F() + I<int>.H(); }
