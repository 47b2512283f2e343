using System;
using System.Collections.Generic;
using System.Linq;

internal sealed class Arrows
{
    private int _value;
    private readonly int[] _items = [1, 2, 3];

    public Arrows(int value) => _value = value;

    static Arrows() => Created = "static";

    ~Arrows() => _value = 0;

    public static string Created { get; }

    public int Sum() => _items.Sum();

    public int Sum(int extra)
        => _items.Sum()
            + extra;

    public void Add(int amount) => _value += amount;

    public void Call() => Sum();

    public int Value
    {
        get => _value + _items.Length;
        set => _value = value + _items[0];
    }

    public int Doubled => _items.Length * 2 + Sum();

    public string Text =>
        // a comment between arrow and expression
        string.Join(",", _items) /* and one behind */ ;

    public string Parted =>
        string.Join(
            "-",
            _items) // a comment, and the semicolon on its own line
        ;

    public ref int First => ref _items[0];

    public ref readonly int Last() => ref _items[^1];

    public int this[int index] => _items[index] + 0;

    public ref int this[long index] => ref _items[(int)index];

    public event Action Changed
    {
        add => _value += value is null ? 1 : _items.Length;
        remove => _value -= _items.Length;
    }

    public int Thrown => throw new InvalidOperationException("thrown " + _items.Length);

    public void Throw() => throw new InvalidOperationException("thrown");

    public int ThrowOr(bool fail) => fail ? throw new InvalidOperationException("or") : 5;

    public static Arrows operator +(Arrows left, Arrows right) => new(left._value + right._value);

    public static implicit operator int(Arrows arrows) => arrows._value + arrows._items.Length;

    public IEnumerable<int> Lazy() => _items.Select(item => item + _value);

    public (int Count, string Name) Tuple() => (_items.Length, nameof(Tuple));

    public Func<int, Func<int, int>> Curried() => a => b => a + b + _value;

    public ReadOnlySpan<int> Constants => [1, 2, 3, 5];

    public object? Nothing(object? given) => given is string { Length: > 0 } text && int.TryParse(text, out var number) ? number : default;

    public int Parsed => int.TryParse(_items.Length.ToString(), out var number) && number is var same ? same : -1;
}

internal static class Sample
{
    public static string Run()
    {
        var arrows = new Arrows(10);
        arrows.Add(1);
        arrows.Call();
        arrows.Value = 3;
        arrows.First = 7;
        arrows[1L] = 9;
        arrows.Changed += () => { };
        arrows.Changed -= () => { };
        string failed = "";
        try { _ = arrows.Thrown; } catch (InvalidOperationException e) { failed += e.Message; }
        try { arrows.Throw(); } catch (InvalidOperationException e) { failed += e.Message; }
        try { arrows.ThrowOr(true); } catch (InvalidOperationException e) { failed += e.Message; }
        int converted = arrows + arrows;
        return $"{arrows.Sum()} {arrows.Sum(4)} {arrows.Value} {arrows.Doubled} {arrows.Text + arrows.Parted} {arrows.First} {arrows.Last()} {arrows[2]} {arrows[1L]} "
            + $"{failed} {converted} {string.Join('-', arrows.Lazy())} {arrows.Tuple()} {arrows.Curried()(1)(2)} {arrows.Constants.Length} "
            + $"{arrows.Nothing("12")} {arrows.Nothing(3)} {arrows.Parsed} {Arrows.Created} {arrows.ThrowOr(false)}";
    }
}
