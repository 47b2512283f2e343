// attribute: Method=1:in-place get_P=1:in-place set_P=1:in-place #ctor=1:in-place #cctor=1:in-place op_Addition=1:in-place Local=1:in-place Lambda=1:in-place lambda1=1:function add_E=1:in-place get_Item=1:in-place Finish=1:async Items=1:iterator Explicit=1:in-place Generic=1:in-place op_Implicit=1:in-place Stream=1:async-iterator

namespace Rows.Callers.every_kind_out_of_hot_methods;

public interface IExplicit { string Explicit(); }

public sealed class Sample : IExplicit
{
    static readonly List<string> s_log = [];

    static string OutTakes([CallerMemberName] string name = "", [CallerLineNumber] int line = 0, [CallerFilePath] string file = "", int x = 0, [CallerArgumentExpression(nameof(x))] string text = "-")
    {
        s_log.Add($"{name}:{line}:{file}:{text}");
        return name;
    }

    [Instrument] static Sample() { OutTakes(); }
    [Instrument] Sample() => OutTakes(x: 1 + 1);
    [Instrument] string Method() { if (s_log.Count > 100) return OutTakes(); return OutTakes(x: s_log.Count); }
    string P { [Instrument] get => OutTakes(); [Instrument] set { OutTakes(); } }
    [Instrument] string this[int i] => OutTakes();
    event Action E { [Instrument] add { OutTakes(); } remove { } }
    [Instrument] public static string operator +(Sample left, int right) => OutTakes();
    [Instrument] public static implicit operator string(Sample x) { return OutTakes(); }
    [Instrument] string IExplicit.Explicit() => OutTakes();
    [Instrument] static string Generic<T>() where T : struct => OutTakes();
    [Instrument] static string Lambda() { Func<string> lambda = () => OutTakes(); return lambda(); }
    [Instrument] async Task<string> Finish([CallerMemberName] string own = "") { await Task.Yield(); return own + OutTakes(); }
    [Instrument] static IEnumerable<string> Items(int count = 2) { while (count-- > 0) yield return OutTakes(); }
    [Instrument] static async IAsyncEnumerable<string> Stream([EnumeratorCancellation] CancellationToken token = default) { await Task.Yield(); yield return OutTakes(); }

    static async Task<string> All()
    {
        var sample = new Sample();
        sample.P = sample.Method() + sample.P + sample[1] + (sample + 1) + sample + ((IExplicit)sample).Explicit() + Generic<int>() + Lambda() + Local() + await sample.Finish() + string.Concat(Items());
        sample.E += () => { };
        await foreach (string item in Stream()) s_log.Add(item);
        return string.Join("\n", s_log);

        [Instrument] static string Local() { return OutTakes(); }
    }

    public static string Run() => All().GetAwaiter().GetResult();
}
