// attribute: Open=1:pair Hidden=1:pair get_Item=2:pair
// project: <OutputType>Library</OutputType><SignAssembly>true</SignAssembly><AssemblyOriginatorKeyFile>../key.snk</AssemblyOriginatorKeyFile>
// items: <InternalsVisibleTo Include="TopLevel" Key="$(MatrixPublicKey)" />

public static class Shared
{
    [Instrument] public static string Open() => "open " + Inner.Instance[1] + (typeof(Shared).Assembly.GetName().GetPublicKey()!.Length > 0);

    [Instrument] internal static string Hidden(int x) { return "hidden " + Inner.Instance[x]; }

    private sealed class Inner
    {
        internal static readonly Inner Instance = new();
        [Instrument] internal int this[int i] { get { return i * 2; } }
    }
}
