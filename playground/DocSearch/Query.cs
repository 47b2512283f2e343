namespace DocSearch;

/// <param name="Count">How many hits are wanted.</param>
internal sealed record Query(string Text, IRanker Ranker, int Count = 3)
{
    private static readonly IRanker s_bm25 = new Bm25Ranker();
    private static readonly IRanker s_namesFirst = new NameRanker(nameWeight: 4);

    /// <summary>The one query whose answer is known when the documentation is .NET's own.</summary>
    public static readonly Query StringBuilderAppend = new("string builder append", s_namesFirst);

    public static readonly IReadOnlyList<Query> Fixed =
    [
        StringBuilderAppend,
        new("parse JSON from UTF8 bytes", s_namesFirst),
        new("read all lines of a file asynchronously", s_namesFirst),
        new("cancel operations after a timeout", s_bm25),
        new("compress streams with Brotli", s_bm25),
    ];

    /// <summary>Each term once, in the order of the text.</summary>
    public IReadOnlyList<string> Terms { get; } = Tokenizer.Terms(Text).Distinct().ToList();
}
