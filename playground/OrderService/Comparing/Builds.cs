using System.Diagnostics;

namespace OrderService.Comparing;

/// <summary>The two builds that are compared, and a folder for what their runs leave.</summary>
internal sealed class Builds : IDisposable
{
    private const string ProjectFile = "OrderService.csproj";
    private const string AssemblyFile = "OrderService.dll";
    private const string RuntimeFile = "HotPathGen.dll";

    private Builds(string folder) => Folder = folder;

    public string Folder { get; }

    public string Production { get; private set; } = "";

    public string Measured { get; private set; } = "";

    /// <summary>Builds what is not given.</summary>
    public static async Task<Builds> FindAsync(FileInfo? production, FileInfo? measured, CancellationToken cancelled)
    {
        var builds = new Builds(Directory.CreateTempSubdirectory("orderservice-").FullName);
        try
        {
            builds.Production = Given(production, isMeasured: false) ?? await BuildAsync(builds.Folder, "production", cancelled);
            builds.Measured = Given(measured, isMeasured: true)
                ?? await BuildAsync(builds.Folder, "measured", cancelled, "-p:HotPathInstrumentation=true");
            return builds;
        }
        catch
        {
            builds.Dispose();
            throw;
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string? Given(FileInfo? assembly, bool isMeasured)
    {
        if (assembly is null)
        {
            return null;
        }

        if (!assembly.Exists)
        {
            throw new InputException($"{assembly.FullName}: there is no such file.");
        }

        return File.Exists(Path.Combine(assembly.DirectoryName!, RuntimeFile)) == isMeasured
            ? assembly.FullName
            : throw new InputException(
                $"{assembly.FullName} is {(isMeasured ? "a production build" : "a measured build")}: {RuntimeFile} is {(isMeasured ? "not " : "")}beside it."
            );
    }

    private static async Task<string> BuildAsync(string folder, string name, CancellationToken cancelled, params string[] switches)
    {
        await Console.Error.WriteLineAsync($"building {name}");
        string output = Path.Combine(folder, name);
        var start = new ProcessStartInfo(
            ServiceProcess.Dotnet,
            ["build", FindProject(), "-c", "Release", "--nologo", "-v", "quiet", $"-p:OrderServiceBuilds={output}", .. switches]
        )
        {
            RedirectStandardOutput = true,
        };
        // No build server is left, which would take processor time from what is compared.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        using var build = Process.Start(start) ?? throw new InputException($"{start.FileName} did not start.");
        try
        {
            string text = await build.StandardOutput.ReadToEndAsync(cancelled);
            await build.WaitForExitAsync(cancelled);
            return build.ExitCode == 0
                ? Path.Combine(output, "bin", AssemblyFile)
                : throw new InputException($"the {name} build failed:\n{text}\nOr name builds with --production and --measured.");
        }
        finally
        {
            if (!build.HasExited)
            {
                build.Kill(entireProcessTree: true);
            }
        }
    }

    private static string FindProject()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string project = Path.Combine(folder.FullName, ProjectFile);
            if (File.Exists(project))
            {
                return project;
            }
        }

        throw new InputException($"{ProjectFile} is not above {AppContext.BaseDirectory}. Name builds with --production and --measured.");
    }
}
