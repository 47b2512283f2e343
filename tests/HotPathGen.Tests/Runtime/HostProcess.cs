using System.Diagnostics;

namespace HotPathGen.Tests.Recording;

/// <summary>Starts the program that tests of the runtime look at from outside.</summary>
internal static class HostProcess
{
    /// <summary>Its output is in bin/&lt;configuration&gt;/net10.0, as that of this project.</summary>
    public static string Path { get; } = OutputOf("Host");

    public static ProcessStartInfo In(string folder, string program, string[] arguments, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(static n => n.StartsWith("HOTPATH", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        // The host writes no core file, however it ends.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static string OutputOf(string project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return System.IO.Path.Combine(
            output.Parent!.Parent!.Parent!.FullName,
            project,
            "bin",
            output.Parent.Name,
            output.Name,
            $"HotPathGen.Tests.{project}.dll"
        );
    }
}
