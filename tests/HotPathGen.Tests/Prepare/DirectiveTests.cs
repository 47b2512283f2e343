using CsCheck;
using HotPathGen.Prepare;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Tests.Prepare;

/// <summary>The user's code stays on its lines, whatever directives there are between and in methods.</summary>
public sealed class DirectiveTests
{
    private static readonly string[] s_members =
    [
        "[Instrument] public int {0}(int a) {{ return a + 1; }}",
        "[Instrument]\npublic int {0}(\n    int a, // a {{\n    int b = 1 /* b */)\n{{\n    if (a > b) return a;\n    return\n        b;\n}}",
        "[Instrument] public int {0} => 1\n    + 2;",
        "[Instrument] public int {0} {{ get {{ return 1; }} set\n{{\n    if (value > 1) return;\n}} }}",
        "[Instrument] public async System.Threading.Tasks.Task {0}()\n{{\n    await {0}();\n}}",
        "[Instrument]\npublic System.Collections.Generic.IEnumerable<T> {0}<T>(T t)\n    where T : class\n    // items\n{{\n    yield return t;\n}}",
        "/// <summary>{{ }}</summary>\n[Instrument, System.Obsolete(@\"two\nlines\")]\npublic void {0}()\n    =>\n    "
            + "System.Console.Write(\"\"\"\n        raw {{\n        \"\"\");",
        "public void {0}()\n{{\n    [Instrument] int L(int x)\n    {{\n        return x; }}\n    L(1);\n}}",
        "[Instrument] public int {0}(\n#if X\n    int a\n#else\n    string a {{\n#endif\n)\n#if !X\n{{ wrong\n#endif\n{{ return 1; }}",
        "public int {0}; // nothing hot\n",
        "[Instrument] int System.IComparable<C{0}>.CompareTo(C{0} o) {{ switch (o) {{ case null: return 1;\ndefault: return 2; }} }}\nclass C{0};",
    ];

    private static readonly string[] s_between =
    [
        "",
        "",
        "",
        "#line 100",
        "#line 7 \"other.razor\"",
        "#line 7 \"{abs}\"",
        "#line hidden",
        "#line default",
        "#region r\n#endregion",
        "#pragma warning disable CS0219",
        "#pragma warning restore CS0219",
        "#pragma warning restore",
        "#nullable disable",
        "#nullable restore",
        "#if X\n// active\n#else\n} } inactive {\n#endif",
        "#if Y\n} inactive\n#elif X\n#else\n{\n#endif",
        "#pragma checksum \"other.razor\" \"{ff1816ec-aa5e-4d10-87f7-6f4963833460}\" \"00\"",
        "/* over\nlines { */",
        "\t// tab",
    ];

    private static readonly Gen<string> s_file =
        from pieces in Gen.Select(Gen.Int[0, s_between.Length - 1], Gen.Int[0, s_members.Length - 1]).Array[0, 8]
        from newlines in OneOf("\n", "\r\n", "\r", "\u2028", "mixed")
        from seed in Gen.Int[0, 1000]
        from end in OneOf("", "\n", "\n\n#line default")
        from beginning in OneOf("", "// comment\n", "#define X\n", "#line 50\n", "#nullable enable\n")
        select Newlines(
            beginning
                + "using HotPathGen;\nnamespace N\n{\nclass Outer<TOuter> {\n"
                + string.Concat(
                    pieces.Select(
                        (piece, i) =>
                            $"{s_between[piece.Item1].Replace("{abs}", "/abs/file.cs")}\n{string.Format(null, s_members[piece.Item2], "M" + i)}\n"
                    )
                )
                + "} }"
                + end,
            newlines,
            seed
        );

    private static Gen<string> OneOf(params string[] values) => from i in Gen.Int[0, values.Length - 1] select values[i];

    [Test]
    public void Every_token_keeps_its_line_in_any_file()
    {
        s_file.Sample(
            text =>
            {
                var (file, prepared) = Prepare(text);
                if (prepared.Copy is null)
                {
                    return;
                }

                var copy = TokenLines.Parse(prepared.Copy, file);
                if (TokenLines.Moved(file.Root.SyntaxTree, copy, file.Path) is { Count: > 0 } moved)
                {
                    throw new AssertionException($"{string.Join("; ", moved)}\n{prepared.Copy}");
                }

                if (copy.GetDiagnostics().FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) is { } error)
                {
                    throw new AssertionException($"{error}\n{prepared.Copy}");
                }
            },
            iter: 1500,
            threads: 1
        );
    }

    [Test]
    public void Most_of_those_files_have_something_to_keep()
    {
        int copies = 0;
        s_file.Sample(text => copies += Prepare(text).Prepared.Copy is null ? 0 : 1, iter: 200, threads: 1);

        Assert.That(copies, Is.GreaterThan(100));
    }

    [TestCase("#line default", "#line 5 \"{path}\"")]
    [TestCase("  #  line   default // why", "  #  line   5 \"{path}\" // why")]
    [TestCase("#line 9", "#line 9")]
    [TestCase("#line 9 \"rel/x.cs\"", "#line 9 \"{folder}/rel/x.cs\"")]
    [TestCase("#line 9 \"../x.cs\"", "#line 9 \"{up}/x.cs\"")]
    [TestCase("#line 9 \"/abs/x.cs\"", "#line 9 \"/abs/x.cs\"")]
    [TestCase("#line 9 \"\"", "#line 9 \"\"")]
    [TestCase("#line (1, 2) - (3, 4) 5 \"x.razor\"", "#line (1, 2) - (3, 4) 5 \"{folder}/x.razor\"")]
    [TestCase("#line hidden", "#line hidden")]
    [TestCase("#pragma warning restore CS1234 // c", "#pragma warning disable CS1234 // c")]
    [TestCase("#pragma warning disable CS1234", "#pragma warning disable CS1234")]
    [TestCase("#pragma warning restore", "#pragma warning restore HPG001, HPG002, HPG003, HPG004, HPG005, HPG201, HPG202, HPG203, HPG204, HPG205")]
    [TestCase("#pragma warning restore CS1234, HPG001", "#pragma warning restore HPG001")]
    [TestCase("#pragma warning disable HPG001", "#pragma warning disable HPG001")]
    [TestCase(
        "#pragma checksum \"x.cs\" \"{ff1816ec-aa5e-4d10-87f7-6f4963833460}\" \"00\"",
        "#pragma checksum \"{folder}/x.cs\" \"{ff1816ec-aa5e-4d10-87f7-6f4963833460}\" \"00\""
    )]
    [TestCase("#nullable restore", "#nullable restore annotations")]
    [TestCase("#nullable enable // all", "#nullable enable annotations // all")]
    [TestCase("#nullable enable warnings", "#nullable disable warnings")]
    [TestCase("#nullable enable annotations", "#nullable enable annotations")]
    public void A_directive_means_in_the_copy_what_it_meant(string given, string expected)
    {
        var (file, prepared) = Prepare($"using HotPathGen;\nclass C\n{{\n{given}\n[Instrument] void M() {{ }}\n}}");
        string folder = Path.GetDirectoryName(file.Path)!;
        expected = expected.Replace("{path}", file.Path).Replace("{folder}", folder).Replace("{up}", Path.GetDirectoryName(folder));

        Assert.That(prepared.Copy, Does.Contain($"\n{{\n{expected}\n["));
    }

    [Test]
    public void A_path_that_no_directive_can_hold_leaves_its_file_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows has no such paths.");
        }

        using var project = new TemporaryProject { Everything = true };
        project.Source("quoted\"name.cs", "class C { void M() { } }");
        project.Source("two\nlines.cs".Replace("\n", "\u2028"), "class D { void M() { } }");

        Assert.That(ProjectBuild.Measured(project).Complaints(DiagnosticSeverity.Warning), Is.Empty);
        Assert.That(project.Coverage(), Has.Length.EqualTo(2));
    }

    [Test]
    public void Warnings_of_the_user_are_productions_to_report()
    {
        using var project = new TemporaryProject { Everything = true };
        project.Source(
            "File.cs",
            "class C {\n#pragma warning restore\n#pragma warning enable CS0168\n void M() { int unused; }\n#warning mine\n string N() { return "
                + "null; } }"
        );

        Assert.That(ProjectBuild.Production(project).Complaints(DiagnosticSeverity.Warning), Has.Length.GreaterThan(2));
        Assert.That(ProjectBuild.Measured(project).Complaints(DiagnosticSeverity.Warning), Is.Empty);
    }

    [Test]
    public void Errors_of_the_user_are_at_the_users_place()
    {
        using var project = new TemporaryProject();
        string path = project.Source(
            "File.cs",
            "using HotPathGen;\nclass C {\n  [Instrument] int M()\n  {\n    int x = \"text\";\n    return x; }\n  [Instrument] int N()\n  { "
                + "Missing(); return 1; } }"
        );
        string Place(string complaint) => complaint.Split(": error")[0].Split(',')[0];

        string[] production = ProjectBuild.Production(project).Complaints(DiagnosticSeverity.Error),
            measured = ProjectBuild.Measured(project).Complaints(DiagnosticSeverity.Error);

        Assert.That(measured.Select(Place), Is.EqualTo(production.Select(Place)));
        Assert.That(measured[0], Does.StartWith($"{path}(5,"));
    }

    private static (SourceFile File, PreparedFile Prepared) Prepare(string text)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp14, preprocessorSymbols: ["X"]);
        string path = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "user", "File.cs"));
        var file = new SourceFile(path, SourceText.From(text, System.Text.Encoding.UTF8), options);
        return (file, PreparedFile.Prepare(file, "File.cs", new(false, null, new Dictionary<string, bool>()), new HashSet<string>(), _ => null));
    }

    private static string Newlines(string text, string newline, int seed)
    {
        string[] kinds = ["\n", "\r\n", "\r", "\u2028"];
        int at = seed;
        return newline == "mixed"
            ? string.Join("", text.Split('\n').SelectMany((line, i) => i == 0 ? [line] : new[] { kinds[at++ * 7 % 4], line }))
            : text.Replace("\n", newline);
    }
}
