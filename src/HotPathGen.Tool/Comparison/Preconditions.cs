namespace HotPathGen.Tool.Comparison;

/// <summary>The preconditions for a strict check of bytes, so that a check does not fail by chance.</summary>
internal static class Preconditions
{
    /// <summary>
    /// The number of runs that is enough for settled code. The JIT compiles such code by what it has seen, which may differ from run to run. So one
    /// run is not enough for a minimum.
    /// </summary>
    public const int EnoughSettledRuns = 3;

    /// <summary>Estimates are no condition that could be ignored: the next run of the same build has others.</summary>
    public static void MustBeExact(RunSet runs)
    {
        if (runs.FirstEstimated is { } file)
        {
            throw new InputException(
                file,
                "$.process.detail",
                "its bytes are estimates from a sample of the calls (level light), which no baseline and no check takes",
                "Take snapshots with run --gate, or with HOTPATH_DETAIL=standard or full."
            );
        }
    }

    public static void MustBePossible(RunSet runs)
    {
        const string remedy =
            "Take snapshots with dotnet hotpath run --gate, or with HOTPATH_WARMUP_MS set and at least 3 runs; --ignore-conditions checks all "
            + "the same.";
        foreach (var (other, difference) in runs.Differences)
        {
            throw new InputException(
                other,
                "$.process",
                $"it cannot be checked together with {runs.FirstFile}: {difference}",
                "Give snapshots of one build, taken in the same way."
            );
        }

        if (runs.Conditions.Code == Conditions.Unsettled)
        {
            throw new InputException(
                runs.FirstFile,
                "$.process.tiering",
                "bytes cannot be checked: code of several tiers ran, and they allocate differently",
                remedy
            );
        }

        if (runs.Conditions.Code == Conditions.Settled && runs.Count < EnoughSettledRuns)
        {
            throw new InputException(
                runs.FirstFile,
                "$.process.tiering",
                $"bytes cannot be checked: of settled code the minimum over at least {EnoughSettledRuns} runs counts, and there "
                    + $"{(runs.Count == 1 ? "is one" : $"are {runs.Count}")}",
                remedy
            );
        }
    }

    public static void MustBeAs(RunSet runs, Conditions baseline, string name)
    {
        string[] differences = [.. baseline.DifferencesTo(runs.Conditions)];
        if (differences.Length > 0)
        {
            throw new InputException(
                runs.FirstFile,
                "$.process",
                $"it was not taken as {name} was: {string.Join("; ", differences)}",
                "Take snapshots as the baseline's were, or make a new baseline; --ignore-conditions checks all the same."
            );
        }
    }
}
