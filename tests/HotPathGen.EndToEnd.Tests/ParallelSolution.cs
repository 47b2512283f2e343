namespace HotPathGen.EndToEnd.Tests;

/// <summary>
/// Several projects and frameworks that are built at once, with central package versions and one folder for all outputs. One process then loads
/// the results.
/// </summary>
[TestFixture]
public sealed class ParallelSolution
{
    private static readonly string[] s_libraries = ["First", "Second", "Third"];

    [Test]
    public void All_projects_build_at_once_and_land_in_one_report()
    {
        string folder = Project.NewFolder();
        string reference = """<PackageReference Include="HotPathGen" PrivateAssets="all" />""";
        File.WriteAllText(
            Path.Combine(folder, "Directory.Build.props"),
            "<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput></PropertyGroup></Project>"
        );
        File.WriteAllText(
            Path.Combine(folder, "Directory.Packages.props"),
            $"""
            <Project>
              <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
              <ItemGroup><PackageVersion Include="HotPathGen" Version="{Package.Version}" /></ItemGroup>
            </Project>
            """
        );
        foreach (string name in s_libraries)
        {
            string frameworks =
                name == "Second" ? "<TargetFrameworks>net10.0;net8.0</TargetFrameworks>" : "<TargetFramework>net10.0</TargetFramework>";
            Project
                .Create(name, $"{frameworks}<LangVersion>latest</LangVersion>", $"""{reference}<Compile Include="../Shared.cs" />""", folder)
                .Write("Part.cs", $"namespace {name}; public static class Part {{ public static int Answer() => Shared.Twice(1); }}")
                .Write("Deep/Part.cs", $"namespace {name}.Deep; public static class Part {{ public static int Answer() => Shared.Twice(2); }}")
                .Write("Properties.cs", "[assembly: HotPathGen.Instrument]");
        }

        File.WriteAllText(Path.Combine(folder, "Shared.cs"), "static class Shared { public static int Twice(int number) => number * 2; }");
        string sum = string.Join(" + ", s_libraries.Select(name => $"{name}.Part.Answer() + {name}.Deep.Part.Answer()"));
        var application = Project
            .Console(
                "All",
                items: reference + string.Concat(s_libraries.Select(name => $"""<ProjectReference Include="../{name}/{name}.csproj" />""")),
                folder: folder
            )
            .Write(
                "Program.cs",
                $$"""
                using HotPathGen;
                Console.WriteLine(Own.Sum());
                static class Own
                {
                    [Instrument] public static int Sum() => {{sum}};
                }
                """
            );
        File.WriteAllText(
            Path.Combine(folder, "All.slnx"),
            $"<Solution>{string.Concat(s_libraries.Append("All").Select(name => $"""<Project Path="{name}/{name}.csproj" />"""))}</Solution>"
        );

        var build = Dotnet.Run(folder, "build", "All.slnx", "-c", "Release", "-m", Switch.On).MustSucceed();
        Assert.That(build.Messages, Is.Empty, build.ToString());
        Assert.That(build.CountOf("HPG101"), Is.EqualTo(4), build.ToString());
        Assert.That(build.CountOf("HPG102"), Is.EqualTo(1), build.ToString());

        var run = Dotnet.Run(application.Folder, Path.Combine(folder, "artifacts", "bin", "All", "release", "All.dll")).MustSucceed();
        Assert.That(run.Output, Is.EqualTo("18\n"));
        var snapshot = application.TakeSnapshot();
        Assert.That(snapshot.Assemblies, Is.EquivalentTo(["All", "First", "Second", "Third"]));
        Assert.That(
            snapshot.Methods.Select(method => (method.Id, method.Calls)),
            Is.EquivalentTo([
                ("M:Own.Sum", 1L),
                .. s_libraries.SelectMany(name =>
                    ((string, long)[])[($"M:{name}.Part.Answer", 1L), ($"M:{name}.Deep.Part.Answer", 1L), ("M:Shared.Twice(System.Int32)", 2L)]
                ),
            ])
        );

        var compiled = Compiled();
        Assert.That(compiled, Has.Length.EqualTo(5));
        Dotnet.Run(folder, "build", "All.slnx", "-c", "Release", "-m", "--no-restore", Switch.On).MustSucceed();
        Assert.That(Compiled(), Is.EqualTo(compiled));

        (string, DateTime)[] Compiled() =>
            [
                .. s_libraries
                    .Append("All")
                    .SelectMany(name =>
                        Directory.GetFiles(Path.Combine(folder, "artifacts", "obj", name), name + ".dll", SearchOption.AllDirectories)
                    )
                    .Where(file => !file.Contains("ref", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)
                    .Select(file => (file, File.GetLastWriteTimeUtc(file))),
            ];
    }
}
