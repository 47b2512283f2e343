using System.Diagnostics;

namespace HotPathGen.Tool.Tests;

/// <summary>
/// Programs that tests use and that a machine may not have. <c>.ci/run</c> installs them. Where one is missing, its tests are ignored with a message.
/// </summary>
internal static class InstalledTool
{
    /// <summary>The path of a program. If it cannot be found, the test is ignored.</summary>
    public static string Require(string name, string package)
    {
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            string path = Path.Combine(folder, name);
            if (File.Exists(path))
            {
                return path;
            }
        }
        Assert.Ignore($"{name} is not on this machine: install it, on Debian with apt-get install {package}.");
        throw new UnreachableException();
    }

    /// <summary>Runs a program, which must succeed, and returns its output.</summary>
    public static string Run(string path, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(path, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PPROF_TMPDIR"] = folder;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"{path} {string.Join(' ', arguments)}\n{output}\n{error.Result}");
        return output;
    }
}
