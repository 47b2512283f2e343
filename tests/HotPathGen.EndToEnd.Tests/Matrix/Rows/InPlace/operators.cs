// attribute: op_Addition=1:pair op_Implicit=1:pair op_CheckedExplicit=1:pair op_Explicit=1:pair

namespace Rows.InPlace.operators;

public readonly struct Sample(int x)
{
    readonly int _x = x;
    [Instrument] public static Sample operator +(Sample a, Sample b) => new(a._x + b._x);
    [Instrument] public static implicit operator Sample(int x) { return new(x); }
    [Instrument] public static explicit operator byte(Sample a) => (byte)a._x;
    [Instrument] public static explicit operator checked byte(Sample a) => checked((byte)a._x);
    public static string Run() { Sample s = 1; byte b = unchecked((byte)s); byte c = checked((byte)s); return ((s + s)._x + b + c).ToString(); }
}
