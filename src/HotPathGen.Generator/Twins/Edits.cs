using System.Text;
using HotPathGen.Generator.Checks;
using HotPathGen.Generator.Emission;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.Twins;

/// <summary>
/// Insertions and replacements in one text, collected in any order and printed in one pass. At one position, what closes comes before
/// what opens, and nesting decides within both.
/// </summary>
internal sealed class Edits
{
    private readonly List<(TextSpan Span, int Rank, int Order, Func<string> Text)> _edits = [];

    public int Count => _edits.Count;

    /// <summary>Text before an expression or statement; the outer one, of the lower level, comes first.</summary>
    public void Open(int position, int level, Func<string> text) => Add(new(position, 0), level, text);

    /// <summary>Text behind one; the inner one comes first.</summary>
    public void Close(int position, int level, Func<string> text) => Add(new(position, 0), int.MinValue / 2 - level, text);

    public void Replace(TextSpan span, Func<string> text) => Add(span, int.MaxValue, text);

    private void Add(TextSpan span, int rank, Func<string> text) => _edits.Add((span, rank, _edits.Count, text));

    /// <summary>The edited text, and what of the source it repeats.</summary>
    public (string Text, KeptText Kept) Print(string source, TextSpan span)
    {
        _edits.Sort(
            static (a, b) =>
                a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start)
                : a.Rank != b.Rank ? a.Rank.CompareTo(b.Rank)
                : a.Order.CompareTo(b.Order)
        );
        var kept = new List<(int InCopy, int InBody, int Length)>(_edits.Count + 1);
        return (GeneratedText.Print(text => Print(text, source, span, kept)), new(kept));
    }

    private void Print(StringBuilder text, string source, TextSpan span, List<(int InCopy, int InBody, int Length)> kept)
    {
        int done = span.Start;
        foreach (var (edited, _, _, replacement) in _edits)
        {
            Keep(edited.Start);
            text.Append(replacement());
            done = edited.End;
        }

        Keep(span.End);

        void Keep(int end)
        {
            if (end > done)
            {
                kept.Add((text.Length, done - span.Start, end - done));
                text.Append(source, done, end - done);
            }
        }
    }
}
