// attribute: F=4:pair

namespace Rows.Ordinary.overloads_and_dynamic_argument;

public static class Sample
{
    [Instrument] static string F(int x) => "int";
    [Instrument] static string F(string x) => "string";
    [Instrument] static string F(object x) => "object";
    [Instrument] static string F<T>(T x, int y) => typeof(T).Name;
    public static string Run() { dynamic d = "x"; dynamic n = 1; return (string)F(d) + (string)F(n) + F(new object()) + F(2.0, 1); }
}
