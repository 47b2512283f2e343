namespace DocSearch;

/// <summary>The words of a text, one after the other, as spans of the text.</summary>
internal ref struct WordSpans(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _start;
    private int _end;

    public readonly ReadOnlySpan<char> Current => _text[_start.._end];

    public readonly WordSpans GetEnumerator() => this;

    public bool MoveNext()
    {
        for (_start = _end; _start < _text.Length; _start = _end)
        {
            _end = Tokenizer.EndOf(_text, _start);
            if (Tokenizer.IsWord(_text[_start]))
            {
                return true;
            }
        }

        return false;
    }
}
