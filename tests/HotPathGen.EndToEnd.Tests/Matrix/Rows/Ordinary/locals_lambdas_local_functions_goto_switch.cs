// attribute: F=1:pair Local=2:function

namespace Rows.Ordinary.locals_lambdas_local_functions_goto_switch;

public static class Sample
{
    [Instrument]
    static int F(int n)
    {
        int total = 0;
        Func<int, int> twice = x => { if (x == 1) return 1; return x * 2; };
        int Local(int x) { return x + n; }
    again:
        total += Local(twice(n));
        if (total < 10) goto again;
        switch (total) { case 1: return 1; default: return total; }
    }
    public static string Run() => F(2).ToString();
}
