// attribute: Deconstruct=1:pair ToString=1:pair Equals=2:pair GetHashCode=1:pair PrintMembers=1:pair F=3:pair #ctor=1:in-place #ctor=1:pair With=1:pair get_Area=1:pair
using System.Text;

namespace Rows.Types.records;

public abstract record Shape(string Name)
{
    [Instrument] protected virtual bool PrintMembers(StringBuilder text) { text.Append("Name is ").Append(Name); return true; }
    [Instrument] public abstract double Area { get; }
}

public sealed record Square(int Side) : Shape("square")
{
    [Instrument] public Square(string side) : this(int.Parse(side)) { Console.Out.Flush(); }
    [Instrument] Square(Square other) : base(other) { Side = other.Side + 100; _ = string.Concat(Name, "!"); }
    [Instrument] public override double Area => Math.Pow(Side, 2);
    [Instrument] public bool Equals(Square? other) => other is not null && other.Side % 100 == Side % 100;
    [Instrument] public override int GetHashCode() => Side % 100;
    [Instrument] public Square With(int side) => this with { Side = side };
}

public record struct Point(int X, int Y)
{
    [Instrument] public override readonly string ToString() => $"({X}; {Y})";
    [Instrument] public int F() => X++ + Y;
}

public readonly record struct Line<T>(T From, T To) where T : struct
{
    [Instrument] public void Deconstruct(out T to) => to = To;
    [Instrument] public string F() => $"{From}-{To}";
}

public record class Named(string First, string Last = "none") { public string Middle { get; init; } = "m"; [Instrument] public virtual string F() => First + Middle + Last; }

public static class Sample
{
    public static string Run()
    {
        var square = new Square("3");
        var point = new Point(1, 2);
        var line = new Line<int>(4, 5);
        line.Deconstruct(out int to);
        return $"{square.Area} {square.With(4).Side} {square == new Square(103)} {square!.Equals((object)new Square(5))} {square.GetHashCode()} {((Shape)new Named2()).ToString()} {point.F()} {point} {to} {line.F()} {(new Named("a") with { Middle = "b" }).F()}";
    }
}

public record Named2() : Shape("two") { public override double Area => 2; }
