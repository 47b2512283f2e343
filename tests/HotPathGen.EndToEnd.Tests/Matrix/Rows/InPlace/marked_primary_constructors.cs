// attribute: #ctor=4:in-place

namespace Rows.InPlace.marked_primary_constructors;

[method: Instrument]
public class Counts(int n)
{
    public readonly int[] Made = new int[n];
    public int Length { get; } = n.ToString().Length;
}

[method: Instrument]
public record Named(string Text)
{
    public string Twice { get; } = Text + Text;
}

[Instrument]
public record Left(int N)
{
    private readonly int[] _made = new int[N];
    [DoNotInstrument] public int Length => _made.Length;
}

[method: DoNotInstrument]
public struct Plain(int n)
{
    public readonly int[] Made = new int[n];
}

public static class Sample
{
    public static string Run() => $"{new Counts(2).Made.Length + new Counts(10).Length} {new Named("a").Twice} {new Left(3).Length} {new Plain(4).Made.Length}";
}
