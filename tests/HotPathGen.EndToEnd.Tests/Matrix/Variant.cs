namespace HotPathGen.EndToEnd.Tests.Matrix;

/// <summary>All rows built in one way, and the results.</summary>
internal sealed class Variant
{
    private readonly string _folder;
    private readonly Dictionary<string, string> _answers = [];
    private readonly Dictionary<string, Snapshot> _snapshots = [];

    private Variant(string folder, Outcome build)
    {
        _folder = folder;
        Build = build;
    }

    public Outcome Build { get; }

    /// <summary>A production build, from sources without the package's attributes.</summary>
    public static Variant WithoutPackage() =>
        Make("without", "", [.. Row.All.Where(row => row.Group != Row.Written).Select(row => row with { Text = Attributes.Cut(row.Text) })]);

    /// <param name="switches">The switches of the build; none for production.</param>
    public static Variant WithPackage(string name, params string[] switches) =>
        Make(name, $"""{Project.Reference}<Using Include="HotPathGen" />""", Row.All, switches);

    /// <summary>What <c>Sample.Run()</c> of a row returned, or the exception that left it.</summary>
    public string AnswerOf(Row row) =>
        _answers.TryGetValue(row.ToString(), out string? answer) ? answer : throw new AssertionException($"{row} did not run");

    public Snapshot SnapshotOf(Row row) => _snapshots[row.ProjectName];

    public IReadOnlyList<Finding> FindingsOf(Row row) =>
        [
            .. Finding
                .Read(Path.Combine(_folder, row.ProjectName, "findings.sarif"))
                .Where(finding => finding.File.EndsWith("/" + row.File, StringComparison.Ordinal)),
        ];

    public string Output(string project, string file) => Path.Combine(_folder, project, "bin", "Release", "net10.0", file);

    private static Variant Make(string name, string items, IReadOnlyList<Row> rows, params string[] switches)
    {
        string folder = Project.NewFolder(name);
        // Without a PDB, nothing in an assembly depends on the text of the sources. With the mapped path, nothing depends on where they are.
        File.WriteAllText(
            Path.Combine(folder, "Directory.Build.props"),
            $$"""
            <Project>
              <PropertyGroup>
                <DebugType>none</DebugType>
                <PathMap>$(MSBuildProjectDirectory)=/rows</PathMap>
                <ErrorLog>$(MSBuildProjectDirectory)/findings.sarif,version=2.1</ErrorLog>
                <WarningLevel>9999</WarningLevel>
                <MatrixPublicKey>{{StrongName.PublicKey}}</MatrixPublicKey>
                <!-- Its analyzer throws at a call with __arglist. -->
                <NoWarn>$(NoWarn);CA2263</NoWarn>
              </PropertyGroup>
            </Project>
            """
        );
        StrongName.Write(Path.Combine(folder, "key.snk"));
        string[] projects = [.. rows.Select(row => row.ProjectName).Distinct()];
        foreach (string project in projects)
        {
            Row[] own = [.. rows.Where(row => row.ProjectName == project)];
            var made = Project.Console(
                project,
                $"<AllowUnsafeBlocks>true</AllowUnsafeBlocks>{own[0].Properties}",
                $"""{items}<Using Include="System.Runtime.CompilerServices" />{own[0].Items}""",
                folder
            );
            foreach (var row in own)
            {
                made.Write(row.File, row.Text);
            }

            if (!own[0].HasProject)
            {
                made.Write("Program.cs", Driver(own));
            }
        }

        File.WriteAllText(
            Path.Combine(folder, "Matrix.slnx"),
            $"<Solution>{string.Concat(projects.Select(project => $"""<Project Path="{project}/{project}.csproj" />"""))}</Solution>"
        );
        var variant = new Variant(folder, Dotnet.Run(folder, ["build", "Matrix.slnx", "-c", "Release", "-m:2", .. switches]).MustSucceed());
        foreach (var row in rows.Where(row => !row.IsPart).DistinctBy(row => row.ProjectName))
        {
            variant.Run(row, isMeasured: switches.Length > 0);
        }

        return variant;
    }

    private static string Driver(IEnumerable<Row> rows) =>
        $$"""
            {{string.Concat(rows.Where(row => !row.IsPart).Select(row => $"Report(\"{row}\", Rows.{row.Group}.{row.Name}.Sample.Run);\n"))}}
            static void Report(string row, Func<string> run)
            {
                string answer;
                try
                {
                    answer = run();
                }
                catch (Exception exception)
                {
                    answer = $"{exception.GetType()}: {exception.Message}";
                }

                Console.WriteLine($"{row}: {answer.Replace("\\", "\\\\").Replace("\n", "\\n")}");
            }
            """;

    private void Run(Row row, bool isMeasured)
    {
        string project = row.ProjectName;
        string path = Path.Combine(_folder, project + ".hotpath.json");
        var run = Dotnet
            .RunWith(
                new()
                {
                    ["HOTPATH_OUTPUT"] = path,
                    ["HOTPATH_SITES"] = "all",
                    ["HOTPATH_CONTROL"] = "off",
                },
                _folder,
                Output(project, project + ".dll")
            )
            .MustSucceed();
        foreach (string line in row.HasProject ? [$"{row}: {run.Output}"] : run.Lines.Where(line => line.Length > 0))
        {
            string[] parts = line.Split(": ", 2);
            _answers.Add(parts[0], parts[1]);
        }

        Assert.That(File.Exists(path), Is.EqualTo(isMeasured));
        if (isMeasured)
        {
            var snapshot = Snapshot.Read(path);
            foreach (string assembly in snapshot.Assemblies)
            {
                _snapshots[assembly] = snapshot.Of(assembly);
            }
        }
    }
}
