// attribute: F=6:pair G=1:pair

namespace Rows.Types.struct_readonly_struct_ref_struct_record_record_struct;

public struct A { int _n; [Instrument] public int F() => ++_n; [Instrument] public readonly int G() => _n; }
public readonly struct B(int n) { [Instrument] public int F() => n; }
public readonly ref struct C { public readonly Span<int> S; public C(Span<int> s) { S = s; } [Instrument] public Span<int> F() => S; }
public record D(int N) { [Instrument] public int F() => N; }
public sealed record class E(int N) : D(N) { [Instrument] public new int F() => base.F() + 1; }
public static class Sample { public static string Run() { A a = default; a.F(); return $"{a.F()}{a.G()}{new B(3).F()}{new C([1, 2]).F().Length}{new E(4).F()}"; } }
