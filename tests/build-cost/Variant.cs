using System.Diagnostics;

/// <summary>The many files as a solution of one project: without the package and its attributes, or with them and the switch off or on.</summary>
internal sealed class Variant(string work, string name, params string[] switches)
{
    public string Name => name;

    public string Folder => Path.Combine(work, name);

    /// <summary>The output of the last build.</summary>
    public string Output { get; private set; } = "";

    /// <summary>
    /// The variants: without the package; the same again, to compare it with itself; and with the package, with the switch off and on.
    /// </summary>
    public const string Without = "without",
        Again = "again",
        Production = "production",
        Measured = "measured";

    /// <summary>Writes and restores the variants. The package is in the folder's <c>feed</c>.</summary>
    public static Variant[] Of(string work, string version, params string[] names)
    {
        foreach (string file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
        {
            File.WriteAllText(Path.Combine(work, file), "<Project />");
        }

        File.WriteAllText(Path.Combine(work, ".editorconfig"), "root = true\n");
        File.WriteAllText(
            Path.Combine(work, "nuget.config"),
            """<configuration><packageSources><add key="packed" value="feed" /></packageSources></configuration>"""
        );
        Variant[] variants = [.. names.Select(name => new Variant(work, name, name == Measured ? ["-p:HotPathInstrumentation=true"] : []))];
        foreach (var variant in variants)
        {
            bool hot = variant.Name is Production or Measured;
            string project = Directory.CreateDirectory(Path.Combine(variant.Folder, "Much")).FullName;
            File.WriteAllText(Path.Combine(variant.Folder, "Much.slnx"), """<Solution><Project Path="Much/Much.csproj" /></Solution>""");
            ManyFiles.Write(
                project,
                hot,
                hot ? $"""<ItemGroup><PackageReference Include="HotPathGen" Version="{version}" PrivateAssets="all" /></ItemGroup>""" : ""
            );
            Console.Error.WriteLine($"restoring {variant.Name} …");
            variant.Run("restore");
        }

        return variants;
    }

    public void Clean()
    {
        foreach (string folder in (string[])["bin", Path.Combine("obj", "Release")])
        {
            if (Directory.Exists(Path.Combine(Folder, "Much", folder)))
            {
                Directory.Delete(Path.Combine(Folder, "Much", folder), recursive: true);
            }
        }
    }

    /// <summary>Builds, and returns the cost in seconds.</summary>
    public Cost Build(params string[] more)
    {
        double processor = Dotnet.ProcessorTimeOfChildren;
        var clock = Stopwatch.StartNew();
        Output = Run(["build", "-c", "Release", "--no-restore", .. switches, .. more]);
        return new(clock.Elapsed.TotalSeconds, Dotnet.ProcessorTimeOfChildren - processor);
    }

    /// <summary>
    /// Unpacks packages into a folder of this run, because the package is made only for it. Packages that the machine has are read from its own
    /// folder.
    /// </summary>
    private string Run(params string[] arguments)
    {
        string machinePackages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Dotnet.Run(
            Folder,
            [
                ("NUGET_PACKAGES", Path.Combine(work, "packages")),
                .. Directory.Exists(machinePackages) ? [("NUGET_FALLBACK_PACKAGES", machinePackages)] : Array.Empty<(string, string)>(),
            ],
            arguments
        );
    }
}
