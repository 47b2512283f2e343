// attribute: Sum=1:pair Next=8:pair Left=1:pair #ctor=1:in-place op_Addition=1:pair get_Item=1:pair set_Item=1:pair
using System.Text;

namespace Rows.Ordinary.order_of_side_effects;

public sealed class Sample
{
    static readonly StringBuilder s_log = new();

    [Instrument] Sample(int seed, string name) { s_log.Append($"new({seed},{name}) "); }

    [Instrument] static int Next(string name) { s_log.Append(name).Append(' '); return name[0]; }

    [Instrument] static int Sum(int a, int b = 5, params int[] rest) { s_log.Append($"sum({a},{b},{rest.Length}) "); return a + b + rest.Sum(); }

    [Instrument] static Sample Left() { s_log.Append("left "); return new(name: Next("b").ToString(), seed: Next("a")); }

    [Instrument] public static Sample operator +(Sample left, int right) { s_log.Append("plus "); return left; }

    [Instrument] public int this[int first, int second] { get { s_log.Append($"get({first},{second}) "); return first; } [Instrument] set { s_log.Append($"set({first},{second},{value}) "); } }

    public static string Run()
    {
        int sum = Sum(rest: [Next("x"), Next("y")], b: Next("z"), a: Next("w"));
        Sample sample = Left() + Next("q");
        sample[second: Next("s"), first: 1] += 2;
        return s_log.Append(sum).ToString();
    }
}
