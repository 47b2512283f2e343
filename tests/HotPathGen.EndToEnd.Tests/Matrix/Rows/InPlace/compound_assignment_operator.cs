// attribute: op_AdditionAssignment=1:pair

namespace Rows.InPlace.compound_assignment_operator;

public class Sample { int _x; [Instrument] public void operator +=(int y) { _x += y; } public static string Run() { var s = new Sample(); s += 3; return s._x.ToString(); } }
