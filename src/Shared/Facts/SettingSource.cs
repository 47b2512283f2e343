namespace HotPathGen.Shared;

/// <summary>Where a setting of the JIT comes from.</summary>
internal enum SettingSource
{
    Default,
    Environment,
    RuntimeConfig,

    /// <summary>There is no JIT, whatever the settings say.</summary>
    AheadOfTime,
}
