using System.IO.Compression;

namespace HotPathGen.EndToEnd.Tests;

/// <summary>Target frameworks below net10.0. Production builds work there; measured builds say that they need a newer framework.</summary>
[TestFixture]
public sealed class Frameworks
{
    // It uses only C# 7.3, the default language version of netstandard2.0.
    private const string OldSource = """
        using HotPathGen;

        namespace Old
        {
            public static partial class Api
            {
                [Instrument]
                public static int Sum(int[] numbers)
                {
                    using (HotPath.Measure("sum"))
                    {
                        int sum = 0;
                        foreach (int number in numbers) sum += number;
                        Note(sum);
                        return sum;
                    }
                }

                public static int Noted { get; private set; }

                [Instrument] static partial void Note(int sum);
                private static void NoteCore(int sum) { Noted += sum; }
            }
        }
        """;

    private const string NewSource = """
        using HotPathGen;

        namespace Old;

        public static partial class Newer
        {
            [Instrument] public static string Plain(string text) => text + "!";

            [Instrument] public static partial string? Join<T>(T? first, params string[] rest) where T : class;
            private static string? JoinCore<T>(T? first, params string[] rest) where T : class => first + string.Join("+", rest);

            public static void Reset() => HotPath.Reset();
        }
        """;

    [Test]
    public void Old_language_version_compiles_in_production_and_says_once_why_it_is_not_measured()
    {
        var library = Project
            .Create("Old", "<TargetFramework>netstandard2.0</TargetFramework><TreatWarningsAsErrors>true</TreatWarningsAsErrors>", Project.Reference)
            .Write("Api.cs", OldSource);

        var production = library.Build();
        Assert.That(production.CountOf("HPG"), Is.Zero, production.ToString());
        AssertUntouched(library, "netstandard2.0");
        byte[] built = File.ReadAllBytes(library.Output("Old.dll", "netstandard2.0"));

        var measured = library.BuildMeasured();
        Assert.That(measured.CountOf("HPG102"), Is.EqualTo(1), measured.ToString());
        Assert.That(measured.CountOf("HPG101"), Is.Zero, measured.ToString());
        Assert.That(measured.Lines.Single(line => line.Contains("HPG102")), Does.Contain("netstandard2.0").And.Contain("net10.0"));
        Assert.That(File.ReadAllBytes(library.Output("Old.dll", "netstandard2.0")), Is.EqualTo(built));
    }

    [Test]
    public void Old_language_version_on_a_new_framework_says_so_too()
    {
        var library = Project
            .Create(
                "Old",
                "<TargetFramework>net10.0</TargetFramework><LangVersion>7.3</LangVersion><TreatWarningsAsErrors>true</TreatWarningsAsErrors>",
                Project.Reference
            )
            .Write("Api.cs", OldSource);

        var measured = library.BuildMeasured();
        Assert.That(
            measured.Lines.Where(line => line.Contains("HPG10")).ToArray(),
            Has.Length.EqualTo(1).And.All.Contains("HPG102").And.All.Contains("C# 7.3"),
            measured.ToString()
        );
        AssertUntouched(library, "net10.0");
    }

    [Test]
    public void Each_framework_of_one_project_gets_what_it_can()
    {
        string folder = Project.NewFolder();
        var library = Project
            .Create(
                "Old",
                "<TargetFrameworks>net10.0;net8.0;netstandard2.0</TargetFrameworks><LangVersion>latest</LangVersion><Nullable>enable</Nullable><TreatWarningsAsErrors>true</TreatWarningsAsErrors>",
                Project.Reference,
                folder
            )
            .Write("Api.cs", OldSource)
            .Write("Newer.cs", NewSource);
        var application = Project
            .Console("App", items: """<ProjectReference Include="../Old/Old.csproj" />""", folder: folder)
            .Write(
                "Program.cs",
                """Console.WriteLine(Old.Api.Sum([1, 2]) + Old.Newer.Join("a", "b", "c") + Old.Newer.Plain("?") + Old.Api.Noted);"""
            );

        library.Build();
        Assert.Multiple(() =>
        {
            AssertUntouched(library, "net10.0");
            AssertUntouched(library, "net8.0");
            AssertUntouched(library, "netstandard2.0");
        });
        application.Build();
        Assert.That(application.Start().Output, Is.EqualTo("3ab+c?!3\n"));

        var measured = library.BuildMeasured();
        Assert.That(measured.Lines.Count(line => line.Contains("HPG101") && line.Contains("net10.0")), Is.EqualTo(1), measured.ToString());
        Assert.That(measured.Lines.Count(line => line.Contains("HPG102") && line.Contains("net8.0")), Is.EqualTo(1), measured.ToString());
        Assert.That(measured.Lines.Count(line => line.Contains("HPG102") && line.Contains("netstandard2.0")), Is.EqualTo(1), measured.ToString());
        Assert.Multiple(() =>
        {
            Assert.That(CompiledAssembly.Read(library.Output("Old.dll")).IsMarkedAsMeasured, Is.True);
            AssertUntouched(library, "net8.0");
            AssertUntouched(library, "netstandard2.0");
        });

        application.BuildMeasured();
        Assert.That(application.Start().Output, Is.EqualTo("3ab+c?!3\n"));
        Assert.That(
            application.TakeSnapshot().Methods.Select(method => (method.Id, method.Calls)),
            Is.EquivalentTo([
                ("B:sum", 1L),
                ("M:Old.Api.Note(System.Int32)", 1L),
                ("M:Old.Api.Sum(System.Int32[])", 1L),
                ("M:Old.Newer.Join``1(``0,System.String[])", 1L),
                ("M:Old.Newer.Plain(System.String)", 1L),
            ])
        );

        var packed = Dotnet.Run(library.Folder, "pack", "-c", "Release", "--no-build").MustFail();
        Assert.That(packed.Messages.Select(message => (message.Severity, message.Id)), Is.EqualTo([("error", "HPG104")]), packed.ToString());
        Dotnet.Run(library.Folder, "pack", "-c", "Release", "--no-build", Switch.AllowShipping).MustSucceed();
        using var package = ZipFile.OpenRead(Path.Combine(library.Folder, "bin", "Release", "Old.1.0.0.nupkg"));
        Assert.That(
            package.Entries.Select(entry => entry.FullName).Where(name => name.Contains("HotPath")),
            Is.EqualTo(["lib/net10.0/HotPathGen.dll"])
        );
    }

    private static void AssertUntouched(Project library, string framework)
    {
        var assembly = CompiledAssembly.Read(library.Output("Old.dll", framework));
        Assert.That(assembly.References, Has.None.Contain("HotPath"), framework);
        Assert.That(
            assembly.Types.Where(type => type.Contains("HotPath") || type.Contains("Instrument")),
            Is.EqualTo(["HotPathGen.HotPath"]),
            framework
        );
        Assert.That(assembly.IsMarkedAsMeasured, Is.False, framework);
        Assert.That(library.OutputFiles(framework), Has.None.Contain("HotPath"), framework);
    }
}
