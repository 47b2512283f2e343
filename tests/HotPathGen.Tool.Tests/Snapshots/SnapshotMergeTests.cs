using System.Text;
using HotPathGen.Shared;
using HotPathGen.Tool.Snapshots;
using HotPathGen.Tool.Tests.Data;

namespace HotPathGen.Tool.Tests.Snapshots;

/// <summary>No figure of the snapshots is lost in the merged snapshot.</summary>
[TestFixture]
public sealed class SnapshotMergeTests
{
    private static readonly SnapshotDocument s_first = SnapshotReader.Read(RecordedSnapshot.DocSearch);
    private static readonly SnapshotDocument s_second = SnapshotReader.Read(RecordedSnapshot.DocSearchAgain);

    [Test]
    public void A_snapshot_merged_alone_is_itself_to_the_byte()
    {
        foreach (var snapshot in new[] { s_first, s_second })
        {
            Assert.That(Text(Merged(snapshot) with { Runs = null }), Is.EqualTo(Text(snapshot)));
        }
    }

    [Test]
    public void Sums_and_histograms_add_up_and_what_follows_from_them_follows()
    {
        var merged = Merged(s_first, s_second);

        Assert.That(
            merged.Methods.Select(m => m.Key),
            Is.EqualTo(s_first.Methods.Select(m => m.Key)).And.EqualTo(s_second.Methods.Select(m => m.Key))
        );
        foreach (var ((a, b), sum) in s_first.Methods.Zip(s_second.Methods).Zip(merged.Methods))
        {
            Assert.That(Sums(sum), Is.EqualTo(Sums(a).Zip(Sums(b), (x, y) => x + y)), sum.Id);
            foreach (
                var counts in new Func<Method, SparseCounts>[] { m => m.Time.Histogram, m => m.Allocated.Histogram, m => m.AllocatedByTimeBucket }
            )
            {
                Assert.That(Dense(counts(sum)), Is.EqualTo(Dense(counts(a)).Zip(Dense(counts(b)), (x, y) => x + y)), sum.Id);
            }

            Assert.That(
                sum.Time.P99Ns,
                Is.EqualTo(new Distribution(0, 0, 0, Math.Max(a.Time.MaxNs, b.Time.MaxNs), Dense(sum.Time.Histogram)).Percentile(0.99)),
                sum.Id
            );
            Assert.That(
                (sum.Time.MaxNs, sum.Allocated.MaxBytes),
                Is.EqualTo((Math.Max(a.Time.MaxNs, b.Time.MaxNs), Math.Max(a.Allocated.MaxBytes, b.Allocated.MaxBytes))),
                sum.Id
            );
            AssertMean(a.Time.MeanNs, Dense(a.Time.Histogram).Sum(), b.Time.MeanNs, Dense(b.Time.Histogram).Sum(), sum.Time.MeanNs);
            AssertMean(a.Allocated.MeanBytes, a.Calls, b.Allocated.MeanBytes, b.Calls, sum.Allocated.MeanBytes);
            if (sum.Control is { Probing.Calls: > 0 } control)
            {
                Assert.That(sum.SiteScale, Is.EqualTo((double)sum.Calls / control.Probing.Calls).Within(1e-6), sum.Id);
            }
        }
        Assert.That(
            merged.Methods.Sum(m => m.Sites?.Sum(s => s.Bytes)),
            Is.EqualTo(s_first.Methods.Concat(s_second.Methods).Sum(m => m.Sites?.Sum(s => s.Bytes))).And.GreaterThan(1_000_000)
        );
        Assert.That(
            merged.Methods.Sum(m => m.Pooled?.Sum(p => p.Uses)),
            Is.EqualTo(s_first.Methods.Concat(s_second.Methods).Sum(m => m.Pooled?.Sum(p => p.Uses))).And.GreaterThan(1_000_000)
        );
    }

    [Test]
    public void The_mean_of_bytes_is_exact_where_every_call_returned()
    {
        foreach (var method in Merged(s_first, s_second).Methods.Where(m => m is { Calls: > 0, Form: MethodForm.Pair }))
        {
            Assert.That(method.Allocated.MeanBytes, Is.EqualTo(method.Allocated.InclusiveBytes / method.Calls), method.Id);
        }

        // Together, 1.5 and 2.5 bytes a call are 2, although the snapshots say 1 and 2.
        Assert.That(Merged(Allocating(s_first, 3), Allocating(s_second, 5)).Methods.Single().Allocated.MeanBytes, Is.EqualTo(2));

        static SnapshotDocument Allocating(SnapshotDocument snapshot, long bytes)
        {
            var method = snapshot.Methods.First(m => m.Form == MethodForm.Pair);
            return snapshot with
            {
                Methods = [method with { Calls = 2, Allocated = method.Allocated with { InclusiveBytes = bytes, MeanBytes = bytes / 2 } }],
                Contexts = [snapshot.Contexts[0] with { Method = 0, Calls = 2, InclusiveBytes = bytes }],
            };
        }
    }

    [Test]
    public void Contexts_are_one_where_their_paths_are()
    {
        // The second run has paths that the first does not have, and lacks one that the first has.
        int removed = s_second.Contexts.Length - 1;
        Assert.That(s_second.Contexts.Any(c => c.Parent == removed), Is.False);
        var second = s_second with
        {
            Contexts =
            [
                .. s_second.Contexts[..^1],
                s_second.Contexts[removed] with
                {
                    Parent = 1,
                    Method = 5,
                },
                s_second.Contexts[removed] with
                {
                    Id = removed + 1,
                    Parent = removed,
                    Method = null,
                },
            ],
        };

        var merged = Merged(s_first, second);

        var expected = ByPath(s_first)
            .Concat(ByPath(second))
            .GroupBy(c => c.Path)
            .ToDictionary(g => g.Key, g => g.Aggregate((0L, 0L, 0L, 0L, 0L), (sum, c) => Add(sum, c.Figures)));
        Assert.That(expected, Has.Count.EqualTo(s_first.Contexts.Length + 2));
        Assert.That(ByPath(merged).ToDictionary(c => c.Path, c => c.Figures), Is.EquivalentTo(expected));
        Assert.That(ByPath(merged).Select(c => c.Path), Is.Ordered.Using<string>(StringComparer.Ordinal));
        Assert.That(() => SnapshotValidation.Check("merged", merged), Throws.Nothing);
    }

    [Test]
    public void Merging_in_steps_is_merging_at_once()
    {
        var third = s_first with { Process = s_first.Process with { Start = "2026-11-25T08:00:00.0000000Z" } };

        string atOnce = Text(Merged(s_first, s_second, third));

        Assert.That(Text(Merged(Merged(s_first, s_second), third)), Is.EqualTo(atOnce));
        Assert.That(Text(Merged(s_first, Merged(s_second, third))), Is.EqualTo(atOnce));
    }

    [Test]
    public void Every_run_is_listed_and_the_first_one_is_the_process()
    {
        var merged = Merged(s_first, s_second);

        Assert.That(merged.Runs, Is.EqualTo(new[] { s_first.Process, s_second.Process }));
        Assert.That((merged.Process, merged.RunCount), Is.EqualTo((s_first.Process, 2)));
    }

    [Test]
    public void Methods_that_only_one_of_them_has_are_kept()
    {
        var (one, other) = (s_first.Methods[4], s_first.Methods[7]);
        var host = s_first with { Methods = [one], Contexts = [], Coverage = [] };
        var otherHost = s_second with
        {
            Methods = [other with { Assembly = "Aardvark" }],
            Contexts = [],
            Coverage = [.. s_second.Coverage, s_second.Coverage[0] with { File = "A.cs" }],
        };

        var merged = Merged(host, otherHost);

        Assert.That(merged.Methods.Select(m => m.Key), Is.EqualTo(new MethodKey[] { new("Aardvark", other.Id), one.Key }));
        Assert.That(merged.Methods[1].Allocated.Histogram.Counts.ToArray(), Is.EqualTo(one.Allocated.Histogram.Counts.ToArray()));
        Assert.That(merged.Coverage.Select(p => p.File), Is.EqualTo(new[] { "A.cs", "Searcher.cs" }));
    }

    [Test]
    public void Notes_are_told_once_with_what_they_count_counted_anew()
    {
        var first = s_first with
        {
            Notes =
            [
                "HOTPATH_WARMUP_MS=5: what was recorded before is dropped.",
                "2 thread(s) reached 4096" + Notes.BeyondContextBound,
                "3" + Notes.MayHoldTier0,
            ],
        };
        var second = s_second with
        {
            Notes =
            [
                "1 thread(s) reached 4096" + Notes.BeyondContextBound,
                "9" + Notes.MayHoldTier0,
                "HOTPATH_WARMUP_MS=5: what was recorded before is dropped.",
                "HOTPATH_WARMUP_MS=6: what was recorded before is dropped.",
            ],
        };

        var merged = Merged(first, second);

        Assert.That(
            merged.Notes,
            Is.EqualTo(
                new[]
                {
                    "HOTPATH_WARMUP_MS=5: what was recorded before is dropped.",
                    "3 thread(s) reached 4096" + Notes.BeyondContextBound,
                    s_first.Methods.Zip(s_second.Methods).Count(pair => pair.First.MayHoldTier0 || pair.Second.MayHoldTier0) + Notes.MayHoldTier0,
                    "HOTPATH_WARMUP_MS=6: what was recorded before is dropped.",
                }
            )
        );
    }

    [Test]
    public void Another_version_of_a_method_is_refused()
    {
        int place = Array.FindIndex(s_second.Methods, m => m.Sites is { Length: > 1 });
        var method = s_second.Methods[place];
        Method[] versions =
        [
            method with
            {
                Line = method.Line + 1,
            },
            method with
            {
                Sites = [.. method.Sites![..^1], method.Sites[^1] with { Column = method.Sites[^1].Column + 1 }],
            },
            method with
            {
                Form = MethodForm.InPlace,
            },
            method with
            {
                MaxBytesPerCall = 0,
            },
            method with
            {
                Sites = method.Sites![1..],
            },
            method with
            {
                Sites = [.. method.Sites[..^1], method.Sites[^1] with { Text = "new object()" }],
            },
            method with
            {
                Control = null,
                Sites = null,
                SiteScale = null,
                UnattributedBytes = null,
                WithoutSites = "it is dynamic",
            },
            method with
            {
                Pooled =
                [
                    new()
                    {
                        Parameter = "p",
                        Kind = PooledKind.Span,
                        Element = "char",
                        ElementBytes = 2,
                        StackLimit = 512,
                        Uses = 0,
                        OnStack = 0,
                        Rented = 0,
                        Outstanding = 0,
                        AskedBytes = 0,
                        GotBytes = 0,
                        Misses = 0,
                        MissBytes = 0,
                        Quarantined = 0,
                        UsesAfterReturn = 0,
                        DoubleReturns = 0,
                        Length = new()
                        {
                            P50 = 0,
                            P95 = 0,
                            P99 = 0,
                            Max = 0,
                            Histogram = SparseCounts.Empty,
                        },
                    },
                ],
            },
        ];
        foreach (var version in versions)
        {
            var refused = Assert.Throws<InputException>(() =>
                Merged(s_first, s_second with { Methods = [.. s_second.Methods[..place], version, .. s_second.Methods[(place + 1)..]] })
            );
            Assert.That(refused!.ToString(), Does.StartWith($"error: 1: its {method.Id} is another version than that of 0: ").And.Contain("diff"));
        }
    }

    /// <summary>An edit elsewhere in the file moves a method, but does not change it.</summary>
    [Test]
    public void A_method_that_moved_is_the_same_and_stands_where_the_newest_run_has_it([Values] bool isNewestGivenFirst)
    {
        Assert.That(s_second.Process.Start, Is.GreaterThan(s_first.Process.Start).Using<string>(StringComparer.Ordinal));
        var moved = s_second with
        {
            Methods =
            [
                .. s_second.Methods.Select(m =>
                    m with
                    {
                        File = "src/" + m.File,
                        Line = m.Line + 7,
                        Sites = m.Sites?.Select(s => s with { Line = s.Line + 7 }).ToArray(),
                    }
                ),
            ],
            Coverage = [.. s_second.Coverage.Select(p => p with { Line = p.Line + 7 })],
        };

        var merged = isNewestGivenFirst ? Merged(moved, s_first) : Merged(s_first, moved);

        Assert.That(merged.Methods.Select(m => (m.Key, m.File, m.Line)), Is.EqualTo(moved.Methods.Select(m => (m.Key, m.File, m.Line))));
        Assert.That(
            merged.Methods.SelectMany(m => m.Sites ?? []).Select(s => s.Line),
            Is.EqualTo(moved.Methods.SelectMany(m => m.Sites ?? []).Select(s => s.Line))
        );
        Assert.That(merged.Methods.Sum(m => m.Calls), Is.EqualTo(s_first.Methods.Concat(s_second.Methods).Sum(m => m.Calls)));
        Assert.That(merged.Coverage, Is.EqualTo(moved.Coverage).And.Not.Empty);
        // If the method moved and one of its sites did not, it is another body.
        var changed = moved with
        {
            Methods =
            [
                .. moved.Methods.Select(m =>
                    m with
                    {
                        Sites = m.Sites is [var first, .. var rest] ? [first with { Line = first.Line - 7 }, .. rest] : m.Sites,
                    }
                ),
            ],
        };
        Assert.That(
            Assert.Throws<InputException>(() => Merged(s_first, changed))!.ToString(),
            Does.Contain(" is another version than that of 0: site 0 is ").And.Contain("same body")
        );
    }

    [Test]
    public void A_sampled_snapshot_merged_alone_is_itself_to_the_byte()
    {
        foreach (var snapshot in new[] { SampledRuns.Light, SampledRuns.Standard, SampledRuns.WithMargins(SampledRuns.Light) })
        {
            Assert.That(Text(Merged(snapshot) with { Runs = null }), Is.EqualTo(Text(snapshot)));
        }
    }

    /// <summary>Control calls of contexts that are sampled unequally have another mean.</summary>
    [Test]
    public void The_mean_of_a_sampled_method_is_over_all_its_calls()
    {
        const string name = "Sampled.Names.Of(int)";
        var light = SampledRuns.Light with
        {
            Methods = [.. SampledRuns.Light.Methods.Select(m => m.Name == name ? m with { Time = m.Time with { MeanNs = 1_000 } } : m)],
        };
        var method = light.Methods.Single(m => m.Name == name);
        Assert.That(method.Control!.Control.TotalNs / method.Control.Control.Calls, Is.EqualTo(189), "the mean of the control calls");

        Assert.That(Merged(light).Methods.Single(m => m.Name == name).Time.MeanNs, Is.EqualTo(1_000));
    }

    [Test]
    public void Margins_add_up_in_quadrature_weighted_by_calls()
    {
        const string name = "Sampled.Names.Of(int)";
        var (first, second) = (Of(40, 8, 300_000), Of(30, 6, 100_000));

        var merged = Merged(first, second).Methods.Single(m => m.Name == name);

        Assert.That(merged.MeanMarginNs, Is.EqualTo(Math.Sqrt(Math.Pow(0.75 * 40, 2) + Math.Pow(0.25 * 30, 2))).Within(0.05));
        Assert.That(merged.MeanMarginBytes, Is.EqualTo(Math.Sqrt(Math.Pow(0.75 * 8, 2) + Math.Pow(0.25 * 6, 2))).Within(0.05));
        Assert.That(merged.SampledCalls, Is.EqualTo(first.Methods.Concat(second.Methods).Where(m => m.Name == name).Sum(m => m.SampledCalls)));
        // Where one of them does not know how good its bytes are, nobody knows it of the sum.
        Assert.That(Merged(first, Of(30, null, 100_000)).Methods.Single(m => m.Name == name).MeanMarginBytes, Is.Null);

        SnapshotDocument Of(double ns, double? bytes, long calls) =>
            SampledRuns.Light with
            {
                Process = SampledRuns.Light.Process with { Start = FormattableString.Invariant($"2026-11-25T08:00:{ns:00}.0000000Z") },
                Methods =
                [
                    .. SampledRuns.Light.Methods.Select(m =>
                        m.Name == name ? m with { Calls = calls, MeanMarginNs = ns, MeanMarginBytes = bytes } : m
                    ),
                ],
            };
    }

    [Test]
    public void The_level_of_a_merged_snapshot_is_the_lowest([Values] bool isLightGivenFirst)
    {
        var (light, standard) = (SampledRuns.WithMargins(SampledRuns.Light), SampledRuns.Standard);
        var full = standard with
        {
            Process = standard.Process with { Start = "2026-11-25T08:00:00.0000000Z", Detail = DetailLevel.Full },
            Methods = [.. standard.Methods.Select(m => m with { SampledCalls = null, MeanMarginNs = null })],
        };

        var merged = isLightGivenFirst ? Merged(light, standard, full) : Merged(full, standard, light);

        Assert.That((merged.Process.Detail, merged.HasEstimatedBytes), Is.EqualTo((DetailLevel.Light, true)));
        Assert.That(Merged(full, standard).Process.Detail, Is.EqualTo(DetailLevel.Standard));
        Assert.That(Merged(merged).Process.Detail, Is.EqualTo(DetailLevel.Light));
        Assert.That(Merged(s_first, s_second).Process.Detail, Is.Null, "earlier versions recorded every call");
        // What one run estimates is an estimate in the sum; exact runs make it better.
        foreach (var (i, method) in light.Methods.Index().Where(m => m.Item.SampledCalls is not null))
        {
            var sum = merged.Methods[i];
            Assert.That(sum.MeanMarginBytes, Is.EqualTo(method.MeanMarginBytes / 3).Within(0.06), method.Name);
            Assert.That(sum.SampledCalls, Is.EqualTo(method.SampledCalls + standard.Methods[i].SampledCalls + method.Calls), method.Name);
        }
        // Exact bytes of one method do not become estimates in the second step.
        Assert.That(Merged(Merged(standard, full), light).Methods[0].MeanMarginBytes, Is.EqualTo(merged.Methods[0].MeanMarginBytes));
        Assert.That(merged.Notes, Does.Contain(Notes.EstimatedBytes).And.Not.Contain(Notes.EstimatedTime));
    }

    [Test]
    public void A_run_that_would_count_twice_is_refused()
    {
        var refused = Assert.Throws<InputException>(() => Merged(Merged(s_first, s_second), s_second));
        Assert.That(refused!.ToString(), Does.Contain($"the run of DocSearch that started at {s_second.Process.Start} is in 0 too"));
    }

    [Test]
    public void Figures_that_come_to_more_than_can_be_counted_are_refused()
    {
        var large = s_second with { Methods = [.. s_second.Methods.Select(m => m with { Failures = long.MaxValue })] };
        var larger = s_first with { Methods = [.. s_first.Methods.Select(m => m with { Failures = 1 })] };
        Assert.That(
            Assert.Throws<InputException>(() => Merged(larger, large))!.ToString(),
            Does.StartWith("error: 1: its figures and those of the snapshots before it come to more than 9223372036854775807")
        );
    }

    private static SnapshotDocument Merged(params SnapshotDocument[] snapshots)
    {
        var merge = new SnapshotMerge();
        foreach (var (i, snapshot) in snapshots.Index())
        {
            merge.Add($"{i}", snapshot);
        }

        return merge.ToDocument();
    }

    private static string Text(SnapshotDocument snapshot)
    {
        using var written = new MemoryStream();
        SnapshotWriter.Write(written, snapshot);
        return Encoding.UTF8.GetString(written.ToArray());
    }

    private static long[] Sums(Method m) =>
        [
            m.Calls,
            m.Open,
            m.Failures,
            m.Threads,
            m.Completed ?? 0,
            m.WallNs ?? 0,
            m.Time.InclusiveNs,
            m.Time.SelfNs,
            m.Allocated.InclusiveBytes,
            m.Allocated.SelfBytes,
            m.UnattributedBytes ?? 0,
            .. Shares(m.Control?.Control),
            .. Shares(m.Control?.Probing),
            .. (m.Sites ?? []).SelectMany(s =>
                (long[])[s.Hits, s.AllocatingHits, s.Objects ?? 0, s.Bytes, s.LargeObjectHits, s.LargeObjectBytes, .. Dense(s.SizeClasses)]
            ),
            .. (m.Pooled ?? []).SelectMany(p =>
                (long[])
                    [
                        p.Uses,
                        p.OnStack,
                        p.Rented,
                        p.Outstanding,
                        p.AskedBytes,
                        p.GotBytes,
                        p.Misses,
                        p.MissBytes,
                        p.Quarantined,
                        p.UsesAfterReturn,
                        p.DoubleReturns,
                        .. Dense(p.Length.Histogram),
                    ]
            ),
        ];

    private static long[] Shares(BodyShare? share) => share is null ? [] : [share.Calls, share.SelfBytes, share.SelfNs, share.TotalNs];

    private static long[] Dense(SparseCounts counts)
    {
        long[] dense = new long[Histogram.BucketCount];
        counts.AddTo(dense);
        return dense;
    }

    private static void AssertMean(long meanA, long countA, long meanB, long countB, long mean)
    {
        if (countA + countB > 0)
        {
            Assert.That(mean, Is.EqualTo(((double)meanA * countA + (double)meanB * countB) / (countA + countB)).Within(1.001));
        }
    }

    /// <summary>The contexts by path. A path consists of positions of methods, which are the same in two runs of one build.</summary>
    private static IEnumerable<(string Path, (long, long, long, long, long) Figures)> ByPath(SnapshotDocument snapshot)
    {
        var paths = new List<string>();
        foreach (var context in snapshot.Contexts)
        {
            paths.Add($"{(context.Parent is { } parent ? paths[parent] : "")}/{(context.Method is { } method ? $"{method:000}" : "~")}");
            yield return (paths[^1], (context.Calls, context.InclusiveNs, context.SelfNs, context.InclusiveBytes, context.SelfBytes));
        }
    }

    private static (long, long, long, long, long) Add((long, long, long, long, long) a, (long, long, long, long, long) b) =>
        (a.Item1 + b.Item1, a.Item2 + b.Item2, a.Item3 + b.Item3, a.Item4 + b.Item4, a.Item5 + b.Item5);
}
