// attribute: Main=1:async Later=2:async Half=1:pair
// project: <LangVersion>12.0</LangVersion>
using Point = (int X, int Y);

internal sealed class Program(int start)
{
    [Instrument]
    private static async Task<int> Main()
    {
        var program = new Program(1);
        Console.WriteLine(await program.Later() + await program.Later() + Half([8, 2]).Y);
        return 0;
    }

    [Instrument] private async Task<int> Later(int step = 1) { await Task.Yield(); return start += step; }

    [Instrument] private static Point Half(int[] all) => (all[0] / 2, all is [.., var last] ? last : 0);
}
