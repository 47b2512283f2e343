// attribute: F=1:iterator G=1:async-iterator get_P=1:iterator op_Addition=1:iterator H=1:iterator L=1:iterator
using System.Threading;

namespace Rows.Deferred.iterators_in_place;

public interface IF { IEnumerable<int> F(int n); IAsyncEnumerable<int> G(CancellationToken t = default); static IEnumerable<T> H<T>(T x) { yield return x; } }
public class Sample : IF
{
    [Instrument] IEnumerable<int> IF.F(int n) { while (n-- > 0) yield return n; }
    [Instrument] async IAsyncEnumerable<int> IF.G([EnumeratorCancellation] CancellationToken t) { await Task.Yield(); t.ThrowIfCancellationRequested(); yield return 1; }
    public IEnumerable<string> P { [Instrument] get { yield return GetType().Name; yield break; } }
    [Instrument] public static IEnumerable<Sample> operator +(Sample a, Sample b) { yield return a; yield return b; }
    static string Sync()
    {
        [Instrument] IEnumerable<int> L(int x) { yield return x; }
        IF f = new Sample();
        var twice = f.F(3);
        return string.Join(",", twice) + string.Join(",", twice) + string.Concat(new Sample().P) + (new Sample() + new Sample()).Count() + I.H(5).Single() + L(3).Single();
    }
    interface I { [Instrument] public static IEnumerable<T> H<T>(T x) { yield return x; } }
    static async Task<string> All() { string s = Sync(); await foreach (int i in ((IF)new Sample()).G()) s += i; return s; }
    public static string Run() => All().GetAwaiter().GetResult();
}
