using System.Globalization;
using System.Xml.Linq;

[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]

namespace HotPathGen.EndToEnd.Tests;

/// <summary>
/// The package of the sources beside this test, packed once for each run into a feed of its own. Everything happens in one temporary folder. The
/// sources are copied there first, so that other builds of the repository at the same time do not disturb this one.
/// </summary>
[SetUpFixture]
public sealed class Package
{
    /// <summary>The variable that keeps the folder after the run, so that one can look at it.</summary>
    private const string KeepVariable = "HOTPATHGEN_E2E_KEEP";

    public static string Folder { get; private set; } = "";

    /// <summary>The repository that this test is part of.</summary>
    public static string Origin { get; } = RepositoryOfThisTest();

    /// <summary>A copy of the repository whose Release outputs exist.</summary>
    public static string Repository => Path.Combine(Folder, "repository");

    /// <summary>A version that is new for every run, so that no cache can answer with an older package.</summary>
    public static string Version { get; } = $"0.1.0-test.{DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture)}";

    public static string File => Path.Combine(Folder, "feed", $"HotPathGen.{Version}.nupkg");

    /// <summary>The folder into which restores of this run unpack packages. Packages that the machine has already are read from its own.</summary>
    public static string Unpacked => Path.Combine(Folder, "packages");

    [OneTimeSetUp]
    public static void Pack()
    {
        Folder = Path.Combine(Path.GetTempPath(), $"hotpathgen-e2e-{Guid.NewGuid():n}");
        Directory.CreateDirectory(Path.Combine(Folder, "feed"));
        CopySources(Origin, Repository);
        Dotnet.Run(Repository, "pack", "src/HotPathGen", "-c", "Release", "-o", Path.Combine(Folder, "feed"), $"-p:Version={Version}").MustSucceed();
        Project.WriteBoundary(Folder);
    }

    [OneTimeTearDown]
    public static void Remove()
    {
        try
        {
            CompilerServer.End(CompilerServer.Pipe);
        }
        finally
        {
            RemoveFolder();
        }
    }

    private static void RemoveFolder()
    {
        if (Environment.GetEnvironmentVariable(KeepVariable) is { Length: > 0 })
        {
            TestContext.Progress.WriteLine($"kept: {Folder}");
        }
        else if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>The version that the repository uses of a package, so that tests restore nothing that the repository does not.</summary>
    public static string VersionOf(string package) =>
        XDocument
            .Load(Path.Combine(Repository, "Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Single(element => (string?)element.Attribute("Include") == package)
            .Attribute("Version")!
            .Value;

    private static string RepositoryOfThisTest()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "src", "HotPathGen", "HotPathGen.csproj")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"the repository's sources are not above {AppContext.BaseDirectory}");
    }

    private static void CopySources(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from))
        {
            Copy(file);
        }

        foreach (string folder in (string[])["src", "playground"])
        {
            foreach (string file in Directory.EnumerateFiles(Path.Combine(from, folder), "*", SearchOption.AllDirectories))
            {
                if (!Path.GetRelativePath(from, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
                {
                    Copy(file);
                }
            }
        }

        void Copy(string file)
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            System.IO.File.Copy(file, copy);
        }
    }
}
