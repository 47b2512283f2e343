namespace HotPathGen.Tool.Comparison;

/// <summary>When bytes can be checked strictly, so that a gate does not fail by chance.</summary>
internal static class Preconditions
{
    /// <summary>
    /// Of settled code: what the JIT compiles with what it has seen may differ from run to run, so one run is not enough for a minimum.
    /// </summary>
    public const int EnoughSettledRuns = 3;

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
