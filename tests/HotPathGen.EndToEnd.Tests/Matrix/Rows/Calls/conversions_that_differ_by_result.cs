// attribute: op_Implicit=2:pair op_Explicit=3:pair

namespace Rows.Calls.conversions_that_differ_by_result;

public readonly struct Sample(double value)
{
    readonly double _value = value;

    [Instrument] public static implicit operator string(Sample s) => "text " + s._value;
    [Instrument] public static implicit operator double(Sample s) => s._value + 1;
    [Instrument] public static explicit operator int(Sample s) => (int)s._value;
    [Instrument] public static explicit operator long(Sample s) { return (long)s._value * 10; }
    [Instrument] public static explicit operator Sample(int x) { return new(x); }

    public static string Run()
    {
        var sample = (Sample)3;
        string text = sample;
        double real = sample;
        return FormattableString.Invariant($"{text} {real} {(int)sample} {(long)sample}");
    }
}
