using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

internal static unsafe class Passing
{
    public static void Swap<T>(ref T a, ref T b) { (a, b) = (b, a); }

    public static bool TryGet(string key, [NotNullWhen(true)] out string? value) { value = key.Length > 1 ? key : null; return value is not null; }

    public static ref readonly int Max(in int a, ref readonly int b) { return ref (a > b ? ref a : ref b); }

    public static int Optional(int a, int b = 2, string? c = null, double d = double.NaN, DayOfWeek e = DayOfWeek.Friday, decimal f = 1.5m, char g = '\n', string h = "a\"b\\", int? i = null, Guid j = default)
    {
        return a + b + (c?.Length ?? 0) + (double.IsNaN(d) ? 1 : 0) + (int)e + (int)f + g + h.Length + (i ?? 0) + (j == default ? 1 : 0);
    }

    public static int Many(string format, params object?[] arguments) { return arguments.Length; }

    public static int Spans(params ReadOnlySpan<int> items) { return items.Length; }

    public static int List(params System.Collections.Generic.List<int> items) { return items.Count; }

    public static Span<int> Keep(Span<int> kept, scoped Span<int> dropped) { return kept[..Math.Min(kept.Length, dropped.Length)]; }

    public static Span<byte> Scoped(scoped ref readonly int number, Span<byte> room) { room[0] = (byte)number; return room[..1]; }

    public static int Length(this string text) { return text.Length; }

    public static ref int Element(this ref Pair pair, bool second) { if (second) return ref pair.B; return ref pair.A; }

    public static int Sum(this in Pair pair) { return pair.A + pair.B; }

    public static int* Advance(int* pointer, nint by) { return pointer + by; }

    public static int Call(delegate* managed<int, int> function, delegate*<ref int, void> other, void** nothing) { int n = function(1); other(ref n); return n; }

    public static nint Native(nint a, nuint b, int[,] c, int[][] d, int?[]? e) => a + (nint)b + c.Length + d.Length + (e?.Length ?? 0);

    public static dynamic Dynamic(dynamic a, object b, dynamic[]? c = null) { return a + b.ToString(); }

    public static (int A, (string B, object? C) D) Tuple((int X, string Y) given, Func<(int P, int Q), bool>? test = null) { return (given.X, (given.Y, null)); }

    public static string Handler(int count, [InterpolatedStringHandlerArgument("count")] ref Counter text) { return $"{count}:{text.Written}"; }

    public static int Stack() { Span<int> span = stackalloc int[3]; span.Fill(2); Span<int> other = [1, 2, 3]; return span[0] + other[1]; }

    [return: NotNullIfNotNull(nameof(text))]
    public static string? Trim(string? text) { return text?.Trim(); }

    [return: MaybeNull, NotNullIfNotNull("list")]
    public static T FirstOrDefault<T>([AllowNull] T[] list) { return list is { Length: > 0 } ? list[0] : default!; }

#nullable disable
    public static string Oblivious(string text, System.Collections.Generic.List<string> list) { return text ?? list[0]; }
#nullable restore

    public static void Discards(int _, int __) { }

    public static T Allows<T>(T value) where T : allows ref struct { return value; }

    public static System.Collections.Generic.Dictionary<string, System.Collections.Generic.List<int?>?>? Long(global::System.Collections.Generic.Dictionary<string, System.Collections.Generic.List<int?>?>? given) { return given; }

    public static TEnum Parse<TEnum>(string text) where TEnum : struct, Enum { return Enum.Parse<TEnum>(text); }

    public static int Unmanaged<T>(T* pointer) where T : unmanaged { return sizeof(T); }
}

internal struct Pair { public int A, B; }

[InterpolatedStringHandler]
internal ref struct Counter(int literal, int holes, int count)
{
    public int Written = count + holes;

    public void AppendLiteral(string text) { Written += text.Length; }

    public void AppendFormatted<T>(T value) { Written += 100; }
}

internal readonly ref struct View
{
    private readonly Span<int> _span;

    public View(Span<int> span) { _span = span; }

    public readonly Span<int> All() { return _span; }

    public readonly ref int this[int index] { get { return ref _span[index]; } }
}

internal struct Holder
{
    private int _field;

    [UnscopedRef] public ref int Field() { return ref _field; }

    public readonly override string ToString() { return _field.ToString(); }
}

internal static unsafe class Sample
{
    private static int Increment(int n) => n + 1;

    private static void Double(ref int n) => n *= 2;

    public static string Run()
    {
        int a = 1, b = 2;
        Passing.Swap(ref a, ref b);
        Passing.TryGet("key", out string? value);
        var pair = new Pair { A = 1, B = 2 };
        pair.Element(true) = 9;
        Span<int> room = stackalloc int[4];
        Span<int> small = stackalloc int[2];
        Span<byte> bytes = stackalloc byte[4];
        var view = new View(room);
        view[2] = 5;
        var holder = new Holder();
        holder.Field() = 12;
        int[] numbers = [1, 2, 3];
        string pointed;
        fixed (int* pointer = numbers) { pointed = $"{*Passing.Advance(pointer, 2)} {Passing.Unmanaged(pointer)}"; }
        return $"{a} {b} {value} {Passing.Max(in a, in b)} {Passing.Optional(1)} {Passing.Optional(1, j: Guid.Empty, c: "xx")} {Passing.Many("f", 1, null)} {Passing.Spans(1, 2, 3)} {Passing.List(1, 2)} "
            + $"{Passing.Keep(room, small).Length} {Passing.Scoped(in a, bytes)[0]} {Passing.Length("four")} {pair.B} {pair.Sum()} {pointed} {Passing.Call(&Increment, &Double, null)} "
            + $"{Passing.Native(1, 2, new int[2, 2], [[1]], null)} {Passing.Dynamic("a", 1)} {Passing.Tuple((1, "y")).D.B} {Passing.Handler(3, $"text {a} more")} {Passing.Stack()} {Passing.Trim(" t ")} "
            + $"{Passing.FirstOrDefault([7])} {Passing.Oblivious(null!, ["o"])} {view.All().Length} {holder} {Passing.Allows(room).Length} {Passing.Long(null) is null} {Passing.Parse<DayOfWeek>("Friday")}";
    }
}
