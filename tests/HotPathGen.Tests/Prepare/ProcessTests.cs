using System.Diagnostics;

namespace HotPathGen.Tests.Prepare;

/// <summary>Prepare is started as the build starts it: with two files of the package, and the compiler of the SDK.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryFolder _package = new("tools");

    private static string DotnetRoot => Path.GetFullPath("../../..", Path.GetDirectoryName(typeof(object).Assembly.Location)!);

    private static string Compiler =>
        Directory
            .EnumerateDirectories(Path.Combine(DotnetRoot, "sdk"))
            .Select(sdk => Path.Combine(sdk, "Roslyn", "bincore"))
            .Where(Directory.Exists)
            .OrderByDescending(folder =>
                Version.TryParse(Path.GetFileName(Path.GetFullPath("../..", folder)).Split('-')[0], out var version) ? version : new Version()
            )
            .First();

    [OneTimeSetUp]
    public void Unpack()
    {
        string built = typeof(HotPathGen.Prepare.Preparation).Assembly.Location;
        File.Copy(built, Path.Combine(_package.Path, "HotPathGen.Prepare.dll"));
        File.Copy(Path.ChangeExtension(built, ".runtimeconfig.json"), Path.Combine(_package.Path, "HotPathGen.Prepare.runtimeconfig.json"));
    }

    public void Dispose() => _package.Dispose();

    [Test]
    public void It_does_what_it_does_in_memory()
    {
        using var project = Project("with space and ü");
        project.Run();
        var expected = project.Written();
        Directory.Delete(project.Output, recursive: true);

        var (code, output, error) = Start(project.WriteRequest(), Compiler);

        Assert.That((code, output, error), Is.EqualTo((0, "", "")));
        Assert.That(project.Written(), Is.EqualTo(expected));
    }

    [Test]
    public void It_needs_no_working_folder_of_the_project()
    {
        using var project = Project();
        Assert.That(Start(Path.GetRelativePath(_package.Path, project.WriteRequest()), Path.GetRelativePath(_package.Path, Compiler)).Code, Is.Zero);
        Assert.That(project.Copy("File.cs"), Is.Not.Null);
    }

    [Test]
    public void A_generator_that_cannot_be_loaded_is_a_warning_as_in_production()
    {
        using var project = Project();
        string broken = project.Write("Broken.dll", "not an assembly");
        project.Arguments.AddRange(["/analyzer:Broken.dll", "/out:Broken.Project.dll"]);

        var (code, _, error) = Start(project.WriteRequest(), Compiler);

        Assert.That(code, Is.Zero);
        Assert.That(error, Does.StartWith($"CSC : warning CS8034: Unable to load Analyzer assembly {broken} : "));
        Assert.That(error.Trim().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(project.Copy("File.cs"), Is.Not.Null);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(3)]
    public void Wrong_arguments_get_the_usage(int count)
    {
        var (code, output, error) = Start([.. Enumerable.Repeat("argument", count)]);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Is.Empty);
        Assert.That(
            error,
            Does.Match(
                @"^HotPathGen\.Prepare : error HPG105: usage: HotPathGen\.Prepare <request file> <folder that holds Microsoft\.CodeAnalysis\.CSharp\.dll>\r?\n$"
            )
        );
    }

    [Test]
    public void A_folder_without_a_compiler_is_named_with_the_way_out()
    {
        using var project = Project();
        var (code, _, error) = Start(project.WriteRequest(), project.Folder);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(
            error,
            Does.StartWith("HotPathGen.Prepare : error HPG105: no compiler at " + project.Folder).And.Contain("HotPathCompilerFolder")
        );
        Assert.That(error.Trim().Split('\n'), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_compiler_that_is_none_is_one_line()
    {
        using var project = Project();
        project.Write("Microsoft.CodeAnalysis.CSharp.dll", "not an assembly");
        OneLine(Start(project.WriteRequest(), project.Folder), "Microsoft.CodeAnalysis");

        project.Write("Microsoft.CodeAnalysis.dll", "not an assembly");
        OneLine(Start(project.WriteRequest(), project.Folder), "Microsoft.CodeAnalysis");
    }

    [Test]
    public void A_request_that_is_not_there_is_one_line()
    {
        OneLine(Start(Path.Combine(_package.Path, "no request.txt"), Compiler), "no request.txt");
    }

    [Test]
    public void A_request_that_asks_for_nothing_is_one_line()
    {
        string request = Path.Combine(_package.Path, "empty request.txt");
        File.WriteAllText(request, "");

        OneLine(Start(request, Compiler), "empty request.txt");
    }

    [Test]
    public void An_output_folder_that_cannot_be_is_one_line()
    {
        using var project = Project();
        string request = project.WriteRequest();
        File.WriteAllText(request, File.ReadAllText(request).Replace("output=obj/hotpath/", "output=File.cs/hotpath/"));

        OneLine(Start(request, Compiler), "File.cs");
    }

    [Test]
    public void A_copy_that_cannot_be_written_is_one_line()
    {
        using var project = Project();
        project.Run();
        string folder = Path.GetDirectoryName(project.Copy("File.cs"))!;
        Directory.Delete(project.Output, recursive: true);
        string request = project.WriteRequest();
        File.WriteAllText(folder, "a file where the copy's folder should be");

        OneLine(Start(request, Compiler), Path.GetFileName(folder));
    }

    [Test]
    public void A_list_that_cannot_be_written_is_one_line()
    {
        using var project = Project();
        string request = project.WriteRequest();
        Directory.CreateDirectory(Path.Combine(project.Output, "compile.txt"));

        OneLine(Start(request, Compiler), "compile.txt");
    }

    [Test]
    public void An_unknown_code_page_or_language_version_is_the_compilers_to_report()
    {
        using var project = Project();
        project.CodePage = "99999";
        project.LangVersion = "no such version";

        Assert.That(Start(project.WriteRequest(), Compiler), Is.EqualTo((0, "", "")));
    }

    private static void OneLine((int Code, string Output, string Error) result, string part)
    {
        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Error, Does.StartWith("HotPathGen.Prepare : error HPG105: ").And.Contain(part));
        Assert.That(result.Error, Does.Not.Match(@"HPG105: \w+_\w+, "), "the message is a sentence, not the key of a resource");
        Assert.That(result.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(1), result.Error);
    }

    private static TemporaryProject Project(string name = "prepare")
    {
        var project = new TemporaryProject(name);
        project.Source(
            "File.cs",
            "class C { [HotPathGen.Instrument] void M() { } [HotPathGen.Instrument] int P => 1; [HotPathGen.Instrument] extern void N(); }"
        );
        project.References.Add(typeof(System.Diagnostics.ActivitySource).Assembly.Location);
        return project;
    }

    private (int Code, string Output, string Error) Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(DotnetRoot, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"))
        {
            WorkingDirectory = _package.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])["exec", Path.Combine(_package.Path, "HotPathGen.Prepare.dll"), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(),
            error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
