using System.Diagnostics;
using System.Globalization;

namespace HotPathGen.EndToEnd.Tests;

/// <summary>
/// A compiler server that only the builds of this run share. Starting a new compiler for each build would take most of the time of a small build.
/// The server ends with the run. If the run is killed, the server ends itself after ten minutes without a request.
/// </summary>
[TestFixture]
public sealed class CompilerServer
{
    /// <summary>The name of the pipe that the server listens to.</summary>
    public static string Pipe { get; } = $"hotpathgen-e2e-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Ends the server of a pipe, if there is one, and waits until it has ended.</summary>
    public static void End(string pipe)
    {
        string compiler = Dotnet.Run(Package.Repository, "msbuild", "src/HotPathGen", "-getProperty:RoslynTargetsPath").MustSucceed().Output.Trim();
        Dotnet.Run(Package.Repository, Path.Combine(compiler, "bincore", "VBCSCompiler.dll"), "-shutdown", $"-pipename:{pipe}").MustSucceed();
    }

    [Test]
    public void Nothing_is_left_running()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Ignore("The command lines of processes are read from /proc.");
        }

        string pipe = Pipe + "-ended";
        var project = Project.Console("Served").Write("Program.cs", "return 0;");
        try
        {
            Dotnet.RunWith(new() { ["SharedCompilationId"] = pipe }, project.Folder, "build").MustSucceed();
            Assert.That(IsRunning(pipe), "builds use the server");
        }
        finally
        {
            End(pipe);
        }

        Assert.That(IsRunning(pipe), Is.False);
    }

    private static bool IsRunning(string pipe) =>
        Process
            .GetProcesses()
            .Any(process =>
            {
                try
                {
                    return File.ReadAllText($"/proc/{process.Id.ToString(CultureInfo.InvariantCulture)}/cmdline")
                        .Split('\0')
                        .Contains($"-pipename:{pipe}");
                }
                catch (Exception ended) when (ended is IOException or UnauthorizedAccessException)
                {
                    return false;
                }
            });
}
