namespace HotPathGen.Tool;

internal static class ExitCode
{
    /// <summary>The command succeeded. For <c>check</c>: nothing regressed.</summary>
    public const int Done = 0;

    /// <summary>Something regressed. Only <c>check</c> returns this.</summary>
    public const int Regressed = 1;

    /// <summary>The command could not do its work, or could not check.</summary>
    public const int Failed = 2;
}
