using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Symbols;

/// <summary>
/// Finds our names in the text of files. If no file has a name, nobody uses what it names, under any alias, and the rules about it need not ask the
/// compiler. Each file is read once, however often others are edited.
/// </summary>
internal static class Mentions
{
    public const string Instrument = nameof(Instrument);
    public const string Pooled = nameof(Pooled);
    public const string Budget = HotSymbols.MaxBytesPerCallProperty;

    private static readonly ConditionalWeakTable<SyntaxTree, Words> s_known = new();

    /// <summary>Whether any file has the name.</summary>
    public static bool Of(string name, Compilation compilation) =>
        compilation.SyntaxTrees.Any(tree =>
            s_known.GetValue(tree, static tree => new(tree.GetText().ToString())) is var words
            && name switch
            {
                Pooled => words.HasPooled,
                Budget => words.HasBudget,
                _ => words.HasInstrument,
            }
        );

    /// <summary>The nodes round the places of one file that have the name. For a file without the name, the syntax nodes are not made.</summary>
    public static IEnumerable<T> Round<T>(string name, SyntaxTree tree, CancellationToken cancellation)
        where T : SyntaxNode
    {
        string text = tree.GetText(cancellation).ToString();
        int past = 0;
        for (int at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + name.Length, StringComparison.Ordinal))
        {
            if (tree.GetRoot(cancellation).FindToken(at).Parent?.FirstAncestorOrSelf<T>() is { } node && node.FullSpan.Start >= past)
            {
                yield return node;
                past = node.FullSpan.End;
            }
        }
    }

    private sealed class Words(string text)
    {
        public bool HasInstrument { get; } = text.Contains(Instrument);

        public bool HasPooled { get; } = text.Contains(Pooled);

        public bool HasBudget { get; } = text.Contains(Budget);
    }
}
