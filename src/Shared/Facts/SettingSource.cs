namespace HotPathGen.Shared;

/// <summary>The source of a JIT setting.</summary>
internal enum SettingSource
{
    Default,
    Environment,
    RuntimeConfig,

    /// <summary>There is no JIT, so the settings have no effect.</summary>
    AheadOfTime,
}
