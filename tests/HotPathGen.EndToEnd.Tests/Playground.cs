namespace HotPathGen.EndToEnd.Tests;

/// <summary>The main program of the playground, on documentation that is small enough for a test.</summary>
[TestFixture]
public sealed class Playground
{
    public const string Documentation = """
        <?xml version="1.0"?>
        <doc>
          <assembly><name>Small</name></assembly>
          <members>
            <member name="T:Small.StringBuilder"><summary>Builds strings; naïve façades and cachés included.</summary></member>
            <member name="M:Small.StringBuilder.Append(System.String)"><summary>Appends a <see cref="T:System.String"/> to the builder.</summary><param name="value">The text.</param></member>
            <member name="M:Small.Json.ParseUtf8(System.Byte[])"><summary>Parses JSON from UTF8 bytes; <c>null</c> is an error.</summary></member>
            <member name="M:Small.File.ReadAllLinesAsync(System.String)"><summary>Reads all lines of a file asynchronously.</summary></member>
            <member name="M:Small.Job.CancelAfter(System.TimeSpan)"><summary>Cancels operations after a timeout.</summary></member>
            <member name="P:Small.Brotli.Level"><summary>How hard streams are compressed with Brotli.</summary></member>
          </members>
        </doc>
        """;

    private string _folder = null!;
    private string _documentation = null!;

    [OneTimeSetUp]
    public void Write()
    {
        _folder = Project.NewFolder();
        _documentation = Path.Combine(_folder, "documentation");
        Directory.CreateDirectory(Path.Combine(_documentation, "more"));
        File.WriteAllText(Path.Combine(_documentation, "Small.xml"), Documentation);
        File.WriteAllText(Path.Combine(_documentation, "more", "Small2.xml"), Documentation.Replace("Small.", "Smaller."));
    }

    [Test]
    public void Measured_run_answers_as_production_and_has_figures_for_every_hot_method()
    {
        var production = Run();
        Assert.That(production.Output, Does.EndWith("check: ok\n"));
        Assert.That(production.Error, Is.Empty);
        Assert.That(Directory.Exists(Path.Combine(_folder, "hotpath")), Is.False);
        AssertProductionOutput();

        var measured = Run("--no-restore", Switch.On);
        Assert.That(measured.Output, Is.EqualTo(production.Output));
        var snapshot = Snapshot.Read(Directory.GetFiles(Path.Combine(_folder, "hotpath")).Single());
        Assert.That(snapshot.Methods.Where(method => method.Calls == 0), Is.Empty);
        Assert.That(snapshot.Methods.Select(method => method.Form), Is.SupersetOf(["pair", "in-place", "async", "iterator", "block"]));
        Assert.That(Marks().Where(mark => !snapshot.Methods.Any(method => method.File == mark.File && mark.Covers(method.Line))), Is.Empty);
        Assert.That(measured.Error, Does.Contain("DocSearch.").And.Contain("for 95 %"));

        // One run has both versions, and the program has compared the two indexes itself. Both versions read every document once. The first one reads
        // samples again.
        MeasuredMethod before = snapshot.Methods.Single(method => method.Id.Contains(".IndexPartition.Add(")),
            after = snapshot.Methods.Single(method => method.Id.Contains(".LeanPartition.Add("));
        Assert.That(after.Calls, Is.EqualTo(12));
        // Letters beyond ASCII allocate once, and this weighs much in so few documents. A_token_costs_no_byte_once_its_term_is_known tests the rest.
        Assert.That(after.InclusiveBytes / after.Calls, Is.LessThan(before.InclusiveBytes / before.Calls));
    }

    [Test]
    public void A_token_costs_no_byte_once_its_term_is_known()
    {
        string[] lines = Run("--compare", []).Output.TrimEnd().Split('\n');

        Assert.That(lines[^3], Does.StartWith("| before |").And.Not.EndsWith(" 0 | 0.0 |"));
        Assert.That(lines[^1], Does.StartWith("| after, once the terms are known |").And.EndsWith(" 0 | 0.0 |"));
    }

    [Test]
    public void Native_code_answers_and_counts_as_an_ordinary_measured_build()
    {
        if (NativeToolchain.Missing is { } missing)
        {
            Assert.Ignore(missing);
        }

        string sources = Path.Combine(Package.Repository, "playground", "DocSearch", "*.cs");
        var project = Project.Console(
            "DocSearch",
            "<EnableDefaultCompileItems>false</EnableDefaultCompileItems>",
            $"""{Project.Reference}<Compile Include="{sources}" />"""
        );
        project.BuildMeasured();
        string answers = project.Start([], _documentation).Output;
        var ordinary = project.TakeSnapshot();

        string output = Path.Combine(project.Folder, "published");
        var publish = Dotnet
            .Run(
                project.Folder,
                "publish",
                "-c",
                "Release",
                "--use-current-runtime",
                "-p:PublishAot=true",
                "-p:TrimmerSingleWarn=false",
                Switch.On,
                Switch.AllowShipping,
                "-o",
                output
            )
            .MustSucceed();
        Assert.That(publish.Messages, Is.Empty, publish.ToString());
        var native = Dotnet
            .Start(Path.Combine(output, OperatingSystem.IsWindows() ? "DocSearch.exe" : "DocSearch"), [], project.Folder, _documentation)
            .MustSucceed();
        Assert.That(native.Output, Is.EqualTo(answers));
        Assert.That(native.Error, Does.Contain("DocSearch."));
        Assert.That(
            project.TakeSnapshot().Methods.Select(method => (method.Id, method.File, method.Line, method.Form, method.Calls, method.Failures)),
            Is.EquivalentTo(ordinary.Methods.Select(method => (method.Id, method.File, method.Line, method.Form, method.Calls, method.Failures)))
        );
    }

    private Outcome Run(params string[] switches) => Run(null, switches);

    private Outcome Run(string? option, string[] switches) =>
        Dotnet
            .Run(
                _folder,
                [
                    "run",
                    "--project",
                    Path.Combine(Package.Repository, "playground", "DocSearch"),
                    "-c",
                    "Release",
                    .. switches,
                    "--",
                    .. option is null ? Array.Empty<string>() : [option],
                    _documentation,
                ]
            )
            .MustSucceed();

    private static void AssertProductionOutput()
    {
        string output = Path.Combine(Package.Repository, "playground", "DocSearch", "bin", "Release", "net10.0");
        Assert.That(Directory.GetFiles(output).Select(Path.GetFileName), Does.Contain("DocSearch.dll").And.None.Contain("HotPath"));
        var assembly = CompiledAssembly.Read(Path.Combine(output, "DocSearch.dll"));
        Assert.That(assembly.References, Has.None.Contain("HotPath"));
        Assert.That(assembly.Types.Where(type => type.Contains("HotPath")), Is.EqualTo(["HotPathGen.HotPath"]));
    }

    /// <summary>Every <c>[Instrument]</c> in the playground's sources.</summary>
    private static Mark[] Marks()
    {
        string folder = Path.Combine(Package.Repository, "playground", "DocSearch");
        Mark[] marks =
        [
            .. Directory
                .GetFiles(folder, "*.cs")
                .SelectMany(file =>
                    File.ReadLines(file)
                        .Index()
                        .Where(line => line.Item.Trim() == "[Instrument]")
                        .Select(line => new Mark(Path.GetFileName(file), line.Index + 1, OnType: line.Item.StartsWith('[')))
                ),
        ];
        Assert.That(marks, Has.Length.GreaterThan(15));
        return marks;
    }

    /// <summary>On a member, it covers the declaration that starts on the next line. On a type, it covers all that comes below.</summary>
    private sealed record Mark(string File, int Line, bool OnType)
    {
        public bool Covers(int line) => OnType ? line > Line : line == Line + 1;
    }
}
