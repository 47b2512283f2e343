// attribute: F=1:pair G=1:pair H=1:pair

namespace Rows.Attributed.skip_locals_init;

public interface IG { int G(); }

[SkipLocalsInit]
public unsafe class Whole { [Instrument] public static int H() { Span<int> all = stackalloc int[8]; all.Fill(2); return all[3]; } }

public sealed unsafe class Sample : IG
{
    [Instrument, SkipLocalsInit] static int F() { int* all = stackalloc int[64]; for (int i = 0; i < 64; i++) all[i] = i; return all[63]; }
    [Instrument, SkipLocalsInit] int IG.G() { byte* all = stackalloc byte[16]; all[15] = 7; return all[15]; }
    public static string Run() => $"{F()} {((IG)new Sample()).G()} {Whole.H()}";
}
