// attribute: On=2:in-place Off=0:in-place
#define ON
using System.Diagnostics;

namespace Rows.Attributed.conditional;

public sealed class Sample
{
    static string s_log = "";

    [Instrument, Conditional("ON")] static void On(string text) { s_log += text; if (text.Length > 1) return; s_log += "; "; }
    [Instrument, Conditional("OFF")] static void Off(string text) => s_log += text;

    public static string Run()
    {
        On("a");
        Off(s_log = "never");
        On("bc");
        return s_log;
    }
}
