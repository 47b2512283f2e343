namespace HotPathGen.Generator.Library;

/// <summary>How sure it is that optimized code allocates where it comes by.</summary>
internal enum Certainty
{
    /// <summary>Whenever it is reached.</summary>
    Always,

    /// <summary>It depends on values: a collection that is full, a text that has to be changed.</summary>
    Sometimes,

    /// <summary>The JIT keeps it off the heap once the method is optimized.</summary>
    OnlyUnoptimized,
}
