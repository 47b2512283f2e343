namespace HotPathGen.Tool;

internal static class ExitCode
{
    /// <summary>Done; for <c>check</c>: nothing regressed.</summary>
    public const int Done = 0;

    /// <summary>Only <c>check</c>: something regressed.</summary>
    public const int Regressed = 1;

    /// <summary>Could not be done, or could not be checked.</summary>
    public const int Failed = 2;
}
