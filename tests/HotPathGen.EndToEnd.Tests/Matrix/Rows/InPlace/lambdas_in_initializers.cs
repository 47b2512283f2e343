// attribute: #ctor=1:in-place lambda1=2:function lambda1=1:async

namespace Rows.InPlace.lambdas_in_initializers;

[Instrument]
public class Counts(int n)
{
    public readonly Func<int[]> Made = () => new int[n];
    public Func<int, Task<int>> Later { get; } = async x => { await Task.Yield(); return new int[x + n].Length; };
    public readonly Lazy<int[]> Lazily = new(() => new int[n]);
}

public static class Sample
{
    public static string Run()
    {
        var counts = new Counts(2);
        return $"{counts.Made().Length} {counts.Later(1).Result} {counts.Lazily.Value.Length}";
    }
}
