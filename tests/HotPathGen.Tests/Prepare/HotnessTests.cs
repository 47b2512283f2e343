using System.Text;
using HotPathGen.Prepare;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Tests.Prepare;

/// <summary>The nearest attribute decides, wherever it stands.</summary>
public sealed class HotnessTests
{
    [TestCase("class C { [Instrument] void M() { } void N() { } }", "C.M()")]
    [TestCase("[Instrument] class C { void M() { } [DoNotInstrument] void N() { } }", "C.M()")]
    [TestCase("[assembly: Instrument] class C { void M() { } } [DoNotInstrument] class D { void N() { } [Instrument] void O() { } }", "C.M(),D.O()")]
    [TestCase(
        "[assembly: Instrument] [DoNotInstrument] class C { void M() { } [Instrument] class D { void N() { } [DoNotInstrument] void O() { } } "
            + "class E { void P() { } } }",
        "C.D.N()"
    )]
    [TestCase("[Instrument] class C { class D { void M() { } } interface I { int N() { return 1; } } }", "C.D.M(),C.I.N()")]
    [TestCase("[Instrument] namespace N { }", "")]
    [TestCase(
        "class C { [HotPathGen.Instrument] void A() { } [InstrumentAttribute] void B() { } [global::HotPathGen.InstrumentAttribute()] void D() { } }",
        "C.A(),C.B(),C.D()"
    )]
    [TestCase(
        "using H = HotPathGen; class C { [H.Instrument] void A() { } [H::Instrument] void B() { } [@Instrument] void D() { } }",
        "C.A(),C.B(),C.D()"
    )]
    [TestCase(
        "class C { [System.Obsolete, Instrument] void A() { } [Instrument][System.Obsolete] void B() { } [method: Instrument] void D() { } }",
        "C.A(),C.B(),C.D()"
    )]
    [TestCase("class C { // [Instrument]\n void M() { } string Instrument() { return \"[Instrument]\"; } }", "")]
    [TestCase("class C { [Instrument] C() { } [Instrument] static C() { } [Instrument] ~C() { } }", "C.C(),C.C(),C.~C()")]
    [TestCase("[Instrument] class C { int _n; C(int n) { _n = n; } C(string s) { _n = s.Trim().Length; } }", "C.C(string)")]
    [TestCase("[Instrument] class C { int _n; int A { get { return _n; } set { _n = value; } } int B => _n; int D { get; set; } }", "")]
    [TestCase(
        "[Instrument] class C { int[] _n = []; int A { get { return _n[0]; } } int B => _n.GetHashCode(); string D => $\"{_n}\"; int E => "
            + "_n.Length + 1; object F => new(); int[] G => [1]; }",
        "C.A.get,C.B.get,C.D.get,C.E.get,C.F.get,C.G.get"
    )]
    [TestCase(
        "class C { int _n; [Instrument] int A { get { return _n; } set { _n = value; } } [Instrument] int B => _n; int D { [Instrument] get { "
            + "return _n; } set { _n = value; } } [Instrument] int E { get { return _n; } [DoNotInstrument] set { _n = value; } } }",
        "C.A.get,C.A.set,C.B.get,C.D.get,C.E.get"
    )]
    [TestCase(
        "class C { int _n; [Instrument] int this[int n] { get { return _n; } } [Instrument] event System.Action X { add { } remove { } } }",
        "C.this[int].get,C.X.add,C.X.remove"
    )]
    [TestCase("[Instrument] class C { void M() { void L() { } L(); } }", "C.M()")]
    [TestCase("class C { void M() { [Instrument] void L() { } L(); } }", "L()")]
    [TestCase("[DoNotInstrument] class C { void M() { [Instrument] void L() { } L(); } }", "L()")]
    [TestCase("[Instrument] partial class C { partial void M(); } partial class C { partial void M() { } void N() { } }", "C.M(),C.N()")]
    [TestCase("partial class C { void N() { } [Instrument] partial class D { } } partial class C { partial class D { void M() { } } }", "C.D.M()")]
    [TestCase("[Instrument] class C { } class C<T> { void M() { } }", "")]
    [TestCase("[Instrument] partial class C<T> { } partial class C<T> { void M() { } }", "C<T>.M()")]
    [TestCase(
        "namespace A { [Instrument] partial class C { } } namespace A { partial class C { void M() { } } } namespace B { class C { void N() { } } }",
        "A.C.M()"
    )]
    [TestCase("namespace A . B { [Instrument] partial class C { } } namespace @A { namespace B { partial class C { void M() { } } } }", "A.B.C.M()")]
    [TestCase("[Instrument] partial class C { partial int M(int n); int MCore(int n) { return n; } }", "")]
    [TestCase("[Instrument] record R(int X) { int M() { return X; } } [Instrument] record struct S(int X) { int N() { return X; } }", "R.M(),S.N()")]
    [TestCase("[method: Instrument] class C(int n) { int M() { return n; } }", "")]
    [TestCase(
        "static class C { extension(int n) { [Instrument] public int M() { return n; } public int N() { return n; } } }",
        "C.extension(int).M()"
    )]
    [TestCase("[Instrument] static class C { extension(int n) { public int M() { return n; } } }", "C.extension(int).M()")]
    [TestCase("[Instrument] enum E { A } [Instrument] delegate void D();", "")]
    public void The_nearest_attribute_wins(string text, string expected)
    {
        Assert.That(Hot(text, everything: false), Is.EquivalentTo(Split(expected)));
    }

    [TestCase("class C { void M() { } }", "C.M()")]
    [TestCase("[assembly: DoNotInstrument] class C { void M() { } [Instrument] void N() { } }", "C.N()")]
    [TestCase("// <auto-generated/>\nclass C { void M() { } }", "")]
    [TestCase("/* <auto-generated> */ class C { void M() { } [Instrument] void N() { } }", "C.N()")]
    [TestCase("// <auto-generated/>\n// Instrumentation of a tool\nclass C { void M() { } }", "")]
    [TestCase("#if X\n#endif\n// <autogenerated />\nclass C { void M() { } }", "")]
    [TestCase("class C { // <auto-generated/>\n void M() { } }", "C.M()")]
    [TestCase(
        "// <auto-generated/>\nclass C { void N() { }\n#line (3,1)-(4,1) \"a.razor\"\nvoid M() { }\n#line hidden\nvoid O() { }\n#line default\n"
            + "void P() { } }",
        "C.M()"
    )]
    public void Everything_is_hot_but_what_tools_wrote(string text, string expected)
    {
        Assert.That(Hot(text, everything: true), Is.EquivalentTo(Split(expected)));
    }

    [Test]
    public void Tools_files_stay_cold_where_another_file_marks_a_type()
    {
        using var project = new TemporaryProject { Everything = true };
        project.Source("Generated.cs", "// <auto-generated/>\nclass G { void M() { } }");
        project.Source("Own.cs", "using HotPathGen; [DoNotInstrument] class C { void M() { } }");
        project.Run();

        Assert.That(project.Copy("Generated.cs"), Is.Null);
    }

    [Test]
    public void An_attribute_on_one_part_of_a_type_holds_for_its_parts_in_other_files()
    {
        using var project = new TemporaryProject();
        project.Source("A.cs", "using HotPathGen; namespace N; [Instrument] partial class C { partial class D<T>; }");
        project.Source("B.cs", "namespace N { partial class C { void M() { } partial class D<U> { void N() { } } } class D { void O() { } } }");
        project.Run();

        Assert.That(project.CopyText("B.cs"), Does.Contain("M__plain").And.Contain("N__plain").And.Not.Contain("O__plain"));
        Assert.That(project.Copy("A.cs"), Is.Null);
    }

    [Test]
    public void An_attribute_on_the_assembly_holds_for_other_files()
    {
        using var project = new TemporaryProject();
        project.Source("A.cs", "class C { void M() { } }");
        project.Source("B.cs", "[assembly: HotPathGen.Instrument]");
        project.Source("C.cs", "// <auto-generated/>\nclass D { void N() { } }");
        project.Run();

        Assert.That(project.CopyText("A.cs"), Does.Contain("M__plain"));
        Assert.That(project.Copy("C.cs"), Is.Null);
    }

    /// <summary>The text is like the one of a Razor file with <c>@code</c>: <c>#line</c> directives name the user's lines.</summary>
    [TestCase(true, false)]
    [TestCase(false, true)]
    public void Of_what_other_generators_wrote_the_lines_of_users_are_hot(bool everything, bool isMarked)
    {
        string razor = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "user", "Page.razor"));
        string text =
            $"class C {{ void N() {{ }}\n#line 5 \"{razor}\"\nvoid M() {{ }}\nint[] _made = new int[3];\n#line default\n[Instrument] void O() {{ "
            + $"}}\nint[] _other = new int[4]; }}";
        var options = new CSharpParseOptions(LanguageVersion.CSharp14);
        var output = SourceFile.Output(
            Path.ChangeExtension(razor, ".g.cs"),
            CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), options),
            options
        );
        var types = new Dictionary<string, bool>();
        if (isMarked)
        {
            types.Add("C", true);
        }

        var prepared = PreparedFile.Prepare(output, "Page.g.cs", new(everything, null, types), new HashSet<string>(), _ => null);

        Assert.That(prepared.Copy, Does.Contain("M__plain").And.Contain("O__plain").And.Not.Contain("N__plain"));
        Assert.That(prepared.Copy, Does.Match(@"_made = \S+Begin\(\S+ int\[3\]").And.Contain("_other = new int[4]"));
    }

    /// <summary>What the Razor generator makes of markup is the user's, although it is hidden.</summary>
    [TestCase("Page.razor", "protected override void BuildRenderTree() { N(); }", true)]
    [TestCase("Page.cshtml", "public async override Task ExecuteAsync() { N(); }", true)]
    [TestCase("Page.razor", "protected void Execute() { N(); }", false)]
    [TestCase("Page.razor", "protected void BuildRenderTree() { N(); }", false)]
    [TestCase("Page.proto", "protected override void BuildRenderTree() { N(); }", false)]
    public void Methods_that_render_a_file_are_hot_and_have_its_first_line(string file, string method, bool isHot)
    {
        string user = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "user", file));
        string text = $"#pragma checksum \"{user}\" \"{{ff1816ec-aa5e-4d10-87f7-6f4963833460}}\" \"00\"\nclass C {{\n#line hidden\n{method} }}";
        var options = new CSharpParseOptions(LanguageVersion.CSharp14);
        var output = SourceFile.Output(
            Path.ChangeExtension(user, ".g.cs"),
            CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), options),
            options
        );

        string? copy = PreparedFile
            .Prepare(output, "Page.g.cs", new(Everything: true, null, new Dictionary<string, bool>()), new HashSet<string>(), _ => null)
            .Copy;

        Assert.That(copy is not null, Is.EqualTo(isHot));
        if (copy is not null)
        {
            var tree = CSharpSyntaxTree.ParseText(copy, options);
            var (declaration, core) = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().ToArray() is [var first, var second]
                ? (first, second)
                : default;
            var place = declaration.Identifier.GetLocation().GetMappedLineSpan();
            Assert.That((place.Path, place.StartLinePosition.Line), Is.EqualTo((user, 0)));
            Assert.That(UserPlace.IsHidden(core.Body!.OpenBraceToken));
        }
    }

    private static string[] Split(string names) => names.Length == 0 ? [] : names.Split(',');

    /// <summary>The methods that prepare has marked in the text, by type and parameters.</summary>
    private static string[] Hot(string text, bool everything)
    {
        using var project = new TemporaryProject { Everything = everything };
        project.Source("File.cs", "using HotPathGen;\n" + text);
        if (
            text.StartsWith("//", StringComparison.Ordinal)
            || text.StartsWith("/*", StringComparison.Ordinal)
            || text.StartsWith('#')
            || text.StartsWith("using", StringComparison.Ordinal)
        )
        {
            project.Source("File.cs", text.Replace("[Instrument]", "[HotPathGen.Instrument]"));
        }

        return ProjectBuild.Measured(project).Prepared();
    }
}
