using System.Globalization;
using System.Text;

namespace HotPathGen.Generator.ProfileWeights;

/// <summary>
/// Reads JSON from front to back, and only the parts that are asked for. The compiler's process has System.Text.Json in the version that its host
/// loaded, and the generator brings no assembly of its own.
/// </summary>
internal sealed class JsonText(string text)
{
    /// <summary>The deepest nesting that is read. No file of ours is that deep, and a thread's stack can take far more.</summary>
    private const int MaxDepth = 64;

    private int _at;
    private int _depth;

    /// <summary>Calls <paramref name="read"/> with each member's name; it must read the value.</summary>
    public void Members(Action<string> read) => Sequence('{', '}', () =>
        {
            string name = Text();
            Take(':');
            read(name);
        });

    /// <summary>Calls <paramref name="read"/> for each element, which it must read.</summary>
    public void Elements(Action read) => Sequence('[', ']', read);

    public string Text()
    {
        Take('"');
        int start = _at;
        while (At() is not ('"' or '\\'))
        {
            _at++;
        }

        if (At() == '"')
        {
            return text.Substring(start, _at++ - start);
        }

        var result = new StringBuilder(text, start, _at - start, 256);
        for (char letter; (letter = At()) != '"'; )
        {
            _at++;
            result.Append(letter == '\\' ? Escaped() : letter);
        }

        _at++;
        return result.ToString();
    }

    public double Number()
    {
        SkipBlanks();
        int start = _at;
        while (_at < text.Length && text[_at] is (>= '0' and <= '9') or '-' or '+' or '.' or 'e' or 'E')
        {
            _at++;
        }

        return
            double.TryParse(text.Substring(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && !double.IsInfinity(number)
            ? number
            : throw new JsonTextException(
                start,
                _at == start ? $"{Found(start)} where a number should be" : $"'{text.Substring(start, _at - start)}' is not a number"
            );
    }

    public void Skip()
    {
        switch (Peek())
        {
            case '{':
                Members(_ => Skip());
                break;
            case '[':
                Elements(Skip);
                break;
            case '"':
                Text();
                break;
            case 't':
                Word("true");
                break;
            case 'f':
                Word("false");
                break;
            case 'n':
                Word("null");
                break;
            default:
                Number();
                break;
        }
    }

    public void End()
    {
        SkipBlanks();
        if (_at < text.Length)
        {
            throw new JsonTextException(_at, $"{Found(_at)} behind the end");
        }
    }

    private void Sequence(char open, char close, Action read)
    {
        Take(open);
        if (++_depth > MaxDepth)
        {
            throw new JsonTextException(_at, "it is too deep");
        }

        for (bool isFirst = true; Peek() != close; isFirst = false)
        {
            if (!isFirst)
            {
                Take(',');
            }

            read();
        }

        _at++;
        _depth--;
    }

    private char Escaped()
    {
        char letter = At();
        _at++;
        switch (letter)
        {
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case 'r':
                return '\r';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case '"' or '\\' or '/':
                return letter;
            case 'u'
                when _at + 4 <= text.Length
                    && ushort.TryParse(text.Substring(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code):
                _at += 4;
                return (char)code;
            default:
                throw new JsonTextException(_at - 1, $"'\\{letter}' means nothing in a string");
        }
    }

    private void Word(string word)
    {
        if (string.CompareOrdinal(text, _at, word, 0, word.Length) != 0)
        {
            throw new JsonTextException(_at, $"{Found(_at)} where a value should be");
        }

        _at += word.Length;
    }

    private void Take(char expected)
    {
        if (Peek() != expected)
        {
            throw new JsonTextException(_at, $"{Found(_at)} where '{expected}' should be");
        }

        _at++;
    }

    private char Peek()
    {
        SkipBlanks();
        return At();
    }

    private char At() => _at < text.Length ? text[_at] : throw new JsonTextException(text.Length, "it ends too early");

    private void SkipBlanks()
    {
        while (_at < text.Length && text[_at] is ' ' or '\n' or '\r' or '\t' or '\uFEFF')
        {
            _at++;
        }
    }

    private string Found(int at) => at < text.Length ? $"'{text[at]}'" : "the end";
}

/// <summary>The error in a text, and its position.</summary>
internal sealed class JsonTextException(int position, string reason) : Exception(reason)
{
    public int Position => position;
}
