// attribute: op_UnaryNegation=1:pair op_CheckedUnaryNegation=1:pair op_Increment=1:pair op_True=2:pair op_False=1:pair op_BitwiseAnd=1:pair op_Equality=1:pair op_Inequality=1:pair op_LessThan=1:pair op_GreaterThan=1:pair op_LeftShift=1:pair op_UnsignedRightShift=1:pair op_Addition=1:pair op_CheckedAddition=1!1:pair op_IncrementAssignment=1:pair op_SubtractionAssignment=1:pair op_OnesComplement=1:pair op_LogicalNot=1:pair

namespace Rows.Members.operators_of_every_kind;

public readonly struct Number(int value)
{
    public readonly int Value = value;
    [Instrument] public static Number operator -(Number x) => new(-x.Value);
    [Instrument] public static Number operator checked -(Number x) => new(checked(-x.Value));
    [Instrument] public static Number operator ++(Number x) => new(x.Value + 1);
    [Instrument] public static bool operator true(Number x) => x.Value != 0;
    [Instrument] public static bool operator false(Number x) { return x.Value == 0; }
    [Instrument] public static Number operator &(Number x, Number y) => new(x.Value & y.Value);
    [Instrument] public static bool operator ==(Number x, Number y) => x.Value == y.Value;
    [Instrument] public static bool operator !=(Number x, Number y) => !(x.Value == y.Value);
    [Instrument] public static bool operator <(Number x, in Number y) => x.Value < y.Value;
    [Instrument] public static bool operator >(Number x, in Number y) => x.Value > y.Value;
    [Instrument] public static Number operator <<(Number x, string y) => new(x.Value << y.Length);
    [Instrument] public static Number operator >>>(Number x, int y) => new(x.Value >>> y);
    [Instrument] public static Number operator +(Number x, Number y) => new(unchecked(x.Value + y.Value));
    [Instrument] public static Number operator checked +(Number x, Number y) => new(checked(x.Value + y.Value));
    [Instrument] public static Number operator ~(Number x) => new(~x.Value);
    [Instrument] public static string operator !(Number x) => "not " + x.Value;
    public override bool Equals(object? other) => other is Number number && number.Value == Value;
    public override int GetHashCode() => Value;
}

public sealed class Counter
{
    public int Value;
    [Instrument] public void operator ++() { Value++; }
    [Instrument] public void operator -=(Counter other) => Value -= other.Value;
}

public static class Sample
{
    public static string Run()
    {
        Number a = new(6), b = new(3), c = a;
        c++;
        string log = $"{(-a).Value} {checked(-a).Value} {c.Value} ";
        if (a && b) log += "and ";
        if (c) log += "true ";
        log += $"{a == b} {a != b} {a < b} {a > b} {(a << "ab").Value} {(a >>> 1).Value} {(a + b).Value} {(~a).Value} {!a} ";
        try { _ = checked(new Number(int.MaxValue) + a); } catch (OverflowException) { log += "over "; }
        var counter = new Counter();
        counter++;
        counter -= new Counter { Value = 5 };
        return log + counter.Value;
    }
}
