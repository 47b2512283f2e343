// attribute: F=2:pair G=1:in-place

namespace Rows.Calls.method_pointers;

public static unsafe class Sample
{
    [Instrument] static int F(int x, ref int y) => x + y++;

    public static string Run()
    {
        delegate*<int, ref int, int> pointer = &F;
        delegate*<int, int> local = &G;
        int y = 1;
        return $"{pointer(1, ref y)} {pointer(1, ref y)} {local(1)} {y}";

        [Instrument] static int G(int x) => x * 3;
    }
}
