using HotPathGen;

namespace DocSearch;

/// <summary>One documented member: what is searched, and what a hit shows.</summary>
internal sealed class Document
{
    [Instrument]
    public Document(string id, string text)
    {
        Id = id;
        Kind = id[0];
        Name = id.Substring(2);
        Text = text.Normalize();
    }

    /// <summary>The documentation-comment id, such as <c>M:System.String.Trim</c>.</summary>
    public string Id { get; }

    /// <summary>The id's first letter: T, M, P, F, E or N.</summary>
    public char Kind { get; }

    public string Name { get; }

    public string Text { get; }
}
