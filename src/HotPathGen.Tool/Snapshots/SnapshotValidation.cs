namespace HotPathGen.Tool.Snapshots;

/// <summary>Checks what a snapshot must keep to beyond the types of its members.</summary>
internal static class SnapshotValidation
{
    public static void Check(string file, SnapshotDocument document)
    {
        if (document.Histogram.Buckets != Histogram.BucketCount || document.Histogram.PowersOfTwo != Histogram.PowerOfTwoCount)
        {
            throw new InputException(
                file,
                "$.histogram",
                $"its histograms have {document.Histogram.Buckets} buckets and {document.Histogram.PowersOfTwo} powers of two; only {Histogram.BucketCount} and {Histogram.PowerOfTwoCount} can be read",
                "Use the version of dotnet-hotpath that belongs to the HotPathGen the program was built with."
            );
        }
        CheckMethods(file, document.Methods);
        CheckContexts(file, document.Contexts, document.Methods.Length, document.Operations?.Length ?? 0);
        CheckOperations(file, document.Operations ?? []);
        CheckKept(file, document.KeptCalls ?? [], document.Methods.Length);
        CheckSums(file, "$.methods", document.Methods.SelectMany(Summed));
        CheckSums(
            file,
            "$.contexts",
            document.Contexts.SelectMany(static c => (long[])[c.Calls, c.InclusiveNs, c.SelfNs, c.InclusiveBytes, c.SelfBytes])
        );
        CheckSums(
            file,
            "$.operations",
            (document.Operations ?? []).SelectMany(static o => (long[])[o.Calls, o.Open, o.Failures, o.AllocatedBytes, o.HotNs, o.WallNs])
        );
        CheckSums(
            file,
            "$.runs",
            (document.Runs ?? [document.Process]).SelectMany(static r =>
                (long[])
                    [
                        r.DurationNs,
                        r.Gc.Gen0,
                        r.Gc.Gen1,
                        r.Gc.Gen2,
                        r.Gc.PauseNs,
                        r.Gc.HeapBytes,
                        r.AllocatedBytes ?? 0,
                        r.ProcessorNs ?? 0,
                        .. r.Recording is { } cost
                            ? (long[])[cost.RecordedFrames, cost.RecordedNs, cost.LightFrames, cost.LightNs, cost.SitesNs, cost.OtherNs]
                            : [],
                    ]
            )
        );
    }

    private static void CheckMethods(string file, Method[] methods)
    {
        var known = new Dictionary<MethodKey, int>(methods.Length);
        for (int i = 0; i < methods.Length; i++)
        {
            var method = methods[i];
            if (!known.TryAdd(method.Key, i))
            {
                throw Damaged(
                    file,
                    $"$.methods[{i}].id",
                    $"\"{method.Id}\" of assembly \"{method.Assembly}\" is there twice, first as methods[{known[method.Key]}]"
                );
            }

            CheckBuckets(file, $"$.methods[{i}].time.histogram", method.Time.Histogram, Histogram.BucketCount);
            CheckBuckets(file, $"$.methods[{i}].allocated.histogram", method.Allocated.Histogram, Histogram.BucketCount);
            CheckBuckets(file, $"$.methods[{i}].allocatedByTimeBucket", method.AllocatedByTimeBucket, Histogram.PowerOfTwoCount);
            if (
                (method.Control is null, method.UnattributedBytes is null, method.SiteScale is null)
                    is not ((true, true, true) or (false, false, false))
                || method.Sites is null != method.Control is null
            )
            {
                throw Damaged(file, $"$.methods[{i}]", "control, unattributedBytes, siteScale and sites are not all there");
            }

            if (method.Completed is null != method.WallNs is null)
            {
                throw Damaged(file, $"$.methods[{i}]", "completed and wallNs are not both there");
            }

            foreach (var (j, site) in (method.Sites ?? []).Index())
            {
                CheckBuckets(file, $"$.methods[{i}].sites[{j}].sizeClasses", site.SizeClasses, Site.SizeClassCount);
            }

            foreach (var (j, pooled) in (method.Pooled ?? []).Index())
            {
                CheckBuckets(file, $"$.methods[{i}].pooled[{j}].length.histogram", pooled.Length.Histogram, Histogram.BucketCount);
            }
        }
    }

    // Ids are places, and a parent comes before its children. So no chain of parents can be a cycle.
    private static void CheckContexts(string file, ContextNode[] contexts, int methodCount, int operationCount)
    {
        for (int i = 0; i < contexts.Length; i++)
        {
            var context = contexts[i];
            if (context.Id != i)
            {
                throw Damaged(file, $"$.contexts[{i}].id", $"it is {context.Id}; an id is its context's place in the list");
            }

            if (context.Parent >= contexts.Length)
            {
                throw Damaged(file, $"$.contexts[{i}].parent", $"there is no context {context.Parent}");
            }

            if (context.Parent >= i)
            {
                throw Damaged(
                    file,
                    $"$.contexts[{i}].parent",
                    $"context {context.Parent} does not come before its child: the contexts form a cycle or are out of order"
                );
            }

            if (context.Method >= methodCount)
            {
                throw Damaged(file, $"$.contexts[{i}].method", $"there is no methods[{context.Method}]");
            }

            if (context.Operation >= operationCount)
            {
                throw Damaged(file, $"$.contexts[{i}].operation", $"there is no operations[{context.Operation}]");
            }

            if (context is { Operation: not null, Parent: not null })
            {
                throw Damaged(file, $"$.contexts[{i}].operation", "only a context without a parent can have it");
            }
        }
    }

    private static void CheckOperations(string file, Operation[] operations)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, operation) in operations.Index())
        {
            if (!known.Add(operation.Name))
            {
                throw Damaged(file, $"$.operations[{i}].name", $"\"{operation.Name}\" is there twice");
            }

            CheckBuckets(file, $"$.operations[{i}].wallHistogram", operation.WallHistogram, Histogram.BucketCount);
            CheckBuckets(file, $"$.operations[{i}].bytesHistogram", operation.BytesHistogram, Histogram.BucketCount);
        }
    }

    private static void CheckKept(string file, KeptCall[] calls, int methodCount)
    {
        foreach (var (i, call) in calls.Index())
        {
            int[] methods = [call.Method, .. call.Frames.Select(static frame => frame.Method), .. call.Sites.Select(static site => site.Method)];
            if (methods.Max() >= methodCount)
            {
                throw Damaged(file, $"$.keptCalls[{i}]", $"there is no methods[{methods.Max()}]");
            }

            foreach (var (j, frame) in call.Frames.Index())
            {
                if (j == 0 ? frame.Parent is not null : frame.Parent is not { } parent || parent >= j)
                {
                    throw Damaged(file, $"$.keptCalls[{i}].frames[{j}].parent", "it is not the place of a frame before it");
                }
            }
        }
    }

    // The total of all amounts is checked: no sum that a report takes of some of them can be larger.
    private static void CheckSums(string file, string place, IEnumerable<long> amounts)
    {
        long left = long.MaxValue;
        foreach (long amount in amounts)
        {
            if ((left -= amount) < 0)
            {
                throw Damaged(file, place, $"their figures come to more than {long.MaxValue}");
            }
        }
    }

    private static IEnumerable<long> Summed(Method m) =>
        [
            m.Calls,
            m.Open,
            m.Failures,
            m.Threads,
            m.Completed ?? 0,
            m.WallNs ?? 0,
            m.Time.InclusiveNs,
            m.Time.SelfNs,
            m.RecordingNs ?? 0,
            m.Allocated.InclusiveBytes,
            m.Allocated.SelfBytes,
            m.UnattributedBytes ?? 0,
            .. new[] { m.Control?.Control, m.Control?.Probing }
                .OfType<BodyShare>()
                .SelectMany(static share => (long[])[share.Calls, share.SelfBytes, share.SelfNs, share.TotalNs]),
            .. (m.Sites ?? []).SelectMany(static site =>
                (long[])[site.Hits, site.AllocatingHits, site.Objects ?? 0, site.Bytes, site.LargeObjectHits, site.LargeObjectBytes]
            ),
            .. (m.Pooled ?? []).SelectMany(static pooled => (long[])[pooled.Uses, pooled.AskedBytes, pooled.GotBytes, pooled.MissBytes]),
        ];

    private static void CheckBuckets(string file, string place, SparseCounts counts, int bound)
    {
        if (counts.HighestBucket >= bound)
        {
            throw Damaged(file, place, $"there is no bucket {counts.HighestBucket}: they end with {bound - 1}");
        }

        long left = long.MaxValue;
        foreach (var (_, count) in counts.Counts)
        {
            if ((left -= count) < 0)
            {
                throw Damaged(file, place, $"its counts come to more than {long.MaxValue}");
            }
        }
    }

    private static InputException Damaged(string file, string place, string reason) =>
        new(file, place, reason, "The file was changed or damaged after it was written: take the snapshot again.");
}
