using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Exports;

/// <summary>What the stacks of a format that has one number a stack are weighed by.</summary>
internal enum StackValue
{
    Time,
    Bytes,
}

/// <summary>Stacks weighed by one value, with their sites as innermost frames where they are asked for.</summary>
internal static class WeighedStacks
{
    /// <summary>Those that weigh something; contexts depth first.</summary>
    public static IEnumerable<(ContextNode Context, Site? Site, long Weight)> Of(SnapshotDocument snapshot, StackValue value, bool withSites)
    {
        if (value == StackValue.Time)
        {
            return snapshot.Contexts.Where(static context => context.SelfNs > 0).Select(static context => (context, (Site?)null, context.SelfNs));
        }

        if (!withSites)
        {
            return snapshot
                .Contexts.Where(static context => context.SelfBytes > 0)
                .Select(static context => (context, (Site?)null, context.SelfBytes));
        }

        return StackSample
            .Of(snapshot)
            .Where(static sample => sample.SelfBytes > 0)
            .Select(static sample => (sample.Context, sample.Site, sample.SelfBytes));
    }
}
