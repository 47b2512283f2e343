// attribute: F=1:pair Slice=1:pair get_Item=2:pair Dispose=1:pair MoveNext=3:pair #ctor=1:in-place G=1:pair

namespace Rows.Types.ref_structs;

public ref struct Walk
{
    readonly ReadOnlySpan<int> _all;
    ref int _sum;
    int _at;

    [Instrument] public Walk(ReadOnlySpan<int> all, ref int sum) { _all = all; _sum = ref sum; _at = -1; if (all.IsEmpty) return; _sum = 100; }

    [Instrument] public bool MoveNext() { if (++_at >= _all.Length) return false; _sum += _all[_at]; return true; }
    public readonly ref readonly int Current => ref _all[_at];
    [Instrument] public readonly ref readonly int this[int i] => ref _all[i];
    [Instrument] public readonly Walk Slice(int start) => this with { };
    [Instrument] public void Dispose() { _sum++; _at = -1; }
}

public readonly ref struct Pair<T>(ref T left, Span<T> right) where T : struct
{
    public readonly ref T Left = ref left;
    readonly Span<T> _right = right;
    [Instrument] public ref T F(int i) => ref _right[i];
    [Instrument] public Span<T> G(scoped ref T other) { _right[0] = other; return _right; }
}

public static class Sample
{
    public static string Run()
    {
        int sum = 0, other = 9;
        string log = "";
        using (var walk = new Walk([1, 2], ref sum))
        {
            var copy = walk;
            while (copy.MoveNext()) log += copy.Current;
            log += walk[0] + walk.Slice(1)[1];
        }

        var pair = new Pair<int>(ref sum, new int[2]);
        pair.F(1) = 7;
        return $"{log} {sum} {string.Join(',', pair.G(ref other).ToArray())}";
    }
}
