namespace HotPathGen.Runtime;

/// <summary>What a thread does with the hot calls that it makes now.</summary>
internal enum NestedCalls
{
    /// <summary>What the level says: all have a frame, or those that a method's countdown chooses.</summary>
    Chosen,

    /// <summary>
    /// Each has a frame of the kind <see cref="FrameKind.Direct"/>. They are the direct callees of a call whose self figures are being determined.
    /// </summary>
    Measured,

    /// <summary>
    /// None has a frame; each is counted. They are inside a call that is recorded as production runs it, so that its time is production's.
    /// </summary>
    Skipped,
}
