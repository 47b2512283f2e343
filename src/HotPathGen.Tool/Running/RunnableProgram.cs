using System.CommandLine.Parsing;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace HotPathGen.Tool.Running;

/// <summary>The program to start. Where the user named sources, a measured build has been made first.</summary>
/// <param name="Given">What the user named.</param>
/// <param name="File">The program.</param>
/// <param name="Arguments">The arguments before those of the user.</param>
/// <param name="Folder">The folder that it runs in; empty for the current folder.</param>
/// <param name="IsBuiltHere">Whether it was built from what the user named.</param>
internal sealed record RunnableProgram(string Given, string File, string[] Arguments, string Folder, bool IsBuiltHere)
{
    private static string DotnetHost => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    /// <summary>
    /// Finds out what to start. A project, its folder or a file-based app is built. A library runs with <c>dotnet</c>. Anything else is a program,
    /// which may also be found on the path.
    /// </summary>
    public static RunnableProgram Of(string given, string[] buildArguments)
    {
        if (Directory.Exists(given))
        {
            return Built(given, ProjectIn(given), buildArguments);
        }

        switch (Path.GetExtension(given).ToUpperInvariant())
        {
            case ".CSPROJ" or ".CS" when System.IO.File.Exists(given):
                return Built(given, given, buildArguments);
            case ".CSPROJ" or ".CS" or ".DLL" when !System.IO.File.Exists(given):
                throw new InputException(given, "", "there is no such file", "After -- name a project, its folder, a .cs file, a .dll or a program.");
            case ".DLL":
                return new(given, DotnetHost, [Path.GetFullPath(given)], "", IsBuiltHere: false);
            default:
                return new(given, System.IO.File.Exists(given) ? Path.GetFullPath(given) : given, [], "", IsBuiltHere: false);
        }
    }

    private static string ProjectIn(string folder)
    {
        string[] projects = Directory.GetFiles(folder, "*.csproj");
        return projects.Length == 1
            ? projects[0]
            : throw new InputException(
                folder,
                "",
                projects.Length == 0 ? "there is no .csproj in this folder" : $"there are {projects.Length} projects in this folder",
                "Name a project."
            );
    }

    private static RunnableProgram Built(string given, string source, string[] buildArguments)
    {
        // The same command builds and asks for properties: errors go to stderr, and stdout is JSON.
        string[] arguments =
        [
            "build",
            source,
            "-c",
            "Release",
            "-p:HotPathInstrumentation=true",
            .. buildArguments,
            "-t:Build",
            "-t:ComputeRunArguments",
            "-getProperty:RunCommand",
            "-getProperty:RunArguments",
            "-getProperty:RunWorkingDirectory",
        ];
        string command = $"dotnet {string.Join(' ', arguments[..^5])}";
        var (exitCode, output, error) = Progress.While(command, () => Captured(DotnetHost, arguments));
        string errors = (error.Trim().Length > 0 ? error : output).Trim();
        // A project for several frameworks does not have this target until one framework is named.
        bool hasFramework = !errors.Contains("\"ComputeRunArguments\"", StringComparison.Ordinal);
        if (exitCode != 0 && hasFramework)
        {
            throw new InputException(given, "", $"the measured build fails: {command}", errors);
        }

        if (exitCode == 0)
        {
            using var json = JsonDocument.Parse(output);
            var properties = json.RootElement.GetProperty("Properties");
            if (properties.GetProperty("RunCommand").GetString() is { Length: > 0 } program)
            {
                return new(
                    given,
                    program,
                    [.. CommandLineParser.SplitCommandLine(properties.GetProperty("RunArguments").GetString()!)],
                    properties.GetProperty("RunWorkingDirectory").GetString()!,
                    IsBuiltHere: true
                );
            }
        }
        throw new InputException(
            given,
            "",
            hasFramework ? "it does not build to a program" : "it is a project for several frameworks",
            hasFramework ? "Name a project with OutputType Exe." : "Name one with --framework."
        );
    }

    private static (int ExitCode, string Output, string Error) Captured(string program, string[] arguments)
    {
        using var process = Start(new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true });
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return (process.ExitCode, output.Result, error.Result);
    }

    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InputException(
                start.FileName,
                "",
                $"it cannot be started: {new Win32Exception(e.NativeErrorCode).Message}",
                "After -- name a project, its folder, a .cs file, a .dll or a program."
            );
        }
    }
}
