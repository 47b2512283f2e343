using HotPathGen.CodeFixes;
using HotPathGen.Generator.Analysis;

namespace HotPathGen.Generator.Tests;

/// <summary>What an editor offers for a pooled span that is not scoped.</summary>
public sealed class ScopedFixTests
{
    [TestCase("[Pooled(3)] Span<int> b", "[Pooled(3)] scoped Span<int> b")]
    [TestCase("[Pooled(3)]\n    /* why */ Span<int> b", "[Pooled(3)]\n    /* why */ scoped Span<int> b")]
    [TestCase(
        "[Pooled(3)] scoped Span<int> a, [Pooled(3)] System.Span<int> b",
        "[Pooled(3)] scoped Span<int> a, [Pooled(3)] scoped System.Span<int> b"
    )]
    public async Task A_pooled_span_is_made_scoped(string before, string after)
    {
        using var editor = new Editor(
            new([$"public static partial class C {{ internal static partial int F(); static int FCore({before}) => b.Length; }}"])
        );
        await editor.Apply((await editor.Offer(new ScopedFix()))!);
        string text = await editor.Text();

        Assert.That(text, Is.EqualTo($"public static partial class C {{ internal static partial int F(); static int FCore({after}) => b.Length; }}"));
        Assert.That(await AnalyzerTests.Report(Build.Production(text).MustCompile()), Is.Empty);
    }

    [Test]
    public async Task All_of_a_file_are_made_scoped()
    {
        const string source =
            "public static partial class C { internal static partial int F(); static int FCore([Pooled(3)] Span<int> b) => b.Length; internal "
            + "static partial int G(); static int GCore([Pooled(3)] Span<int> b) => b.Length; }";
        using var editor = new Editor(new([source]));
        await editor.ApplyAll(new ScopedFix());

        Assert.That(await editor.Text(), Is.EqualTo(source.Replace("Span<int>", "scoped Span<int>")));
    }

    [Test]
    public void It_is_for_that_rule() => Assert.That(new ScopedFix().FixableDiagnosticIds, Is.EqualTo([Rules.NotScoped.Id]));
}
