namespace HotPathGen.EndToEnd.Tests;

/// <summary>A folder outside the repository that holds what a user would write.</summary>
internal sealed class Project
{
    private Project(string folder, string name)
    {
        Folder = folder;
        Name = name;
    }

    public string Folder { get; }

    public string Name { get; }

    public string File => Path.Combine(Folder, Name + ".csproj");

    /// <summary>A reference to the package as <c>dotnet add package</c> writes it.</summary>
    public static string Reference =>
        $"""<PackageReference Include="HotPathGen" Version="{Package.Version}" PrivateAssets="all" IncludeAssets="runtime; build; native; contentfiles; analyzers; buildtransitive" />""";

    /// <summary>Makes a folder. No folder above it belongs to another test.</summary>
    public static string NewFolder(string name = "work")
    {
        string folder = Path.Combine(Package.Folder, Guid.NewGuid().ToString("n")[..8], name);
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <param name="folder">Where the project's own folder is made; null for a new one.</param>
    public static Project Create(string name, string properties, string items, string? folder = null, string sdk = "Microsoft.NET.Sdk")
    {
        var project = new Project(Path.Combine(folder ?? NewFolder(), name), name);
        project.Write(
            name + ".csproj",
            $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {items}
              </ItemGroup>
            </Project>
            """
        );
        return project;
    }

    /// <summary>A console application as <c>dotnet new console</c> makes it.</summary>
    public static Project Console(
        string name,
        string properties = "",
        string? items = null,
        string? folder = null,
        string sdk = "Microsoft.NET.Sdk"
    ) =>
        Create(
            name,
            $"<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable>{properties}",
            items ?? Reference,
            folder,
            sdk
        );

    public Project Write(string path, string text)
    {
        string full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        System.IO.File.WriteAllText(full, text);
        return this;
    }

    /// <summary>Restores only with the first build, because no switch of ours changes what is restored.</summary>
    public Outcome Build(params string[] more)
    {
        string[] restored = System.IO.File.Exists(Path.Combine(Folder, "obj", "project.assets.json")) ? ["--no-restore"] : [];
        return Dotnet.Run(Folder, ["build", "-c", "Release", .. restored, .. more]).MustSucceed();
    }

    public Outcome BuildMeasured(params string[] more) => Build([Switch.On, .. more]);

    /// <summary>Runs the output of the last build directly, not through <c>dotnet run</c>.</summary>
    public Outcome Start(Dictionary<string, string>? environment = null, params string[] arguments) =>
        Dotnet.RunWith(environment ?? [], Folder, [Output(Name + ".dll"), .. arguments]).MustSucceed();

    public string Output(string file, string framework = "net10.0", string configuration = "Release") =>
        Path.Combine(Folder, "bin", configuration, framework, file);

    public string Intermediate(string file, string framework = "net10.0", string configuration = "Release") =>
        Path.Combine(Folder, "obj", configuration, framework, file);

    public string[] OutputFiles(string framework = "net10.0") =>
        [.. Directory.EnumerateFiles(Output("", framework), "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file))];

    /// <summary>The snapshots that runs in this folder have left.</summary>
    public string[] Snapshots =>
        Directory.Exists(Path.Combine(Folder, "hotpath")) ? Directory.GetFiles(Path.Combine(Folder, "hotpath"), "*.hotpath.json") : [];

    /// <summary>Reads the only snapshot, and deletes it.</summary>
    public Snapshot TakeSnapshot()
    {
        Assert.That(Snapshots, Has.Length.EqualTo(1), "snapshots in " + Folder);
        var snapshot = Snapshot.Read(Snapshots[0]);
        Directory.Delete(Path.Combine(Folder, "hotpath"), recursive: true);
        return snapshot;
    }

    /// <summary>Stops MSBuild and NuGet from looking in the folders above, and names the feed.</summary>
    public static void WriteBoundary(string folder)
    {
        foreach (string file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
        {
            System.IO.File.WriteAllText(Path.Combine(folder, file), "<Project />");
        }

        System.IO.File.WriteAllText(Path.Combine(folder, ".editorconfig"), "root = true\n");
        System.IO.File.WriteAllText(
            Path.Combine(folder, "nuget.config"),
            """
            <configuration>
              <packageSources>
                <add key="packed" value="feed" />
              </packageSources>
            </configuration>
            """
        );
    }
}
