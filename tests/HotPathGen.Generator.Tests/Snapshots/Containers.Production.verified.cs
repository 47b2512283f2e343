//// /src/Sample.cs
namespace Deep.Down
{
    public static class Extensions { [Instrument] public static int Words(this string text, char separator = ' ') => text.Split(separator).Length; }
    public readonly record struct Point(int X) { [Instrument] public int Twice() => X * 2; }
    public record Person(string Name)
    {
        private protected abstract class Inner<T> { [Instrument] protected virtual T Give(T given) => given; }
    }
}

