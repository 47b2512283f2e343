using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Syntax;

/// <summary>
/// Collects insertions and replacements in one text, in any order, and prints them in one pass. At one position, text that closes comes before text
/// that opens. Within both, nesting decides the order. A replacement comes last.
/// </summary>
internal sealed class TextEdits
{
    private readonly List<(TextSpan Span, int Rank, int Order, Func<string> Text)> _edits = [];

    public int Count => _edits.Count;

    /// <summary>Inserts text before an expression or statement. The text of the outer one, which has the lower level, comes first.</summary>
    public void Open(int position, int level, Func<string> text) => Add(new(position, 0), level, text);

    /// <inheritdoc cref="Open(int, int, Func{string})"/>
    public void Open(int position, int level, string text) => Open(position, level, () => text);

    /// <summary>Inserts text behind an expression or statement. The text of the inner one comes first.</summary>
    public void Close(int position, int level, Func<string> text) => Add(new(position, 0), (int.MinValue / 2) - level, text);

    /// <inheritdoc cref="Close(int, int, Func{string})"/>
    public void Close(int position, int level, string text) => Close(position, level, () => text);

    /// <summary>Inserts text at a position. The text that is inserted first comes first.</summary>
    public void Insert(int position, string text) => Open(position, 0, text);

    public void Replace(TextSpan span, Func<string> text) => Add(span, int.MaxValue, text);

    /// <inheritdoc cref="Replace(TextSpan, Func{string})"/>
    public void Replace(TextSpan span, string text) => Replace(span, () => text);

    /// <summary>Replaces a part with blanks, so that columns stay.</summary>
    public void Blank(TextSpan span) => Replace(span, new string(' ', span.Length));

    private void Add(TextSpan span, int rank, Func<string> text) => _edits.Add((span, rank, _edits.Count, text));

    /// <summary>The place of a source position in the edited text.</summary>
    public int PositionOf(int position) =>
        position + _edits.Where(edit => edit.Span.End <= position).Sum(static edit => edit.Text().Length - edit.Span.Length);

    /// <summary>Appends a part of the source with its edits, and notes which parts are repeated letter by letter.</summary>
    public void Print(StringBuilder text, string source, TextSpan span, List<(int InCopy, int InBody, int Length)>? kept = null)
    {
        _edits.Sort(
            static (a, b) =>
                a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start)
                : a.Rank != b.Rank ? a.Rank.CompareTo(b.Rank)
                : a.Order.CompareTo(b.Order)
        );
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
                kept?.Add((text.Length, done - span.Start, end - done));
                text.Append(source, done, end - done);
            }
        }
    }
}
