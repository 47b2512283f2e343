using HotPathGen.Tool.Snapshots;
using HotPathGen.Tool.Tests.Data;

namespace HotPathGen.Tool.Tests.Exports;

/// <summary>Snapshots for cases that no recorded one has. They are made from the recorded one.</summary>
internal static class MadeSnapshot
{
    public static SnapshotDocument Recorded => SnapshotReader.Read(RecordedSnapshot.DocSearch);

    /// <summary>
    /// The recorded snapshot as a run would have written it that knows what recording cost, and what its process allocated. Each row cost a quarter
    /// of its time.
    /// </summary>
    public static SnapshotDocument Priced(long allocatedBytes, long processorNs)
    {
        var recorded = Recorded;
        return recorded with
        {
            Process = recorded.Process with
            {
                AllocatedBytes = allocatedBytes + 1_000_000,
                OwnBytes = 1_000_000,
                ProcessorNs = processorNs + 2_000_000_000,
                Recording = new()
                {
                    RecordedFrames = 31_000_000,
                    RecordedNs = 1_000_000_000,
                    LightFrames = 50_000,
                    LightNs = 100_000_000,
                    SitesNs = 700_000_000,
                    OtherNs = 200_000_000,
                },
            },
            Methods = [.. recorded.Methods.Select(static m => m with { RecordingNs = m.Time.InclusiveNs / 4 })],
        };
    }

    /// <summary>
    /// The recorded snapshot as if its roots had run in operations: the first in none, the next in "GET /search", then "import", and so on.
    /// </summary>
    public static SnapshotDocument WithOperations
    {
        get
        {
            var recorded = Recorded;
            int root = 0;
            ContextNode[] contexts =
            [
                .. recorded.Contexts.Select(c => c.Parent is not null ? c : c with { Operation = root++ % 3 is 0 ? null : (root - 1) % 3 - 1 }),
            ];
            var made = recorded with { Contexts = contexts };
            int?[] operations = made.OperationsOfContexts;
            return made with
            {
                Operations =
                [
                    .. ((string[])["GET /search", "import"]).Select(
                        (name, i) =>
                        {
                            ContextNode[] own = [.. contexts.Where(c => operations[c.Id] == i)];
                            long[] wall = new long[Histogram.BucketCount],
                                bytes = new long[Histogram.BucketCount];
                            wall[80] = bytes[64] = 90;
                            wall[120] = bytes[100] = 10;
                            return Operation.Of(
                                name,
                                (100, 1, 3),
                                (own.Sum(static c => c.SelfBytes), own.Sum(static c => c.SelfNs)),
                                new(5_000_000, 0, 0, Histogram.MidpointOf(120), wall),
                                new(0, 0, 0, Histogram.MidpointOf(100), bytes)
                            );
                        }
                    ),
                ],
            };
        }
    }

    public static string Write(TemporaryFolder folder, SnapshotDocument document, string name = "made.hotpath.json")
    {
        SnapshotFiles.Write(folder[name], document);
        return folder[name];
    }

    /// <summary>A snapshot with the given numbers of methods and contexts. The methods have sites, and the tree of contexts is random.</summary>
    public static SnapshotDocument Large(int methods, int contexts)
    {
        var random = new Random(2026);
        var recorded = Recorded;
        var patterns = recorded.Methods.Where(static method => method.Sites is not null).ToArray();
        var made = Enumerable
            .Range(0, methods)
            .Select(i =>
            {
                var pattern = patterns[i % patterns.Length];
                return pattern with
                {
                    Id = FormattableString.Invariant($"M:Large.Part{i / 40:00}.Type{i / 8:000}.Method{i:0000}"),
                    Name = FormattableString.Invariant($"Large.Part{i / 40:00}.Type{i / 8:000}.Method{i:0000}()"),
                    Calls = random.Next(1, 1_000_000),
                };
            })
            .ToArray();
        var tree = new List<ContextNode>();
        var depths = new List<int>();
        for (int id = 0; id < contexts; id++)
        {
            // The parent is mostly a recent context, so that the tree is deep. Sometimes it is any context, so that the tree is wide.
            int? parent =
                id == 0 ? null
                : random.Next(12) == 0 ? random.Next(id)
                : Math.Max(0, id - 1 - random.Next(30));
            while (parent is { } deep && depths[deep] > 60)
            {
                parent = tree[deep].Parent;
            }

            depths.Add(parent is { } outer ? depths[outer] + 1 : 0);
            tree.Add(
                new()
                {
                    Id = id,
                    Parent = parent,
                    Method = random.Next(methods),
                    Calls = random.Next(1, 100_000),
                    SelfNs = random.Next(1, 1_000_000),
                    SelfBytes = random.Next(0, 1_000_000),
                    InclusiveNs = 0,
                    InclusiveBytes = 0,
                }
            );
        }
        return recorded with { Methods = made, Contexts = [.. tree] };
    }
}
