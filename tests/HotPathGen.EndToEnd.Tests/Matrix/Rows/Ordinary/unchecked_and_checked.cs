// attribute: Wraps=1:pair Throws=1!1:pair Mixed=1:pair

namespace Rows.Ordinary.unchecked_and_checked;

public static class Sample
{
    [Instrument] static int Wraps(int x) { unchecked { return x + 1; } }

    [Instrument] static byte Throws(int x) { checked { return (byte)x; } }

    [Instrument] static string Mixed(int x) => $"{unchecked((byte)x)} {checked((short)x)}";

    public static string Run()
    {
        string thrown = "none";
        try { Throws(300); } catch (OverflowException exception) { thrown = exception.GetType().Name; }
        return $"{Wraps(int.MaxValue)} {thrown} {Mixed(300)}";
    }
}
