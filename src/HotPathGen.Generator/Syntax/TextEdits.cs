using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Syntax;

/// <summary>
/// Insertions and replacements in one text, collected in any order and printed in one pass. At one position, what closes comes before what opens,
/// nesting decides within both, and a replacement comes last.
/// </summary>
internal sealed class TextEdits
{
    private readonly List<(TextSpan Span, int Rank, int Order, Func<string> Text)> _edits = [];

    public int Count => _edits.Count;

    /// <summary>Text before an expression or statement; the outer one, of the lower level, comes first.</summary>
    public void Open(int position, int level, Func<string> text) => Add(new(position, 0), level, text);

    /// <inheritdoc cref="Open(int, int, Func{string})"/>
    public void Open(int position, int level, string text) => Open(position, level, () => text);

    /// <summary>Text behind one; the inner one comes first.</summary>
    public void Close(int position, int level, Func<string> text) => Add(new(position, 0), (int.MinValue / 2) - level, text);

    /// <inheritdoc cref="Close(int, int, Func{string})"/>
    public void Close(int position, int level, string text) => Close(position, level, () => text);

    /// <summary>Text at a position; what is inserted first comes first.</summary>
    public void Insert(int position, string text) => Open(position, 0, text);

    public void Replace(TextSpan span, Func<string> text) => Add(span, int.MaxValue, text);

    /// <inheritdoc cref="Replace(TextSpan, Func{string})"/>
    public void Replace(TextSpan span, string text) => Replace(span, () => text);

    /// <summary>Takes a part out and leaves blanks, so that columns stay.</summary>
    public void Blank(TextSpan span) => Replace(span, new string(' ', span.Length));

    private void Add(TextSpan span, int rank, Func<string> text) => _edits.Add((span, rank, _edits.Count, text));

    /// <summary>Where a position of the source is in the edited text.</summary>
    public int PositionOf(int position) =>
        position + _edits.Where(edit => edit.Span.End <= position).Sum(static edit => edit.Text().Length - edit.Span.Length);

    /// <summary>Appends a part of the source as it is edited, and notes what of it is repeated letter by letter.</summary>
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
