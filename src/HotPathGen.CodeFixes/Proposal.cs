using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.CodeFixes;

/// <summary>What a fix would do, as edits of the text. All other text keeps its form and its comments.</summary>
/// <param name="title">What is done here.</param>
/// <param name="key">What all fixes of this kind do. Fixes with the same key can be applied together.</param>
internal sealed class Proposal(string title, string key)
{
    private readonly Dictionary<SyntaxTree, List<TextChange>> _changes = [];
    private readonly HashSet<SyntaxTree> _affected = [];
    private Compilation? _after;

    public string Title => title;

    public string Key => key;

    public IEnumerable<SyntaxTree> Changed => _changes.Keys;

    public Proposal Insert(SyntaxTree tree, int position, string text) => Change(tree, new(position, 0), text);

    public Proposal Replace(SyntaxNode node, string text) => Change(node.SyntaxTree, node.Span, text);

    public Proposal Replace(SyntaxToken token, string text) => Change(token.SyntaxTree!, token.Span, text);

    public Proposal Change(SyntaxTree tree, TextSpan span, string text)
    {
        if (!_changes.TryGetValue(tree, out var changes))
        {
            _changes.Add(tree, changes = []);
        }

        changes.Add(new(span, text));
        _affected.Add(tree);
        _after = null;
        return this;
    }

    /// <summary>Names a file that must still compile although nothing in it changes.</summary>
    public void Affects(SyntaxTree tree) => _affected.Add(tree);

    public Solution ApplyTo(Solution solution)
    {
        var changed = solution;
        foreach (var tree in _changes.Keys)
        {
            changed = changed.WithDocumentText(solution.GetDocument(tree)!.Id, Text(tree));
        }

        return changed;
    }

    /// <summary>The compilation after the edits.</summary>
    public Compilation ApplyTo(Compilation compilation) =>
        _after ??= _changes.Keys.Aggregate(compilation, (changed, tree) => changed.ReplaceSyntaxTree(tree, tree.WithChangedText(Text(tree))));

    /// <summary>The node in the changed file that corresponds to a node of the old file.</summary>
    public T? Find<T>(Compilation after, T old)
        where T : SyntaxNode
    {
        var tree = Tree(after, old.SyntaxTree);
        return tree.GetRoot().FindNode(Map(old.SyntaxTree, old.Span), getInnermostNodeForTie: true).FirstAncestorOrSelf<T>();
    }

    /// <summary>Whether the compiler reports nothing about the affected files that it does not report before the edits.</summary>
    public bool Compiles(Compilation before, CancellationToken cancellation)
    {
        var after = ApplyTo(before);
        foreach (var tree in _affected)
        {
            var found = Findings(after, Tree(after, tree), cancellation);
            if (found.Count > 0)
            {
                foreach (string known in Findings(before, tree, cancellation))
                {
                    found.Remove(known);
                }
            }

            if (found.Count > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where a span of an old file is in the changed file. Text that is inserted at its ends is not part of it.</summary>
    public TextSpan Map(SyntaxTree tree, TextSpan span)
    {
        int start = span.Start;
        int end = span.End;
        foreach (var change in _changes.TryGetValue(tree, out var changes) ? changes : [])
        {
            int grown = change.NewText!.Length - change.Span.Length;
            start += change.Span.End <= span.Start ? grown : 0;
            end += change.Span.End <= span.Start || change.Span.Start < span.End ? grown : 0;
        }

        return TextSpan.FromBounds(start, Math.Max(start, end));
    }

    /// <summary>The file of the compilation after the edits that replaces an old file.</summary>
    private SyntaxTree Tree(Compilation after, SyntaxTree old) =>
        _changes.ContainsKey(old) ? after.SyntaxTrees.First(tree => tree.FilePath == old.FilePath) : old;

    private SourceText Text(SyntaxTree tree) => tree.GetText().WithChanges(_changes[tree].OrderBy(change => change.Span.Start));

    private static List<string> Findings(Compilation compilation, SyntaxTree tree, CancellationToken cancellation) =>
        [
            .. compilation
                .GetSemanticModel(tree)
                .GetDiagnostics(cancellationToken: cancellation)
                // CS8795 is left out: the generator will write the other half of a new pair.
                .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS8795")
                .Select(diagnostic => diagnostic.Id + diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)),
        ];
}
