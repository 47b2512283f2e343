using System;
using System.Collections.Generic;
using HotPathGen;

file class Hidden
{
    private readonly int _n;

    public Hidden(int n) { _n = Math.Abs(n); }

    public int Twice() { return _n * 2; }

    public T Generic<T>(T value) where T : notnull { return value; }

    internal class Inner
    {
        public static string Said() { return "inner"; }

        public static IEnumerable<int> Items() { yield return 1; }
    }
}

file static class HiddenExtensions
{
    public static int Thrice(this int n) { return n * 3; }
}

file interface IHidden
{
    int N() { return 5; }
}

file sealed class Implements : IHidden;

[Instrument]
internal static class Sample
{
    public static string Run() { return $"{new Hidden(-4).Twice()} {new Hidden(1).Generic("g")} {Hidden.Inner.Said()} {string.Join(',', Hidden.Inner.Items())} {3.Thrice()} {((IHidden)new Implements()).N()}"; }
}
