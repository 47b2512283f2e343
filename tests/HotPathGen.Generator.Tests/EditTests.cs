using System.Runtime.CompilerServices;
using HotPathGen.Generator.Allocations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.Tests;

/// <summary>
/// Which work of the analyzers an edit in an editor repeats. After the edit they report the same as without any earlier results.
/// </summary>
public sealed class EditTests
{
    private const string Hot = """
        public static class Hot
        {
            public static object? Kept;
            [Instrument] public static int F(int i) => Middle.Call(i) + Middle.Use(i) + Middle.Through(i) + Middle.Walk() + new Middle.Item(i).Value;
            [Instrument(MaxBytesPerCall = 0)] public static int Contract(int i) => Middle.Call(i) + Last.Property;
            [Instrument] public static int Other(int i) => Last.Of<int>(i);
        }
        """;

    private const string Between = """
        public static class Middle
        {
            public static int Call(int i) => Last.End(i) + 1;
            public static int Use(int i) { var box = new Box(i); return Last.Read(box); }
            public static int Through(int i) => i > 0 ? Last.Back(i - 1) : 0;
            public static int Walk() { int sum = 0; foreach (int i in Last.Numbers()) sum += i; return sum; }
            public sealed class Item(int value) { public int Value => Last.Twice(value); }
        }
        public sealed class Box(int value) { public int Value { get; } = value; }
        """;

    private const string Ending = """
        public static partial class Last
        {
            public static int End(int i) { return i; }
            public static int Read(Box box) { return box.Value; }
            public static int Back(int i) { return Middle.Through(i); }
            public static IEnumerable<int> Numbers() { return [1, 2]; }
            public static int Twice(int i) { return i * 2; }
            public static int Property => 3;
            public static int Of<T>(int i) { return Half(i); }
            private static partial int Half(int i);
            private static partial int Half(int i) { return i / 2; }
            static Last() { }
        }
        """;

    private static readonly (string Before, string After)[] s_bodies =
    [
        ("{ return i; }", "{ Hot.Kept = new byte[i]; return i; }"),
        ("{ return box.Value; }", "{ Hot.Kept = box; return box.Value; }"),
        ("{ return Middle.Through(i); }", "{ Hot.Kept = \"a\" + i; return Middle.Through(i); }"),
        ("{ return [1, 2]; }", "{ yield return 1; }"),
        ("{ return i * 2; }", "{ object boxed = i; Hot.Kept = boxed; return i * 2; }"),
        ("Property => 3", "Property => new int[3 + Environment.TickCount].Length"),
        ("{ return i / 2; }", "{ Hot.Kept = i.ToString(); return i / 2; }"),
    ];

    [Test]
    public async Task After_any_edit_of_bodies_the_same_is_said_as_without_knowledge([Range(0, 6)] int edit, [Values] bool back)
    {
        var (before, after) = s_bodies[edit];
        var first = Compile(Hot, Between, Ending);
        string[] atFirst = await Said(first);
        var second = Edit(first, 2, before, after);
        if (back)
        {
            await Said(second);
            second = Edit(second, 2, after, before);
        }

        string[] said = await Said(second);

        Assert.That(said, Is.EqualTo(await Said(Anew(second))));
        Assert.That(said.SequenceEqual(atFirst), Is.EqualTo(back), "an edit changes the report, and its reversal restores the report");
    }

    [Test]
    public async Task Edits_add_up_over_files()
    {
        var compilation = Compile(Hot, Between, Ending);
        await Said(compilation);
        foreach (
            var (file, before, after) in ((int, string, string)[])
                [
                    .. s_bodies.Select(static edit => (2, edit.Before, edit.After)),
                    (1, "=> Last.End(i) + 1", "=> Last.End(i) + new string('a', i).Length"),
                    (0, "Last.Of<int>(i)", "Last.Of<long>(i + 1)"),
                ]
        )
        {
            compilation = Edit(compilation, file, before, after);

            Assert.That(await Said(compilation), Is.EqualTo(await Said(Anew(compilation))), after);
        }
    }

    [Test]
    public void Only_the_bodies_of_the_edited_file_are_looked_into_again_and_those_that_were_checked_by_them()
    {
        var first = Compile(Hot, Between, Ending);
        Assert.That(Looked(first), Has.Member("Hot.F(int)").And.Member("Middle.Call(int)").And.Member("Last.Back(int)"));

        string[] looked = Looked(Edit(first, 2, "{ return i; }", "{ return i + 1; }"));

        Assert.That(
            looked,
            Is.EquivalentTo([
                "Last.Of<T>(int)",
                "Last.Read(Box)",
                "Last.Back(int)",
                "Last.Half(int)",
                // These depend on bodies of the edited file. They call a method that needs no site, as its body shows. Or they make an object that
                // stays off the heap if the method that they call does not keep it.
                "Middle.Use(int)",
                "Middle.Call(int)",
                "Middle.Walk()",
                "Hot.Contract(int)",
                "Middle.Item.Value.get",
            ])
        );
    }

    [Test]
    public void An_edit_where_nothing_hot_leads_makes_nothing_again()
    {
        var first = Compile(Hot, Between, Ending, "class Elsewhere { int F(int i) { return i; } }");
        Looked(first);

        Assert.That(Looked(Edit(first, 3, "return i;", "return i + 1;")), Is.Empty);
    }

    [TestCase("public static int Twice(int i)", "public static int Twice(int i, int more = 0)", TestName = "a signature")]
    [TestCase("static Last() { }", "static Last() { } public static int More(int i) => i;", TestName = "a method more")]
    [TestCase("public static int Of<T>(int i)", "[DoesNotAllocate] public static int Of<T>(int i)", TestName = "an attribute")]
    public async Task An_edit_of_a_declaration_makes_all_again(string before, string after)
    {
        var first = Compile(Hot, Between, Ending);
        Looked(first);
        var second = Edit(first, 2, before, after);

        Assert.That(Looked(second), Has.Member("Hot.F(int)").And.Member("Middle.Call(int)"));
        Assert.That(await Said(second), Is.EqualTo(await Said(Anew(second))));
    }

    [Test]
    public void Another_option_makes_all_again()
    {
        var first = Compile(Hot, Between, Ending);
        Looked(first);

        Assert.That(Looked(first.WithOptions(first.Options.WithOverflowChecks(true))), Has.Member("Hot.F(int)"));
    }

    [Test]
    public async Task Another_allow_list_makes_all_again()
    {
        var compilation = Compile("public static class C { [Instrument(MaxBytesPerCall = 0)] public static int F(Func<int> f) => f(); }");
        var file = new ContractTests.Vouching("T:System.Func`1\n");

        Assert.That(await Said(compilation), Has.Some.Contains("HPG402"));
        Assert.That(await Said(compilation, file), Has.None.Contains("HPG402"));
        Assert.That(await Said(compilation), Has.Some.Contains("HPG402"));
    }

    [Test]
    public void What_is_known_keeps_no_compilation_alive([Values] bool isLaterOneInUse)
    {
        var (first, second) = Examined();
        for (int i = 0; i < 20 && first.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.That(first.IsAlive, Is.False);
        if (isLaterOneInUse)
        {
            Assert.That(Looked(Edit(second!, 2, "{ return i + 1; }", "{ return i + 2; }")), Has.None.EqualTo("Middle.Through(int)"), "still known");
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        (WeakReference First, CSharpCompilation? Second) Examined()
        {
            var first = Compile(Hot, Between, Ending);
            Looked(first);
            var second = Edit(first, 2, "{ return i; }", "{ return i + 1; }");
            Looked(second);
            return (new(first), isLaterOneInUse ? second : null);
        }
    }

    private static CSharpCompilation Compile(params string[] sources) => (CSharpCompilation)Build.Production(sources).MustCompile().Output;

    private static CSharpCompilation Edit(CSharpCompilation compilation, int file, string before, string after)
    {
        var old = compilation.SyntaxTrees[file];
        string text = old.GetText().ToString();
        Assert.That(text, Does.Contain(before));
        return compilation.ReplaceSyntaxTree(
            old,
            old.WithChangedText(SourceText.From(text.Replace(before, after, StringComparison.Ordinal), System.Text.Encoding.UTF8))
        );
    }

    /// <summary>The same sources, parsed again, so that nothing is known about them.</summary>
    private static CSharpCompilation Anew(CSharpCompilation compilation) =>
        compilation
            .RemoveAllSyntaxTrees()
            .AddSyntaxTrees(
                compilation.SyntaxTrees.Select(static tree =>
                    CSharpSyntaxTree.ParseText(tree.GetText(), (CSharpParseOptions)tree.Options, tree.FilePath)
                )
            );

    private static async Task<string[]> Said(CSharpCompilation compilation, params AdditionalText[] additional)
    {
        Assert.That(compilation.GetDiagnostics().Where(static found => found.Severity == DiagnosticSeverity.Error), Is.Empty);
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([.. additional], new ContractTests.Options()),
            onAnalyzerException: (exception, _, _) => throw exception,
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false
        );
        return
        [
            .. (await new CompilationWithAnalyzers(compilation, Editor.Analyzers, options).GetAnalyzerDiagnosticsAsync())
                .OrderBy(static found => found.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(static found => found.Location.SourceSpan.Start)
                .ThenBy(static found => found.Id, StringComparer.Ordinal)
                .Select(static found => found.ToString()),
        ];
    }

    private static string[] Looked(CSharpCompilation compilation)
    {
        var methods = MethodAllocations.Of(compilation, new([]), CancellationToken.None);
        foreach (var method in compilation.GetTypeByMetadataName("Hot")!.GetMembers().OfType<IMethodSymbol>())
        {
            methods.Of(method, CancellationToken.None);
        }

        return [.. methods.Examined.Select(static method => method.ToDisplayString())];
    }
}
