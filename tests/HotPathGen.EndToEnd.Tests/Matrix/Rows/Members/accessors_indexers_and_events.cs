// attribute: get_P=3:in-place set_P=2:in-place get_S=1:pair set_S=1:pair get_Item=3:pair set_Item=2:pair add_E=2:pair remove_E=1:pair get_R=2:pair get_Lazy=1:in-place set_Init=1:in-place
using System.Text;

namespace Rows.Members.accessors_indexers_and_events;

public sealed class Sample
{
    static readonly StringBuilder s_log = new();
    readonly int[] _all = [1, 2, 3];
    EventHandler<int>? _handlers;

    public string P { [Instrument] get { s_log.Append("get "); return field; } [Instrument] private set { s_log.Append("set "); field = value; } } = "initial";
    [Instrument] public static int S { get { return s_log.Length > 0 ? 1 : 0; } set => s_log.Append($"S{value} "); }
    public int this[int i] { [Instrument] get { return _all[i] + s_log.Length * 0; } [Instrument] set { if (i < 0) return; _all[i] = value; } }
    [Instrument] public string this[string name, params int[] rest] => name + rest.Length;
    public event EventHandler<int> E { [Instrument] add { s_log.Append("add "); _handlers += value; } [Instrument] remove { s_log.Append("remove "); _handlers -= value; } }
    [Instrument] public ref int R { get { if (_all.Length > 2) { return ref _all[2]; } return ref _all[0]; } }
    [Instrument] public string Lazy => field ??= string.Concat("la", "zy");
    public required string Init { get; [Instrument] init { s_log.Append("init "); field = value; } }
    public event Action? Plain;

    public static string Run()
    {
        var sample = new Sample { Init = "i" };
        sample.P = sample.P + sample.P;
        sample.P += "";
        S = 4;
        sample[1] += 5;
        sample[-1] = 0;
        sample.R += 10;
        sample.R++;
        EventHandler<int> handler = (sender, x) => s_log.Append($"raised {x} ");
        sample.E += handler;
        sample.E += handler;
        sample.E -= handler;
        sample._handlers!(sample, 3);
        sample.Plain += () => s_log.Append("plain ");
        sample.Plain();
        return $"{s_log}{S} {sample[1]} {sample["n", 1, 2]} {sample._all[2]} {sample.Lazy} {sample.Init}";
    }
}
