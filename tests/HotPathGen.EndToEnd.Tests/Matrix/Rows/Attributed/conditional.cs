// attribute: On=2:pair Off=0:pair
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
