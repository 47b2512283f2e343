using System;
using System.Collections.Generic;

internal class Base
{
    public readonly List<string> Order = [];

    static Base() { Static += "Base;"; }

    public static string Static = "";

    protected Base(string name) { Order.Add("Base " + name); }
}

internal sealed class Derived : Base
{
    public readonly int Number;
    public readonly Func<int, int> Function;

    public Derived() : this(new List<int> { 1, 2 }.Count, x => { return x + 1; }) { Order.Add("default"); }

    public Derived(int number, Func<int, int> function) : base($"{number}")
    {
        if (number < 0)
        {
            Number = -1;
            Function = function;
            return;
        }

        Number = number;
        Function = function;
        Order.Add("two");
    }

    public Derived(out int written) : this(1, x => x) { written = Order.Count; }

    public Derived(string fails) : base(fails) => throw new ArgumentException(Order[0] + fails);

    static Derived()
    {
        Static += "Derived;";
        if (Static.Length > 1000) return;
        Static += "end;";
    }
}

internal sealed class Primary(int x, int y = 2)
{
    private readonly int _sum = x + y;

    public Primary(string text) : this(text.Length) { Text = text + text; }

    public string Text { get; } = "";

    public int Sum() { return _sum + x; }

    public int Captured => x + y + Sum();
}

internal struct Value
{
    public int A;
    public readonly int B;

    public Value() { A = 1; B = int.Parse("2"); }

    public Value(int a) { A = a; B = Math.Max(a, 3); if (a == 5) { return; } A++; }

    public Value(int a, int b) => (A, B) = (Math.Abs(a), b);

    public readonly int Sum() => A + B;
}

internal readonly record struct Point(int X, int Y)
{
    public Point(int both) : this(both, both) { _ = both.ToString(); }

    public Point(string text) : this(int.Parse(text)) => Console.Write("");
}

internal sealed record Person(string Name)
{
    public Person(string first, string last) : this(first + " " + last) { Length = Name.Length.ToString().Length; }

    public int Length { get; init { field = value + Math.Abs(value); } }
}

internal sealed class Finalized
{
    public static int Count;

    ~Finalized()
    {
        Count++;
        if (Count < 0)
        {
            return;
        }

        Console.Out.Write("");
    }
}

internal static class Sample
{
    public static string Run()
    {
        var derived = new Derived();
        _ = new Derived(out int written);
        string failed = "";
        try { _ = new Derived("no"); } catch (ArgumentException e) { failed = e.Message; }
        GC.KeepAlive(new Finalized());
        return $"{string.Join(',', derived.Order)} {derived.Function(2)} {new Derived(-1, x => x).Number} {written} {failed} {Base.Static} "
            + $"{new Primary("abc").Captured} {new Primary("abc").Text} {new Value().Sum()} {new Value(5).A} {new Value(6).A} {new Value(-1, 2).Sum()} "
            + $"{new Point(3)} {new Point("4")} {new Person("a", "b")}";
    }
}
