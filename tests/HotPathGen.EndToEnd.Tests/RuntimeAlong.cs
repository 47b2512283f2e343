namespace HotPathGen.EndToEnd.Tests;

/// <summary>
/// A program that is compiled as production and uses a measured library. The runtime is copied along, and removed when no library is measured.
/// </summary>
[TestFixture]
public sealed class RuntimeAlong
{
    private const string Switched = "<HotPathInstrumentation>true</HotPathInstrumentation>";

    private const string Library = """
        using HotPathGen;

        public static class Words
        {
            [Instrument] public static int Count(string text) => text.Split(' ').Length;
        }
        """;

    private static string Flowing => $"""<PackageReference Include="HotPathGen" Version="{Package.Version}" />""";

    /// <summary>It is a web project, because there the SDK looks through the references once more, for controllers.</summary>
    [Test]
    public void The_switch_in_a_librarys_project_alone_brings_it_through_projects_between_and_takes_it_away_again()
    {
        string folder = Project.NewFolder();
        Write("");
        Project
            .Create("Between", "<TargetFramework>net10.0</TargetFramework>", """<ProjectReference Include="../Words/Words.csproj" />""", folder)
            .Write("Between.cs", """public static class Between { public static int Three() => Words.Count("a b c"); }""");
        var web = Project
            .Create(
                "Web",
                "<TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings>",
                """<ProjectReference Include="../Between/Between.csproj" />""",
                folder
            )
            .Write("Program.cs", "_ = WebApplication.CreateBuilder(args).Build(); Console.WriteLine(Between.Three());");
        web.Write("Web.csproj", File.ReadAllText(web.File).Replace("Microsoft.NET.Sdk", "Microsoft.NET.Sdk.Web"));

        AssertHas(false);
        Write(Switched);
        AssertHas(true);
        Write("");
        AssertHas(false);

        void Write(string properties) =>
            Project.Create("Words", "<TargetFramework>net10.0</TargetFramework>" + properties, Flowing, folder).Write("Words.cs", Library);

        void AssertHas(bool runtime)
        {
            Dotnet.Run(web.Folder, "publish", "-c", "Release").MustSucceed();
            foreach (string output in (string[])[web.Output(""), web.Output("publish")])
            {
                Assert.That(File.Exists(Path.Combine(output, "HotPathGen.dll")), Is.EqualTo(runtime), output);
                Assert.That(File.ReadAllText(Path.Combine(output, "Web.deps.json")).Contains("HotPathGen.dll"), Is.EqualTo(runtime), output);
            }

            Assert.That(web.Start().Output, Is.EqualTo("3\n"));
            Assert.That(web.Snapshots.Length > 0, Is.EqualTo(runtime));
            Assert.That(CompiledAssembly.Read(web.Output("Web.dll")).References, Has.None.EqualTo("HotPathGen"));
            Array.ForEach(web.Snapshots, File.Delete);
        }
    }

    [Test]
    public void A_program_in_an_old_language_version_runs_with_a_measured_library()
    {
        string folder = Project.NewFolder();
        Project.Create("Words", "<TargetFramework>net10.0</TargetFramework>", Flowing, folder).Write("Words.cs", Library);
        var old = Project
            .Create(
                "Old",
                "<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><LangVersion>8</LangVersion>",
                """<ProjectReference Include="../Words/Words.csproj" />""",
                folder
            )
            .Write(
                "Program.cs",
                """
                public static class Program
                {
                    [HotPathGen.Instrument]
                    public static void Main() => System.Console.WriteLine(Words.Count("a b c"));
                }
                """
            );

        Assert.That(old.BuildMeasured().CountOf("HPG102"), Is.EqualTo(1));
        Assert.That(old.Start().Output, Is.EqualTo("3\n"));
        Assert.That(old.TakeSnapshot().Methods.Select(method => (method.Id, method.Calls)), Is.EqualTo([("M:Words.Count(System.String)", 1L)]));
    }

    [Test]
    public void A_measured_package_that_is_meant_to_ship_carries_it()
    {
        string folder = Project.NewFolder();
        var library = Project.Create("Words", "<TargetFramework>net10.0</TargetFramework>", Project.Reference, folder).Write("Words.cs", Library);
        string feed = Path.Combine(folder, "feed");
        string version = Package.Version.Replace("test", "words");
        Dotnet
            .Run(library.Folder, "pack", "-c", "Release", Switch.On, "-p:HotPathAllowShipping=yes", "-o", feed, $"-p:Version={version}")
            .MustSucceed();
        string reference = $"""<PackageReference Include="Words" Version="{version}" />""";
        string source = $"<RestoreAdditionalProjectSources>{feed}</RestoreAdditionalProjectSources>";

        var stranger = Project.Console("Stranger", source, reference, folder).Write("Program.cs", """Console.WriteLine(Words.Count("a b c"));""");
        stranger.Build();
        Assert.That(stranger.Start().Output, Is.EqualTo("3\n"));
        Assert.That(stranger.TakeSnapshot().Assemblies, Is.EqualTo(["Words"]));

        var user = Project
            .Console("User", source, reference + Project.Reference, folder)
            .Write(
                "Program.cs",
                """
                using HotPathGen;

                Console.WriteLine(Words.Count("a b c") + Own.Four());

                static class Own
                {
                    [Instrument]
                    public static int Four()
                    {
                        using (HotPath.Measure("four"))
                            return 4;
                    }
                }
                """
            );
        user.Build();
        Assert.That(user.Start().Output, Is.EqualTo("7\n"));
        Assert.That(user.TakeSnapshot().Assemblies, Is.EqualTo(["Words"]));
        user.BuildMeasured();
        Assert.That(user.Start().Output, Is.EqualTo("7\n"));
        Assert.That(user.TakeSnapshot().Assemblies, Is.EquivalentTo(["User", "Words"]));
    }
}
