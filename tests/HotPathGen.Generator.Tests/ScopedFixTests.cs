using HotPathGen.CodeFixes;
using HotPathGen.Generator.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPathGen.Generator.Tests;

/// <summary>What an editor offers for a pooled span that is not scoped.</summary>
public sealed class ScopedFixTests
{
    [TestCase("[Pooled(3)] Span<int> b", "[Pooled(3)] scoped Span<int> b")]
    [TestCase("[Pooled(3)]\n    /* why */ Span<int> b", "[Pooled(3)]\n    /* why */ scoped Span<int> b")]
    [TestCase("[Pooled(3)] scoped Span<int> a, [Pooled(3)] System.Span<int> b", "[Pooled(3)] scoped Span<int> a, [Pooled(3)] scoped System.Span<int> b")]
    public async Task a_pooled_span_is_made_scoped(string before, string after)
    {
        Build build = Build.Production($"public static partial class C {{ internal static partial int F(); static int FCore({before}) => b.Length; }}");
        using var workspace = new AdhocWorkspace();
        ProjectId id = ProjectId.CreateNewId();
        Solution solution = workspace.CurrentSolution.AddProject(ProjectInfo.Create(
            id, VersionStamp.Default, "Sample", "Sample", LanguageNames.CSharp, compilationOptions: build.Input.Options, parseOptions: build.Input.SyntaxTrees[0].Options, metadataReferences: build.Input.References));
        foreach (SyntaxTree tree in build.Input.SyntaxTrees)
        {
            solution = solution.AddDocument(DocumentId.CreateNewId(id), Path.GetFileName(tree.FilePath), tree.GetText(), filePath: tree.FilePath);
        }

        Document document = solution.GetProject(id)!.Documents.First();
        Compilation compilation = (await document.Project.GetCompilationAsync())!;
        Diagnostic found = (await compilation.WithAnalyzers([new PooledAnalyzer()]).GetAnalyzerDiagnosticsAsync()).Single(diagnostic => diagnostic.Id == "HPG202");
        var offered = new List<CodeAction>();
        await new ScopedFix().RegisterCodeFixesAsync(new CodeFixContext(document, found, (action, _) => offered.Add(action), CancellationToken.None));
        Solution changed = (await offered.Single().GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
        string text = (await changed.GetDocument(document.Id)!.GetTextAsync()).ToString();

        Assert.That(text, Is.EqualTo($"public static partial class C {{ internal static partial int F(); static int FCore({after}) => b.Length; }}"));
        Assert.That(await AnalyzerTests.Report(Build.Production(text).MustCompile()), Is.Empty);
    }

    [Test]
    public void it_is_for_that_rule() => Assert.That(new ScopedFix().FixableDiagnosticIds, Is.EqualTo([Rules.NotScoped.Id]));
}
