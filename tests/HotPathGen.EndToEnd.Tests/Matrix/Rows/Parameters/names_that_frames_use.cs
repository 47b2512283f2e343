// attribute: F=1:pair G=1:pair H=1:iterator

namespace Rows.Parameters.names_that_frames_use;

public interface IG { int G(int frame, int result, int completed); IEnumerable<int> H(int core, int value); }

public sealed class Sample : IG
{
    [Instrument] static int F(int frame, ref int result, out int completed, int value = 1) { completed = frame; result++; return value; }
    [Instrument] int IG.G(int frame, int result, int completed) { int value = frame; { int local = result; value += local; } return value + completed; }
    [Instrument] IEnumerable<int> IG.H(int core, int value) { yield return core; yield return value++; }

    public static string Run() { int result = 1; IG g = new Sample(); return $"{F(2, ref result, out int completed)}{result}{completed} {g.G(1, 2, 3)} {string.Join(',', g.H(4, 5))}"; }
}
