// attribute: A=1:pair B=1:pair C=1:pair D=1:pair G=1:pair lambda1=1:function

namespace Rows.InPlace.target_typed_returns;

public interface IX { List<int> A(); Func<int, int> B(); (int X, string? Y) C(); FormattableString D(); ReadOnlySpan<char> G(string s); }
public class Sample : IX
{
    [Instrument] List<int> IX.A() => [1, 2];
    [Instrument] Func<int, int> IX.B() => x => x + 1;
    [Instrument] (int X, string? Y) IX.C() => (1, null);
    [Instrument] FormattableString IX.D() => $"a{1}";
    [Instrument] ReadOnlySpan<char> IX.G(string s) => s;
    public static string Run() { IX x = new Sample(); return $"{x.A().Count}{x.B()(1)}{x.C()}{x.D().Format}{x.G("a").ToString()}"; }
}
