using System.Collections.Immutable;
using HotPathGen.Generator.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.Tests;

/// <summary>One project as in an editor: rules report, and fixes are offered and applied.</summary>
internal sealed class Editor : IDisposable
{
    /// <summary>All analyzers.</summary>
    public static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
    [
        new AllocationAnalyzer(),
        new BudgetAnalyzer(),
        new ContractAnalyzer(),
        new CoverageAnalyzer(),
        new ProfileWeightAnalyzer(),
        new PairAnalyzer(),
        new PooledAnalyzer(),
    ];

    private readonly AdhocWorkspace _workspace = new();
    private readonly ProjectId _project = ProjectId.CreateNewId();

    public Editor(Project project)
    {
        var build = Build.Of(project);
        Solution = _workspace.CurrentSolution.AddProject(
            ProjectInfo.Create(
                _project,
                VersionStamp.Default,
                "Sample",
                "Sample",
                LanguageNames.CSharp,
                compilationOptions: build.Input.Options,
                parseOptions: build.Input.SyntaxTrees[0].Options,
                metadataReferences: build.Input.References
            )
        );
        foreach (var tree in build.Input.SyntaxTrees)
        {
            Solution = Solution.AddDocument(
                DocumentId.CreateNewId(_project),
                Path.GetFileName(tree.FilePath),
                tree.GetText(),
                filePath: tree.FilePath
            );
        }
    }

    public Solution Solution { get; private set; }

    public Document Document => Solution.GetProject(_project)!.Documents.First();

    public async Task<string> Text() => (await Document.GetTextAsync()).ToString();

    /// <summary>The diagnostics that a fix is for, in the order of the source.</summary>
    public async Task<Diagnostic[]> Find(CodeFixProvider fix) =>
        [
            .. (await (await Solution.GetProject(_project)!.GetCompilationAsync())!.WithAnalyzers(Analyzers).GetAnalyzerDiagnosticsAsync())
                .Where(diagnostic => fix.FixableDiagnosticIds.Contains(diagnostic.Id))
                .OrderBy(diagnostic => diagnostic.Location.SourceSpan),
        ];

    public async Task<CodeAction[]> Offers(CodeFixProvider fix, Diagnostic diagnostic)
    {
        var offered = new List<CodeAction>();
        var document = Solution.GetDocument(diagnostic.Location.SourceTree) ?? Document;
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => offered.Add(action), CancellationToken.None));
        return [.. offered];
    }

    /// <summary>The first action that the fix offers for any of these diagnostics.</summary>
    public async Task<CodeAction?> Offer(CodeFixProvider fix)
    {
        foreach (var diagnostic in await Find(fix))
        {
            if (await Offers(fix, diagnostic) is [var action, ..])
            {
                return action;
            }
        }

        return null;
    }

    public async Task Apply(CodeAction action) =>
        Solution = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;

    public async Task ApplyAll(CodeFixProvider fix, FixAllScope scope = FixAllScope.Document)
    {
        var first = (await Offer(fix))!;
        var context = new FixAllContext(
            Document,
            fix,
            scope,
            first.EquivalenceKey,
            fix.FixableDiagnosticIds,
            new Found(this, fix),
            CancellationToken.None
        );
        await Apply((await fix.GetFixAllProvider()!.GetFixAsync(context))!);
    }

    public void Dispose() => _workspace.Dispose();

    private sealed class Found(Editor editor, CodeFixProvider fix) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(
            Microsoft.CodeAnalysis.Project project,
            CancellationToken cancellationToken
        ) => await editor.Find(fix);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            (await editor.Find(fix)).Where(diagnostic => diagnostic.Location.SourceTree?.FilePath == document.FilePath);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(
            Microsoft.CodeAnalysis.Project project,
            CancellationToken cancellationToken
        ) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
