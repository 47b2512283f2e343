// attribute: Local=2:in-place Captures=1:async Own=1:pair
// project: <SignAssembly>true</SignAssembly><AssemblyOriginatorKeyFile>../key.snk</AssemblyOriginatorKeyFile>
// items: <ProjectReference Include="../Signed/Signed.csproj" />
int seen = 0;
Console.WriteLine($"{Local(1)} {await Captures(2)} {Local(seen)} {Types.Own(Shared.Open())} {Shared.Hidden(5)}");
await Task.Yield();
return args.Length;

[Instrument] static int Local(int x) => x * 2;

[Instrument] async Task<int> Captures(int x) { await Task.Yield(); seen += x; return seen; }

internal static class Types
{
    [Instrument] internal static string Own(string text) => $"<{text}>";
}
