using System;
using System.Collections.Generic;
using HotPathGen;

internal partial class Partial
{
    public partial Partial(int n);

    public partial Partial(int n) { N = n + Math.Abs(n); }

    public int N { get; set; }

    public partial int Method(int n);

    public partial int Method(int n) { return n + N; }

    partial void Hook(ref int n);

    partial void Hook(ref int n) { n += Math.Max(N, 2); if (n > 1000) return; n++; }

    partial void Never(int n);

    public partial IEnumerable<int> Items();

    public partial IEnumerable<int> Items() { yield return N; }

    public partial int Property { get; set; }

    public partial int Property { get { return N * Method(1); } set { N = value + Method(0); } }

    public partial string Arrow { get; }

    public partial string Arrow => string.Concat("arrow ", N.ToString());

    public partial int this[int index] { get; }

    public partial int this[int index] { get => Method(index); }

    public partial event Action? Event;

    public partial event Action? Event { add { N += Method(0); } remove { N -= Method(0); } }

    public string All()
    {
        int n = 1;
        Hook(ref n);
        Never(n);
        Property = 3;
        Event += null;
        Event -= null;
        return $"{Method(1)} {n} {string.Join(',', Items())} {Property} {Arrow} {this[2]}";
    }
}

internal partial class Pairs
{
    [Instrument] public partial int Count(ReadOnlySpan<char> text);

    private int CountCore(ReadOnlySpan<char> text) { return text.Length; }

    [Instrument] public static partial IEnumerable<int> Numbers(int n);

    private static IEnumerable<int> NumbersCore(int n) { for (int i = 0; i < n; i++) yield return i; }

    // This is not a core: there is no partial declaration for it.
    public int HardCore() { return 6; }
}

internal static class Sample
{
    public static string Run() { return new Partial(2).All() + $" {new Pairs().Count("abc")} {string.Join(',', Pairs.Numbers(3))} {new Pairs().HardCore()}"; }
}
