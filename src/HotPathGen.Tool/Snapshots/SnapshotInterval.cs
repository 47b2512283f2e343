namespace HotPathGen.Tool.Snapshots;

/// <summary>What a program did between two snapshots of it, as a snapshot of that time.</summary>
/// <remarks>
/// Largest values are not known for a part of a run: those of the whole run stand there, but not beyond the highest bucket that has a call of the
/// interval. Contexts, pooled parameters and margins of estimates are left out.
/// </remarks>
internal static class SnapshotInterval
{
    /// <summary>If there was a reset in between, the interval begins with it.</summary>
    public static SnapshotDocument Between(SnapshotDocument before, SnapshotDocument after)
    {
        if (before.Process.Start != after.Process.Start)
        {
            return after;
        }

        var (callsBefore, callsAfter) = (CallSums.Of(before), CallSums.Of(after));
        var places = before.Methods.Index().ToDictionary(static method => method.Item.Key, static method => method.Index);
        return after with
        {
            Process = after.Process with { DurationNs = after.Process.DurationNs - before.Process.DurationNs },
            Methods =
            [
                .. after
                    .Methods.Index()
                    .Select(method =>
                        places.TryGetValue(method.Item.Key, out int place)
                            ? Between(before.Methods[place], method.Item, callsBefore[place], callsAfter[method.Index], after.HasEstimatedTime)
                            : method.Item
                    ),
            ],
            Contexts = [],
        };
    }

    private static Method Between(Method before, Method after, CallSums callsBefore, CallSums callsAfter, bool isEstimated)
    {
        long calls = Less(after.Calls, before.Calls);
        var control = after.Control is { } a && before.Control is { } b ? Between(b, a) : after.Control;
        var (ns, timed) =
            after.HasWallTime ? (Less(after.WallNs!.Value, before.WallNs ?? 0), Less(after.Completed!.Value, before.Completed ?? 0))
            : !isEstimated && control is { TimesMethod: true, Control.Calls: > 0 } ? (control.Control.TotalNs, control.Control.Calls)
            : (Less(callsAfter.Ns, callsBefore.Ns), calls);
        long bytes = Less(callsAfter.Bytes, callsBefore.Bytes);
        return after with
        {
            Calls = calls,
            Failures = Less(after.Failures, before.Failures),
            SampledCalls = null,
            MeanMarginNs = null,
            MeanMarginBytes = null,
            Completed = after.Completed is { } completed ? Less(completed, before.Completed ?? 0) : null,
            WallNs = after.WallNs is { } wall ? Less(wall, before.WallNs ?? 0) : null,
            Time = TimeFigures.Of(
                after.Time.Basis,
                ToDistribution(
                    Less(after.Time.InclusiveNs, before.Time.InclusiveNs),
                    Less(after.Time.SelfNs, before.Time.SelfNs),
                    timed == 0 ? 0 : ns / timed,
                    after.Time.MaxNs,
                    before.Time.Histogram,
                    after.Time.Histogram
                )
            ),
            RecordingNs = after.RecordingNs - (before.RecordingNs ?? 0),
            Allocated = AllocationFigures.Of(
                after.Allocated.Basis,
                ToDistribution(
                    Less(after.Allocated.InclusiveBytes, before.Allocated.InclusiveBytes),
                    Less(after.Allocated.SelfBytes, before.Allocated.SelfBytes),
                    calls == 0 ? 0 : bytes / calls,
                    after.Allocated.MaxBytes,
                    before.Allocated.Histogram,
                    after.Allocated.Histogram
                )
            ),
            Control = control,
            UnattributedBytes = after.UnattributedBytes is { } unattributed ? Less(unattributed, before.UnattributedBytes ?? 0) : null,
            SiteScale =
                control is null ? after.SiteScale
                : control.Probing.Calls == 0 ? 0
                : (double)calls / control.Probing.Calls,
            Sites =
                after.Sites is { } sites && before.Sites is { } old && sites.Length == old.Length
                    ? [.. old.Zip(sites, static (before, after) => Between(before, after))]
                    : after.Sites,
            Pooled = null,
        };
    }

    private static Site Between(Site before, Site after) =>
        after with
        {
            Hits = Less(after.Hits, before.Hits),
            AllocatingHits = Less(after.AllocatingHits, before.AllocatingHits),
            Objects = after.Objects is { } objects ? Less(objects, before.Objects ?? 0) : null,
            Bytes = Less(after.Bytes, before.Bytes),
            LargeObjectHits = Less(after.LargeObjectHits, before.LargeObjectHits),
            LargeObjectBytes = Less(after.LargeObjectBytes, before.LargeObjectBytes),
            SizeClasses = Less(after.SizeClasses, before.SizeClasses, Site.SizeClassCount),
        };

    private static BodyShares Between(BodyShares before, BodyShares after) =>
        after with
        {
            Control = Between(before.Control, after.Control),
            Probing = Between(before.Probing, after.Probing),
            DifferenceBytesPerCall = null,
        };

    private static BodyShare Between(BodyShare before, BodyShare after) =>
        new()
        {
            Calls = Less(after.Calls, before.Calls),
            SelfBytes = Less(after.SelfBytes, before.SelfBytes),
            SelfNs = Less(after.SelfNs, before.SelfNs),
            TotalNs = Less(after.TotalNs, before.TotalNs),
        };

    private static Distribution ToDistribution(long inclusive, long self, long mean, long max, SparseCounts before, SparseCounts after)
    {
        var counts = Less(after, before, Histogram.BucketCount);
        int highest = counts.HighestBucket;
        long bound =
            highest < 0 ? 0
            : highest < Histogram.BucketCount - 1 ? Math.Min(max, Histogram.LowestOf(highest + 1) - 1)
            : max;
        long[] dense = new long[Histogram.BucketCount];
        counts.AddTo(dense);
        return new(inclusive, self, mean, bound, dense);
    }

    private static SparseCounts Less(SparseCounts after, SparseCounts before, int buckets)
    {
        long[] dense = new long[buckets],
            old = new long[buckets];
        after.AddTo(dense);
        before.AddTo(old);
        for (int i = 0; i < buckets; i++)
        {
            dense[i] = Less(dense[i], old[i]);
        }

        return SparseCounts.Of(dense);
    }

    // Estimates are made anew for each snapshot, and may be less than before.
    private static long Less(long after, long before) => Math.Max(0, after - before);
}
