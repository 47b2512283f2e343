// attribute: F=2!1:pair

namespace Rows.Ordinary.exception;

public static class Sample
{
    [Instrument] static int F(int x) => x < 0 ? throw new InvalidOperationException("no") : x;
    public static string Run() { try { F(1); F(-1); return "?"; } catch (InvalidOperationException e) { return e.Message; } }
}
