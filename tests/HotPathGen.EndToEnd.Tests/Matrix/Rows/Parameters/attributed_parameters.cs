// attribute: F=1:pair G=1:pair

namespace Rows.Parameters.attributed_parameters;

[InterpolatedStringHandler]
public ref struct Handler(int literals, int holes, bool on) { public string Text = ""; public void AppendLiteral(string s) { Text += s; } public void AppendFormatted<T>(T t) { Text += t; } public override string ToString() => Text + on + literals + holes; }
public static class Sample
{
    [Instrument] static string F(bool on, [InterpolatedStringHandlerArgument(nameof(on))] Handler h) => h.ToString();
    [Instrument] static string G([System.Diagnostics.CodeAnalysis.StringSyntax("Regex")] string a, [System.Diagnostics.CodeAnalysis.AllowNull] string b) => a + b;
    public static string Run() => F(true, $"a{1}b") + G("x", null);
}
