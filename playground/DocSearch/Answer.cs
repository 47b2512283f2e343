namespace DocSearch;

internal sealed record Answer(Query Query, IReadOnlyList<Hit> Hits);
