// attribute: F=1:pair G=1:pair

namespace Rows.InPlace.ref_locals_and_returns;

public class Sample : Sample.IRef { interface IRef { ref int F(int[] a); ref readonly int G(int[] a); } [Instrument] ref int IRef.F(int[] a) { if (a.Length > 1) return ref a[1]; return ref a[0]; } [Instrument] ref readonly int IRef.G(int[] a) => ref a[0]; public static string Run() { IRef r = new Sample(); int[] a = [1, 2]; r.F(a)++; return a[1].ToString() + r.G(a); } }
