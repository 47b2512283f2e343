namespace HotPathGen.Shared;

/// <summary>What a core gets for a pooled parameter.</summary>
internal enum PooledKind
{
    Span,
    Memory,
    ArraySegment,
    Array,
    List,
    Object,
}
