// attribute: F=1:pair G=1:pair

namespace Rows.Ordinary.checked_unchecked_lock_fixed_stackalloc;

public static unsafe class Sample
{
    static readonly object s_gate = new();
    [Instrument] static int F(int x) { lock (s_gate) { Span<int> b = stackalloc int[4]; b[1] = x; fixed (int* p = b) { return checked(p[1] + 1); } } }
    [Instrument] static int* G(int* p, delegate*<int, int> f, int*[]? all, List<int*[]>? deep) { *p = f(*p); return p; }
    static int Inc(int x) => x + 1;
    public static string Run() { int x = 3; return F(1) + ":" + *G(&x, &Inc, null, null); }
}
