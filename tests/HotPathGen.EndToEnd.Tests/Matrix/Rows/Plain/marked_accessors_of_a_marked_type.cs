// attribute: set_Work=1:pair F=1:pair

namespace Rows.Plain.marked_accessors_of_a_marked_type;

[Instrument]
public sealed class Sample
{
    int _x;

    public int Moves { get { return _x; } set => _x = value; }
    public int Work { get => _x; set { _x = Math.Abs(value); } }
    [DoNotInstrument] public int Off() => _x;
    public int F() => _x;

    [DoNotInstrument] public static string Run() { var sample = new Sample { Work = -2 }; sample.Moves++; return $"{sample.F()} {sample.Off()} {sample.Work}"; }
}
