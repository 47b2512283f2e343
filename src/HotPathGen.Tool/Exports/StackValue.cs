using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Exports;

/// <summary>The value that stacks are weighed by, in formats that have one number for each stack.</summary>
internal enum StackValue
{
    Time,
    Bytes,
}

/// <summary>Stacks weighed by one value. Their sites are the innermost frames, where they are asked for.</summary>
internal static class WeighedStacks
{
    /// <summary>The stacks whose weight is not zero; contexts come depth first.</summary>
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
