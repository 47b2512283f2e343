using System.Diagnostics;
using System.Runtime.InteropServices;

namespace HotPathGen.EndToEnd.Tests;

/// <summary>
/// Child processes. Their environment contains nothing of the test run's own, and they leave nothing running after they end.
/// </summary>
internal static class Dotnet
{
    private static readonly string[] s_ofTheTestRun =
    [
        "MSBUILD",
        "HOTPATH",
        "VSTEST",
        "COREHOST",
        "NUNIT",
        "NUGET_",
        "DOTNET_TIERED",
        "DOTNET_STARTUP",
        "TESTINGPLATFORM",
    ];

    public static Outcome Run(string folder, params string[] arguments) => RunWith([], folder, arguments);

    public static Outcome RunWith(Dictionary<string, string> environment, string folder, params string[] arguments) =>
        Start(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", environment, folder, arguments);

    /// <summary>Runs a program that is not started by <c>dotnet</c>. If it needs an installed runtime, it finds that of the test run.</summary>
    public static Outcome Start(string program, Dictionary<string, string> environment, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        string machinePackages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (string variable in start.Environment.Keys.Where(IsOfTheTestRun).ToArray())
        {
            start.Environment.Remove(variable);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "true";
        start.Environment["SharedCompilationId"] = CompilerServer.Pipe;
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        // <root>/shared/Microsoft.NETCore.App/<version>/
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        // An audit would use the network.
        start.Environment["NuGetAudit"] = "false";
        start.Environment["NUGET_PACKAGES"] = Package.Unpacked;
        if (Directory.Exists(machinePackages))
        {
            start.Environment["NUGET_FALLBACK_PACKAGES"] = machinePackages;
        }

        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        string settings = string.Concat(environment.Select(variable => $"{variable.Key}={variable.Value} "));
        return new($"{folder}$ {settings}{Path.GetFileName(program)} {string.Join(' ', arguments)}", process.ExitCode, output.Result, error.Result);
    }

    private static bool IsOfTheTestRun(string variable) =>
        variable.Equals("Configuration", StringComparison.OrdinalIgnoreCase)
        || s_ofTheTestRun.Any(prefix => variable.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
