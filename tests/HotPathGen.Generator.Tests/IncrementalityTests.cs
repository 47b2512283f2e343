using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.Tests;

/// <summary>Which steps of the generator an edit repeats, and which it does not. Each step is identified by its name.</summary>
public sealed class IncrementalityTests
{
    private const string Source = """
        namespace N;

        public static partial class Sample
        {
            [Instrument] public static partial int A(int x);
            private static int ACore(int x) { return x + 1; }
            [Instrument] public static partial int B(int x);
            private static int BCore(int x) => x.ToString().Length;
            [DoNotInstrument] public static partial int C(int x);
            private static int CCore(int x) => -x;
            [Instrument] public static int Ordinary(int x) => x;
            public static partial int D(int x);
            private static int DCore(int x, [Pooled(3)] scoped Span<int> more) => x + more.Length;
            public static void Cold() { }
        }
        """;

    private const string Other = "namespace N; public static class Elsewhere { public static int F() => 1; }";

    private static readonly string[] s_all =
    [
        Steps.Measured,
        Steps.WrittenPairs,
        Steps.UnmeasuredPairs,
        Steps.PooledPairs,
        Steps.PooledLists,
        Steps.MeasuredFiles,
        Steps.Files,
        Steps.Methods,
        Steps.Table,
        Steps.Emission,
        Steps.Coverage,
        Steps.Project,
        Steps.ApiCalls,
        Steps.Functions,
    ];

    private static readonly string[] s_ofProduction = [Steps.WrittenPairs];

    private static readonly string[] s_ofMeasured = [Steps.MeasuredFiles];

    [Test]
    public void A_second_run_does_nothing([Values] bool measured)
    {
        var again = Again.After(Start(measured), compilation => compilation);

        string[] run = [.. s_all.Where(step => again.Reasons(step).Length > 0)];
        Assert.That(run, Is.EquivalentTo(s_all.Except(measured ? s_ofProduction : s_ofMeasured)), "the steps that have work in such a build");
        foreach (string step in run)
        {
            Assert.That(again.Reasons(step), Is.All.EqualTo(IncrementalStepRunReason.Cached), step);
        }

        Assert.That(again.OutputReasons, Is.Not.Empty.And.All.EqualTo(IncrementalStepRunReason.Cached));
    }

    [Test]
    public void Every_step_has_its_name()
    {
        var measured = Build.Of(new([Source, Other]) { IsMeasured = true });
        var production = Build.Of(new([Source, Other]));
        var names = measured.Result.TrackedSteps.Keys.Concat(production.Result.TrackedSteps.Keys);

        Assert.That(s_all, Is.SubsetOf(names));
        Assert.That(s_all, Is.EquivalentTo(typeof(Steps).GetFields().Select(field => field.GetRawConstantValue())), "s_all has every step");
    }

    [TestCase("public static void Cold() { }", "public static void Cold() { Console.WriteLine(); }", TestName = "the body of a cold method")]
    [TestCase("public static void Cold() { }", "public static void Cold() { } // why", TestName = "a comment")]
    [TestCase("{ return x + 1; }", "{ return x + 2; }", TestName = "the body of a core")]
    [TestCase("public static void Cold() { }", "public static void Warm(int x) { } public static void Cold() { }", TestName = "a cold method more")]
    [TestCase("{ return x + 1; }", "{\n        return x + 1;\n    }", TestName = "lines within a file, in production")]
    public void An_edit_that_changes_no_head_reaches_no_output(string before, string after)
    {
        bool moves = after.Contains('\n');
        foreach (bool measured in moves ? [false] : (bool[])[false, true])
        {
            var again = Again.After(Start(measured), compilation => Edit(compilation, before, after));

            Assert.That(again.Reasons(Steps.Files).Where(IsLoud), Is.Empty, Steps.Files);
            Assert.That(again.OutputReasons.Where(IsLoud), Is.Empty);
            Assert.That(again.SameText);
            Assert.That(again.Reasons(Steps.WrittenPairs).Any(IsLoud), Is.EqualTo(moves), "a pair's model has its line, the generated file has not");
            Assert.That(again.Reasons(Steps.Methods).Where(IsLoud), Is.Empty);
        }
    }

    [Test]
    public void An_edit_in_the_body_of_a_core_writes_its_copy_anew_and_nothing_else()
    {
        var again = Again.After(Start(measured: true), compilation =>
            Edit(compilation, "=> x.ToString().Length", "=> x.ToString().Length + x.ToString().Length")
        );

        Assert.That(again.Reasons(Steps.Files).Where(IsLoud), Is.EqualTo([IncrementalStepRunReason.Modified]));
        Assert.That(again.Reasons(Steps.Methods).Where(IsLoud), Is.Empty);
        Assert.That(again.ChangedFiles, Has.Length.EqualTo(1));
        Assert.That(again.ChangedFiles[0], Does.Contain("B__probing").And.Contain("S_"));
    }

    [Test]
    public void An_edit_in_a_file_without_hot_methods_reaches_no_output([Values] bool measured)
    {
        var again = Again.After(Start(measured), compilation => Edit(compilation, "=> 1", "=> 2 /* more */"));

        Assert.That(s_all.Where(step => again.Reasons(step).Any(IsLoud)), Is.Empty);
        Assert.That(again.OutputReasons, Is.Not.Empty.And.All.EqualTo(IncrementalStepRunReason.Cached));
    }

    [Test]
    public void A_file_more_reaches_no_output([Values] bool measured)
    {
        var again = Again.After(Start(measured), compilation =>
            compilation.AddSyntaxTrees(
                CSharpSyntaxTree.ParseText(
                    "class New { void F() { } }",
                    (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
                    Build.Folder + "New.cs",
                    Encoding.UTF8
                )
            )
        );

        Assert.That(s_all.Where(step => again.Reasons(step).Any(IsLoud)), Is.Empty);
        Assert.That(again.OutputReasons, Is.Not.Empty.And.All.EqualTo(IncrementalStepRunReason.Cached));
    }

    [Test]
    public void A_new_signature_changes_its_own_pair_and_the_table([Values] bool measured)
    {
        var again = Again.After(Start(measured), compilation =>
            Edit(compilation, "A(int x);", "A(long x);", "ACore(int x) { return x + 1; }", "ACore(long x) { return 1; }")
        );

        Assert.That(
            again.Reasons(Pairs(measured)),
            Is.EquivalentTo([IncrementalStepRunReason.Modified, .. Enumerable.Repeat(IncrementalStepRunReason.Unchanged, measured ? 2 : 1)])
        );
        Assert.That(again.Reasons(Steps.Methods), Is.EqualTo([measured ? IncrementalStepRunReason.Modified : IncrementalStepRunReason.Cached]));
        Assert.That(
            s_all
                .Except([Steps.WrittenPairs, Steps.MeasuredFiles, Steps.Files, Steps.Methods, Steps.Table, Steps.Emission])
                .Where(step => again.Reasons(step).Any(IsLoud)),
            Is.Empty
        );
        Assert.That(again.ChangedFiles.Count(file => file.Contains("partial int A(long", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(again.ChangedFiles, Has.Length.EqualTo(measured ? 2 : 1));
    }

    [Test]
    public void A_pair_more_adds_its_file_and_leaves_the_others([Values] bool measured)
    {
        var again = Again.After(Start(measured), compilation =>
            Edit(compilation, "public static void Cold() { }", "[Instrument] public static partial void C(); private static void CCore() { }")
        );

        Assert.That(again.Reasons(Pairs(measured)).Where(IsLoud), Has.Exactly(1).EqualTo(IncrementalStepRunReason.New));
        Assert.That(again.ChangedFiles, Has.Length.EqualTo(measured ? 2 : 1));
    }

    [Test]
    public void An_attribute_less_takes_its_file_away()
    {
        var again = Again.After(Start(measured: false), compilation =>
            Edit(compilation, "[Instrument] public static partial int B(int x);", "public static partial int B(int x);")
        );

        Assert.That(again.Reasons(Steps.WrittenPairs), Does.Contain(IncrementalStepRunReason.Removed));
        Assert.That(again.Files.Count(file => file.Contains("BCore")), Is.Zero);
    }

    [Test]
    public void A_new_head_of_an_ordinary_method_changes_its_pair_in_measured_builds_only()
    {
        var measured = Again.After(Start(measured: true), compilation =>
            Edit(compilation, "Ordinary(int x)", "Ordinary(int y)", "Ordinary__plain(int x)", "Ordinary__plain(int y)", "*/ => x", "*/ => y")
        );
        var production = Again.After(Start(measured: false), compilation => Edit(compilation, "Ordinary(int x) => x", "Ordinary(int y) => y"));

        Assert.That(
            measured.Reasons(Steps.MeasuredFiles),
            Is.EquivalentTo([IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Modified])
        );
        Assert.That(measured.ChangedFiles, Has.Length.EqualTo(1), "the table has the types of parameters, not their names");
        Assert.That(production.OutputReasons, Is.Not.Empty.And.All.EqualTo(IncrementalStepRunReason.Cached));
    }

    [Test]
    public void Production_builds_hold_only_written_pairs()
    {
        var production = Start(measured: false);

        Assert.That(production.Files.Select(file => file.Text), Has.Exactly(4).Items.And.All.Contains("Core("));
        Assert.That(production.Files.Select(file => file.Text), Has.None.Contains("Frame").And.None.Contains("Ordinary"));
        Assert.That(production.Result.TrackedSteps.ContainsKey(Steps.MeasuredFiles), Is.False);
        Assert.That(Build.Production(Other, "class C { [Instrument] int F() => 1; [Instrument] C() { } }").Files, Is.Empty);
    }

    [Test]
    public void The_first_call_of_the_api_adds_it_and_the_second_does_nothing()
    {
        var start = Start(measured: false);
        var first = Again.After(start, compilation => Edit(compilation, "Cold() { }", "Cold() { HotPath.Reset(); }"));
        var second = first.Next(compilation => Edit(compilation, "HotPath.Reset();", "HotPath.Reset(); HotPath.Snapshot();"));

        Assert.That(first.Reasons(Steps.ApiCalls), Is.EqualTo([IncrementalStepRunReason.Modified]));
        Assert.That(first.ChangedFiles, Has.Length.EqualTo(1));
        Assert.That(second.Reasons(Steps.ApiCalls), Is.EqualTo([IncrementalStepRunReason.Unchanged]));
        Assert.That(second.OutputReasons, Is.Not.Empty.And.All.EqualTo(IncrementalStepRunReason.Cached));
    }

    [Test]
    public void What_prepare_left_plain_changes_the_table_alone()
    {
        var again = Again.After(Start(measured: true), compilation => compilation, "/src/Sample1.cs\t9\tN.Sample.Ordinary\tbecause\n");

        Assert.That(again.Reasons(Steps.Coverage), Is.EqualTo([IncrementalStepRunReason.Modified]));
        Assert.That(s_all.Except([Steps.Coverage, Steps.Table, Steps.Emission]).Where(step => again.Reasons(step).Any(IsLoud)), Is.Empty);
        Assert.That(again.ChangedFiles.Single(), Does.Contain("because"));
    }

    private static readonly IncrementalStepRunReason[] s_quiet = [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged];

    /// <summary>The step that finds the pairs of a build.</summary>
    private static string Pairs(bool measured) => measured ? Steps.MeasuredFiles : Steps.WrittenPairs;

    private static bool IsLoud(IncrementalStepRunReason reason) => !s_quiet.Contains(reason);

    private static Build Start(bool measured) => Build.Of(new([Source, Other]) { IsMeasured = measured }).MustCompile();

    private static CSharpCompilation Edit(CSharpCompilation compilation, params string[] replacements)
    {
        foreach (string[] pair in replacements.Chunk(2))
        {
            SyntaxTree tree = compilation.SyntaxTrees.First(tree => tree.ToString().Contains(pair[0], StringComparison.Ordinal));
            compilation = compilation.ReplaceSyntaxTree(
                tree,
                tree.WithChangedText(SourceText.From(tree.ToString().Replace(pair[0], pair[1], StringComparison.Ordinal), Encoding.UTF8))
            );
        }

        return compilation;
    }

    /// <summary>A second run of the generator, compared with the run before.</summary>
    private sealed class Again
    {
        private readonly CSharpCompilation _compilation;
        private readonly GeneratorDriver _driver;
        private readonly GeneratorRunResult _before;
        private readonly GeneratorRunResult _result;

        private Again(GeneratorRunResult before, GeneratorDriver driver, CSharpCompilation compilation)
        {
            _before = before;
            _compilation = compilation;
            _driver = driver.RunGenerators(compilation);
            _result = _driver.GetRunResult().Results[0];
        }

        public static Again After(Build build, Func<CSharpCompilation, CSharpCompilation> edit, string? coverage = null) =>
            new(
                build.Result,
                coverage is null ? build.Driver : build.Driver.ReplaceAdditionalText(build.AdditionalTexts.Single(), new Coverage(coverage)),
                edit(build.Input)
            );

        public Again Next(Func<CSharpCompilation, CSharpCompilation> edit) => new(_result, _driver, edit(_compilation));

        public string[] Files => [.. _result.GeneratedSources.Select(source => source.SourceText.ToString())];

        public string[] ChangedFiles =>
            [.. Files.Except(_before.GeneratedSources.Select(source => source.SourceText.ToString()), StringComparer.Ordinal)];

        public bool SameText => ChangedFiles.Length == 0 && Files.Length == _before.GeneratedSources.Length;

        public IncrementalStepRunReason[] OutputReasons =>
            [.. _result.TrackedOutputSteps.Values.SelectMany(steps => steps).SelectMany(step => step.Outputs).Select(output => output.Reason)];

        /// <summary>The reasons of a step's outputs. The array is empty if the step has had no input yet.</summary>
        public IncrementalStepRunReason[] Reasons(string step) =>
            _result.TrackedSteps.TryGetValue(step, out var runs) ? [.. runs.SelectMany(run => run.Outputs).Select(output => output.Reason)] : [];

        private sealed class Coverage(string text) : AdditionalText
        {
            public override string Path => Build.Folder + "obj/hotpath/coverage.txt";

            public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, Encoding.UTF8);
        }
    }
}
