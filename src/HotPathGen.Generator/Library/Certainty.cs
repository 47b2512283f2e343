namespace HotPathGen.Generator.Library;

/// <summary>How sure it is that optimized code allocates when it reaches a site.</summary>
internal enum Certainty
{
    /// <summary>It allocates whenever the site is reached.</summary>
    Always,

    /// <summary>It depends on values: whether a collection is full, whether a text has to be changed.</summary>
    Sometimes,

    /// <summary>It allocates only as long as the method is not optimized. In optimized code, the JIT keeps the object off the heap.</summary>
    OnlyUnoptimized,
}
