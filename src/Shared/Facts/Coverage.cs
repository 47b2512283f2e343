namespace HotPathGen.Shared;

/// <summary>How much of a hot method is measured.</summary>
internal enum Coverage
{
    /// <summary>All of it, by site where anything in it can allocate.</summary>
    Whole,
    NotMeasured,
    NotBySite,
    ToFirstAwait,
}
