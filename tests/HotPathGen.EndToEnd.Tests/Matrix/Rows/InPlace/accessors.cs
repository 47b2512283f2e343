// attribute: get_P=1:pair set_P=1:pair get_Q=1:pair get_Item=1:pair add_E=1:pair get_R=1:pair

namespace Rows.InPlace.accessors;

public class Sample
{
    int _p; static int[] s_r = [1];
    public int P { [Instrument] get { return _p; } [Instrument] set { if (value < 0) return; _p = value; } }
    [Instrument] public string Q => "q" + _p;
    [Instrument] public int this[int i] => i + 1;
    public event Action E { [Instrument] add { _p++; } remove { } }
    [Instrument] public static ref int R => ref s_r[0];
    public static string Run() { var s = new Sample { P = 2 }; s.E += () => { }; R = 5; return $"{s.P}{s.Q}{s[1]}{s_r[0]}"; }
}
