// attribute: F=1:pair
#define MINE
using System.Text;

namespace Rows.Ordinary.preprocessor_symbol_of_the_user;

#nullable disable
public static class Sample
{
#if MINE
    [Instrument] static string F(string s)
#else
    static string F(string s)
#endif
        => new StringBuilder(s).Append(1).ToString();
#nullable restore
    public static string Run() => F("a");
}
