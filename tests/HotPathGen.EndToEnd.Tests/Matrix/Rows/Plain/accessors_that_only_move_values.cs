// attribute: set_Marked=1:pair #ctor=1:pair

namespace Rows.Plain.accessors_that_only_move_values;

public sealed class Sample
{
    int _x;

    public int Moves { get { return _x; } set => _x = value; }
    public int Marked { get => _x; [Instrument] set { _x = value; } }
    [Instrument] public Sample(int x) { _x = x; }
    public Sample() { _x = 9; }
    public int this[int i] => i;

    public static string Run() { var sample = new Sample(1) { Moves = 2 }; sample.Marked = sample.Moves + 1; return $"{sample.Marked} {new Sample().Moves} {sample[4]}"; }
}
