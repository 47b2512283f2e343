// attribute: F=1:pair

namespace Rows.Parameters.defaults;

public static class Sample { public enum E { A, B } [Instrument] static string F(int a = 1 + 2, string b = "x\n", E e = E.B, DateTime d = default, decimal m = 1.5m, char c = '\'', double n = double.NaN, int? i = null, System.Threading.CancellationToken t = default) => $"{a}{b}{e}{d.Ticks}{m}{c}{n}{i}{t.CanBeCanceled}"; public static string Run() => System.FormattableString.Invariant($"{F()}"); }
