// attribute: A=1:iterator B=1:iterator C=1:iterator D=1:iterator E=1:iterator

namespace Rows.Deferred.iterators;

public static class Sample
{
    [Instrument] static IEnumerable<int> A(int n) { for (int i = 0; i < n; i++) yield return i; }
    [Instrument] static IEnumerator<string> B() { try { yield return "b"; } finally { s_log += "!"; } }
    [Instrument] static System.Collections.IEnumerable C() { yield return 1; }
    [Instrument] static System.Collections.IEnumerator D() { yield return 2; }
    [Instrument] static IEnumerable<dynamic> E(dynamic x) { yield return x; yield break; }
    static string s_log = "";
    public static string Run()
    {
        foreach (int i in A(3)) s_log += i;
        using (var b = B()) { b.MoveNext(); s_log += b.Current; }
        foreach (object o in C()) s_log += o;
        for (var d = D(); d.MoveNext();) s_log += d.Current;
        return s_log + E(5).Single();
    }
}
