// attribute: A=1:pair B=1:pair C=1:pair D=1:pair E=1:pair F=1:pair G=1:pair H=1:pair get_P=1:pair I=1:pair J=1:async

namespace Rows.Attributed.method_impl_of_every_kind;

public interface IH { int H(); }

public sealed class Sample : IH
{
    int _held;

    [Instrument, MethodImpl(MethodImplOptions.NoInlining)] static int A() => 1;
    [Instrument, MethodImpl(MethodImplOptions.AggressiveInlining)] static int B() => 2;
    [Instrument, MethodImpl(MethodImplOptions.AggressiveOptimization)] static int C() => 3;
    [Instrument, MethodImpl(MethodImplOptions.NoOptimization)] static int D() => 4;
    [Instrument, MethodImpl(MethodImplOptions.PreserveSig)] static int E() => 5;
    [Instrument, MethodImpl(MethodImplOptions.Synchronized)] static bool F() => Monitor.IsEntered(typeof(Sample));
    [Instrument, MethodImpl(MethodImplOptions.Synchronized | MethodImplOptions.NoInlining)] bool G() { _held++; return Monitor.IsEntered(this); }
    [Instrument, MethodImpl(MethodImplOptions.NoInlining)] int IH.H() => 8;
    public string P { [Instrument, MethodImpl(MethodImplOptions.Synchronized)] get { return Monitor.IsEntered(this).ToString(); } }
    [Instrument, MethodImpl(MethodCodeType = MethodCodeType.IL)] static int I() => 9;
    [Instrument, MethodImpl(MethodImplOptions.NoInlining)] static async Task<int> J() { await Task.Yield(); return 10; }

    public static string Run()
    {
        var sample = new Sample();
        return $"{A()} {B()} {C()} {D()} {E()} {F()} {sample.G()} {((IH)sample).H()} {sample.P} {I()} {J().Result} {Monitor.IsEntered(sample)} {typeof(Sample).GetMethod(nameof(A), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.IsStatic}";
    }
}
