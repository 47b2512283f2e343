// attribute: F=2:pair G=1:pair H=1:pair AppendLiteral=3:pair AppendFormatted=4:pair #ctor=4:in-place
using System.Text;

namespace Rows.Parameters.interpolated_string_handlers;

[InterpolatedStringHandler]
public ref struct Handler
{
    readonly StringBuilder? _text;
    [Instrument] public Handler(int literals, int holes, Sample owner, bool on, out bool proceed) { proceed = on; _text = on ? new($"{owner.Name}({literals},{holes})") : null; }
    [Instrument] public Handler(int literals, int holes, string prefix) { _text = new(prefix); }
    [Instrument] public readonly bool AppendLiteral(string text) { _text!.Append(text); return true; }
    [Instrument] public readonly bool AppendFormatted<T>(T value, int alignment = 0, string? format = null) { _text!.Append($"[{value}|{alignment}|{format}]"); return alignment >= 0; }
    public override readonly string ToString() => _text?.ToString() ?? "off";
}

public sealed class Sample(string name)
{
    public string Name => name;

    [Instrument] string F(bool on, [InterpolatedStringHandlerArgument("", nameof(on))] ref Handler handler) => handler.ToString();
    [Instrument] static string G(string prefix, [InterpolatedStringHandlerArgument(nameof(prefix))] scoped Handler handler) => handler.ToString();
    [Instrument] static string H(string prefix, [InterpolatedStringHandlerArgument("prefix")] in Handler handler = default) => prefix + handler.ToString();

    static int s_evaluated;
    static int Count() => ++s_evaluated;

    public static string Run()
    {
        var sample = new Sample("s");
        return $"{sample.F(true, $"a{Count(),2:00}b")} {sample.F(false, $"c{Count()}")} {G("p", $"{Count(),-1}never")} {H("h", $"{Count()}{"x"}!")} {s_evaluated}";
    }
}
