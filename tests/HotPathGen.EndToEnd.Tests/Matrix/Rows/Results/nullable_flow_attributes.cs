// attribute: F=1:pair G=1:pair
using System.Diagnostics.CodeAnalysis;

namespace Rows.Results.nullable_flow_attributes;

public class Sample
{
    string? _s;
    [Instrument, MemberNotNull(nameof(_s))] void G() { _s = "x"; }
    [Instrument] static bool F(int x, [NotNullWhen(true)] out string? s) { s = x > 0 ? "p" : null; return s is not null; }
    public static string Run() { var s = new Sample(); s.G(); return F(1, out var t) ? t.Length + s._s : ""; }
}
