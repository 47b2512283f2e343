using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Runtime.CompilerServices;

/// <summary>Runs commands of the SDK. Each runs in processes of its own, which end with it.</summary>
internal static class Dotnet
{
    /// <summary>
    /// The processor time in seconds of all child processes that have ended, and of theirs. Only Linux counts it; elsewhere it is 0.
    /// </summary>
    public static double ProcessorTimeOfChildren
    {
        get
        {
            if (!File.Exists("/proc/self/stat"))
            {
                return 0;
            }

            // The name may contain anything, so fields are counted behind it. Fields 16 and 17 are the children's, in hundredths of a second.
            string[] fields = File.ReadAllText("/proc/self/stat").Split(')')[^1].Split(' ');
            return (long.Parse(fields[14], CultureInfo.InvariantCulture) + long.Parse(fields[15], CultureInfo.InvariantCulture)) / 100.0;
        }
    }

    public static string Run(string folder, params string[] arguments) => Run(folder, [], arguments);

    public static string Run(string folder, IEnumerable<(string Name, string Value)> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var (name, value) in environment.Concat([
                ("MSBUILDDISABLENODEREUSE", "1"),
                ("DOTNET_CLI_USE_MSBUILD_SERVER", "0"),
                ("UseSharedCompilation", "false"),
                ("NuGetAudit", "false"),
                ("DOTNET_NOLOGO", "1"),
                ("DOTNET_CLI_UI_LANGUAGE", "en"),
            ])
        )
        {
            start.Environment[name] = value;
        }

        // What the build of this program has set must not reach other builds.
        foreach (
            string name in (string[])
                ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "HotPathInstrumentation", "HotPathInstrumentAll"]
        )
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)}\n{output}{errors.Result}");
    }

    /// <summary>Packs HotPathGen from this repository into a folder.</summary>
    public static void Pack(string feed, string version)
    {
        Console.Error.WriteLine("packing HotPathGen …");
        Run(
            Directory.CreateDirectory(feed).FullName,
            "pack",
            Path.GetFullPath(Path.Combine(SourceFolder(), "../../src/HotPathGen")),
            "-c",
            "Release",
            "-o",
            feed,
            $"-p:Version={version}"
        );
    }

    /// <summary>Unpacks the package into a folder beside it.</summary>
    public static string Unpack(string feed)
    {
        string package = Path.Combine(feed, "unpacked");
        ZipFile.ExtractToDirectory(Directory.GetFiles(feed, "HotPathGen.*.nupkg").Single(), package);
        return package;
    }

    /// <summary>The assembly of the generator and the analyzers, from an unpacked package.</summary>
    public static Assembly Generator(string package) => Assembly.LoadFrom(Path.Combine(package, "tools", "generator", "HotPathGen.Generator.dll"));

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
