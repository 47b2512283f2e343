// attribute: A=1:pair B=1:pair C=1:pair D=1:pair E=1:pair F=1:pair G=1:pair

namespace Rows.Parameters.every_modifier;

public interface IE { bool E(ref int a, out string b, in long c, ref readonly decimal d, scoped Span<int> e, params ReadOnlySpan<string> f); }

public sealed class Sample : IE
{
    [Instrument] static int A(Big a, in Big b) => a.X + b.Y;
    [Instrument] static void B(out int x, out int y) { y = 2; x = y + 1; }
    [Instrument] static ref int C(ref int x, scoped ref int y) { y++; return ref x; }
    [Instrument] static string D(string a = "a", int? b = null, DayOfWeek c = DayOfWeek.Friday, Big d = default, int e = 5, params List<int> f) => $"{a}{b}{c}{d.X}{e}{f.Count}";
    [Instrument] bool IE.E(ref int a, out string b, in long c, ref readonly decimal d, scoped Span<int> e, params ReadOnlySpan<string> f) { a++; b = $"{c}{d}"; if (f.Length > 1) { e[0] = 5; return true; } return false; }
    [Instrument] static (int A, (string B, long) C) F((int, string)[] all, (object? First, dynamic Second) named) => (all.Length, (named.First + "", named.Second));
    [Instrument] static unsafe int* G(int* p, int** q, delegate*<int*, int> f, void* v, nint n) => f(p) + (int)n > 0 ? *q : p;

    static unsafe int Read(int* p) => *p;

    public static unsafe string Run()
    {
        int a = 1, x = 5, y = 6;
        decimal m = 1;
        Span<int> span = [1];
        B(y: out int second, x: out int first);
        C(ref x, ref y) = 8;
        bool e = ((IE)new Sample()).E(ref a, out string text, 3, in m, span, "p", "q");
        int* p = &a;
        var f = F([(1, "a")], ("o", 4L));
        return $"{A(new(1, 2), new(3, 4))} {first}{second} {x}{y} {D(c: DayOfWeek.Monday, a: "n")} {e}{text}{span[0]}{a} {f.A}{f.C.B}{f.C.Item2} {*G(p, &p, &Read, p, 0)}";
    }
}

public record struct Big(int X, int Y, long A = 0, long B = 0, decimal C = 0);
