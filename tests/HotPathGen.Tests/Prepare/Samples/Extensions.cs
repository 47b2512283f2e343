using System;
using System.Collections.Generic;
using System.Linq;

internal static class Classic
{
    public static int Words(this string text) { return text.Split(' ').Length; }

    public static void Grow(this ref int n) { n++; }

    public static IEnumerable<T> Every<T>(this IEnumerable<T> items, int n)
    {
        int i = 0;
        foreach (T item in items) if (i++ % n == 0) yield return item;
    }
}

internal static class Blocks
{
    extension(string text)
    {
        public int Letters() { return text.Count(char.IsLetter); }

        public string Upper => text.ToUpperInvariant();

        public static string Blank(int n) { return new string(' ', n); }

        public char First { get { return text[0]; } }

        public IEnumerable<char> Reversed() { for (int i = text.Length; i-- > 0;) yield return text[i]; }
    }

    extension<T>(List<T> list) where T : IComparable<T>
    {
        public T Largest() { if (list.Count == 0) throw new InvalidOperationException(); return list.Max()!; }

        public U Map<U>(Func<T, U> map) => map(list[0]);

        public static List<T> operator +(List<T> a, List<T> b) { return [.. a, .. b]; }
    }

    extension(ref int number)
    {
        public void Double() { number *= 2; }

        public void operator *=(string text) { number *= text.Length; }
    }

    public static int Ordinary(int n) { return n + 1; }
}

internal static class Sample
{
    public static string Run()
    {
        int n = 3;
        n.Grow();
        n.Double();
        List<int> list = [1, 5, 2];
        return $"{"a b".Words()} {n} {string.Join(',', list.Every(2))} {"a1b".Letters()} {"up".Upper} {string.Blank(2)}| {"xyz".First} {string.Concat("abc".Reversed())} {list.Largest()} {list.Map(x => x * 2)} {(list + list).Count} {Blocks.Ordinary(1)}";
    }
}
