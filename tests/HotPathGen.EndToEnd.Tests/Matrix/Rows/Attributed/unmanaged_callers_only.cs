// attribute: F=2:pair G=1:pair
using System.Runtime.InteropServices;

namespace Rows.Attributed.unmanaged_callers_only;

public static unsafe class Sample
{
    static int s_sum;

    [Instrument, UnmanagedCallersOnly] static int F(int x, int* y) { s_sum += x; if (x > 1) return 0; *y = x + 1; return *y; }
    [Instrument, UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])] static void G(int x) => s_sum += x;

    public static string Run()
    {
        int y = 0;
        delegate* unmanaged<int, int*, int> f = &F;
        delegate* unmanaged[Cdecl]<int, void> g = &G;
        int first = f(1, &y), second = f(2, &y);
        g(10);
        return $"{first} {second} {y} {s_sum}";
    }
}
