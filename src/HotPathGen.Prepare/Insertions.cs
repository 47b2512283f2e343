using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Prepare;

/// <summary>Edits of one text, collected in any order and printed in one pass; none of them adds or removes a line.</summary>
internal sealed class Insertions
{
    private readonly List<(TextSpan Replaced, int Order, string Text)> _edits = [];

    public bool IsEmpty => _edits.Count == 0;

    public void Insert(int position, string text) => Replace(new TextSpan(position, 0), text);

    public void Replace(TextSpan span, string text) => _edits.Add((span, _edits.Count, text));

    /// <summary>Takes a token out and leaves blanks, so that columns stay.</summary>
    public void Blank(TextSpan span) => Replace(span, new string(' ', span.Length));

    /// <summary>Where a position of the source is in the printed text.</summary>
    public int PositionOf(int position, string header)
    {
        int moved = header.Length + position;
        foreach (var (replaced, _, replacement) in _edits)
        {
            if (replaced.End <= position)
            {
                moved += replacement.Length - replaced.Length;
            }
        }

        return moved;
    }

    public string Print(string header, SourceText source)
    {
        _edits.Sort((a, b) => (a.Replaced.Start, a.Order).CompareTo((b.Replaced.Start, b.Order)));
        var printed = new StringBuilder(header, header.Length + source.Length + _edits.Count * 64);
        string text = source.ToString();
        int done = 0;
        foreach (var (replaced, _, replacement) in _edits)
        {
            printed.Append(text, done, replaced.Start - done).Append(replacement);
            done = replaced.End;
        }

        return printed.Append(text, done, text.Length - done).ToString();
    }
}
