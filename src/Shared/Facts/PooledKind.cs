namespace HotPathGen.Shared;

/// <summary>The type of buffer that a core gets for a pooled parameter.</summary>
internal enum PooledKind
{
    Span,
    Memory,
    ArraySegment,
    Array,
    List,
    Object,
}
