namespace HotPathGen.EndToEnd.Tests;

/// <summary>The tool as a user gets it: packed into the feed and installed from there into a folder, once for each run.</summary>
internal static class InstalledTool
{
    private static readonly Lazy<string> s_program = new(Install);

    public static string Program => s_program.Value;

    /// <summary>Runs <c>dotnet-hotpath</c>.</summary>
    public static Outcome Run(string folder, params string[] arguments) => RunWith([], folder, arguments);

    public static Outcome RunWith(Dictionary<string, string> environment, string folder, params string[] arguments) =>
        Dotnet.Start(Program, environment, folder, arguments);

    private static string Install()
    {
        string folder = Project.NewFolder("tool");
        Dotnet
            .Run(
                Package.Repository,
                "pack",
                "src/HotPathGen.Tool",
                "-c",
                "Release",
                "-o",
                Path.Combine(Package.Folder, "feed"),
                $"-p:Version={Package.Version}"
            )
            .MustSucceed();
        Dotnet.Run(folder, "tool", "install", "dotnet-hotpath", "--tool-path", folder, "--version", Package.Version).MustSucceed();
        return Path.Combine(folder, OperatingSystem.IsWindows() ? "dotnet-hotpath.exe" : "dotnet-hotpath");
    }
}
