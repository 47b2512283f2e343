namespace HotPathGen.Shared;

/// <summary>How much of a hot method is measured.</summary>
internal enum Coverage
{
    /// <summary>The whole method is measured, by site if anything in it can allocate.</summary>
    Whole,
    NotMeasured,
    NotBySite,
    ToFirstAwait,
}
