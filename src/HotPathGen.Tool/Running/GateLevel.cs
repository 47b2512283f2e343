namespace HotPathGen.Tool.Running;

/// <summary>The level at which <c>run --gate</c> records: one whose bytes are exact, because a gate compares them to the byte.</summary>
internal static class GateLevel
{
    public const string Variable = "HOTPATH_DETAIL";

    /// <summary>The level where the user chose none. It is the runtime's own default, which may be another one some day.</summary>
    public const string Default = "full";

    /// <param name="chosen">The user's value of the variable; null or empty if there is none.</param>
    public static void MustBeExact(string? chosen)
    {
        string level = chosen?.Trim() ?? "";
        string? reason =
            Is(DetailLevel.Light) ? "this level estimates bytes from a sample of the calls, and a gate compares exact bytes"
            : Is(DetailLevel.Off) ? "this level records nothing, and a gate compares bytes"
            : null;
        if (reason is not null)
        {
            throw new InputException($"{Variable}={level}", "", reason, $"Unset it, or set it to standard or full; or run without --gate.");
        }

        bool Is(DetailLevel other) => level.Equals(Words.Of(other), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The program itself can lower the level, too.</summary>
    public static void MustHaveBeenExact(SnapshotDocument snapshot, string folder)
    {
        if (snapshot.HasEstimatedBytes)
        {
            throw new InputException(
                folder,
                "$.process.detail",
                "bytes are estimates, which a gate does not take: the program set HotPath.Detail to Light while it ran",
                "Leave the level alone in runs with --gate."
            );
        }
    }
}
