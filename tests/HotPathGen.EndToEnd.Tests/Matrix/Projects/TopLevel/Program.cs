// attribute: Local=2:in-place Captures=1:async Own=1:pair lambda1=1:function lambda2=2:function lambda3=1:async lambda4=1:async
// project: <SignAssembly>true</SignAssembly><AssemblyOriginatorKeyFile>../key.snk</AssemblyOriginatorKeyFile>
// items: <ProjectReference Include="../Signed/Signed.csproj" />
int seen = 0;
Console.WriteLine($"{Local(1)} {await Captures(2)} {Local(seen)} {Types.Own(Shared.Open())} {Shared.Hidden(5)}");
Func<int, int> moves = [Instrument] (x) => x + 1;
Func<int, int[]> makes = [Instrument] static (int x) => { return new int[x]; };
Func<int, Task<int>> later = [Instrument] async (x) => { await Task.Yield(); return seen += new int[x].Length; };
Action<int> started = [Instrument] async (x) => { await Task.CompletedTask; seen += new int[x].Length; };
Func<int, object> leftOut = [DoNotInstrument] (x) => new int[x];
started(3);
Console.WriteLine($"{moves(1)} {makes(2).Length + makes(3).Length} {await later(4)} {seen} {leftOut(1)}");
await Task.Yield();
return args.Length;

[Instrument] static int Local(int x) => x * 2;

[Instrument] async Task<int> Captures(int x) { await Task.Yield(); seen += x; return seen; }

internal static class Types
{
    [Instrument] internal static string Own(string text) => $"<{text}>";
}
