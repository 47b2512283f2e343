using System.Runtime.CompilerServices;
using System.Text.Json;
using HotPathGen.Runtime;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording;

public sealed unsafe class FrameTests
{
    // An array's header and length take 24 bytes on 64 bits.
    private const int ArrayBytes = 24 + 104;

    [Test]
    public void Calls_and_bytes_of_64_threads_are_exact()
    {
        const int Threads = 64,
            Calls = 1000;
        var hot = new Hot();
        OnThreads(Threads, () =>
        {
            for (int i = 0; i < Calls; i++)
            {
                hot.Run(Allocate);
            }
        });

        var figures = hot.Read();
        Assert.Multiple(() =>
        {
            Assert.That(figures.Calls, Is.EqualTo(Threads * Calls));
            Assert.That(figures.InclusiveBytes, Is.EqualTo(Threads * Calls * ArrayBytes));
            Assert.That(figures.SelfBytes, Is.EqualTo(Threads * Calls * ArrayBytes));
            Assert.That(figures.Allocated("meanBytes"), Is.EqualTo(ArrayBytes));
            Assert.That(figures.Allocated("maxBytes"), Is.EqualTo(ArrayBytes));
            Assert.That(figures.Threads, Is.EqualTo(Threads));
            Assert.That(figures.TimeSamples, Is.EqualTo(Threads * Calls));
            Assert.That(figures.BytesSamples, Is.EqualTo(Threads * Calls));
            Assert.That(figures.Failures + figures.Open, Is.Zero);
        });
    }

    [Test]
    public void Nested_figures_add_up_and_self_is_what_is_not_nested()
    {
        var (outer, inner) = (new Hot(), new Hot());
        Action allocate = Allocate;
        outer.Run(() =>
        {
            Allocate();
            inner.Run(allocate);
            inner.Run(allocate);
        });

        var snapshot = Figures.Read();
        var (o, i) = (outer.Read(snapshot), inner.Read(snapshot));
        Assert.Multiple(() =>
        {
            Assert.That(o.SelfBytes, Is.EqualTo(ArrayBytes));
            Assert.That(i.SelfBytes, Is.EqualTo(2 * ArrayBytes));
            Assert.That(o.InclusiveBytes, Is.EqualTo(o.SelfBytes + i.InclusiveBytes));
            Assert.That(o.InclusiveNs, Is.EqualTo(o.SelfNs + i.InclusiveNs).Within(2));
            Assert.That(i.Contexts.Single().GetProperty("parent").GetInt32(), Is.EqualTo(o.Contexts.Single().GetProperty("id").GetInt32()));
        });
    }

    [Test]
    public void Recursion_counts_inclusive_figures_once()
    {
        var (hot, root) = (new Hot(), new Hot());
        root.Run(() => Recurse(10));

        var figures = hot.Read();
        Assert.Multiple(() =>
        {
            Assert.That(figures.Calls, Is.EqualTo(11));
            Assert.That(figures.InclusiveBytes, Is.EqualTo(figures.SelfBytes));
            Assert.That(figures.InclusiveBytes, Is.EqualTo(root.Read().InclusiveBytes - root.Read().SelfBytes));
            Assert.That(figures.InclusiveNs, Is.EqualTo(figures.SelfNs).Within(12));
            Assert.That(figures.Contexts.Count(), Is.EqualTo(11));
        });

        void Recurse(int depth)
        {
            var frame = Frame.Enter(hot.Index);
            Allocate();
            if (depth > 0)
            {
                Recurse(depth - 1);
            }

            frame.Exit(true);
        }
    }

    [Test]
    public void An_exception_is_a_failed_call_and_leaves_the_stack_in_order()
    {
        var (outer, inner) = (new Hot(), new Hot());
        outer.Run(() => Assert.Throws<InvalidOperationException>(() => inner.Run(static () => throw new InvalidOperationException())));
        outer.Run(static () => { });

        Assert.Multiple(() =>
        {
            Assert.That(inner.Read() is { Calls: 1, Failures: 1, Open: 0 });
            Assert.That(outer.Read() is { Calls: 2, Failures: 0, Open: 0 });
            Assert.That(outer.Read().Contexts.Single().GetProperty("parent").ValueKind, Is.EqualTo(JsonValueKind.Null));
        });
    }

    // The finally block searches for the frame of its call: the innermost frame that is not a block's.
    [Test]
    public void An_exception_leaves_the_call_under_the_blocks_that_it_left_open()
    {
        var (outer, inner) = (new Hot(), new Hot());
        outer.Run(() =>
            Assert.Throws<InvalidOperationException>(() =>
                inner.Run(static () =>
                {
                    _ = HotPath.Measure("left open by an exception");
                    _ = HotPath.Measure("another");
                    throw new InvalidOperationException();
                })
            )
        );
        outer.Run(() => inner.Run(static () => { }));

        Assert.Multiple(() =>
        {
            Assert.That(inner.Read() is { Calls: 2, Failures: 1, Open: 0 });
            Assert.That(outer.Read() is { Calls: 2, Failures: 0, Open: 0 });
            Assert.That(inner.Read().Contexts.Count(), Is.EqualTo(1));
        });
    }

    [Test]
    public void Self_bytes_of_all_contexts_are_the_inclusive_bytes_of_the_roots()
    {
        Hot[] hot = [new(), new(), new(), new()];
        OnThreads(1, () =>
        {
            var random = new Random(1);
            for (int i = 0; i < 200; i++)
            {
                Grow(random, 4);
            }
        });

        var ids = hot.Select(static h => h.Id).ToHashSet();
        var figures = Figures.Read().Where(f => ids.Contains(f.Id)).ToArray();
        var contexts = figures.SelectMany(static f => f.Contexts).ToArray();
        var roots = contexts.Where(static c => c.GetProperty("parent").ValueKind == JsonValueKind.Null);
        Assert.Multiple(() =>
        {
            Assert.That(Sum(contexts, "selfBytes"), Is.EqualTo(Sum(roots, "inclusiveBytes")));
            Assert.That(Sum(contexts, "calls"), Is.EqualTo(figures.Sum(static f => f.Calls)));
            Assert.That(Sum(contexts, "selfBytes"), Is.EqualTo(figures.Sum(static f => f.SelfBytes)));
        });

        void Grow(Random random, int depth)
        {
            var frame = Frame.Enter(hot[random.Next(hot.Length)].Index);
            GC.KeepAlive(new byte[random.Next(1000)]);
            for (int i = random.Next(depth); i > 0; i--)
            {
                Grow(random, depth - 1);
            }

            frame.Exit(true);
        }

        static long Sum(IEnumerable<JsonElement> contexts, string name) => contexts.Sum(c => c.GetProperty(name).GetInt64());
    }

    [Test]
    public void A_million_frames_after_the_first_allocate_nothing()
    {
        int outer = new Hot().Index,
            first = new Hot().Index,
            second = new Hot().Index;
        Frames(10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Frames(250_000);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Frames(int count)
        {
            for (int i = 0; i < count; i++)
            {
                var frame = Frame.Enter(outer);
                Frame.Enter(first).Exit(true);
                Frame.Enter(second).Exit(i % 2 == 0);
                HotPath.Measure("allocates nothing").Dispose();
                frame.Exit(true);
            }
        }
    }

    [Test]
    public void First_uses_inside_a_frame_do_not_show_in_its_bytes()
    {
        var outer = new Hot();
        string name = $"first use {Guid.NewGuid()}";
        outer.Run(() => HotPath.Measure(name).Dispose());
        Assert.That(outer.Read().InclusiveBytes, Is.Zero);
    }

    [Test]
    public void Ten_thousand_short_threads_share_a_few_records()
    {
        const int Threads = 10_000;
        var hot = new Hot();
        var records = new HashSet<nint>();
        for (int i = 0; i < Threads; i++)
        {
            OnThreads(1, () =>
            {
                hot.Run(Allocate);
                records.Add((nint)Recorder.Current);
            });
        }

        var figures = hot.Read();
        Assert.Multiple(() =>
        {
            // Other threads of the test process may come and go meanwhile.
            Assert.That(records, Has.Count.LessThan(100));
            Assert.That(figures.Calls, Is.EqualTo(Threads));
            Assert.That(figures.Threads, Is.EqualTo(Threads));
            Assert.That(figures.InclusiveBytes, Is.EqualTo(Threads * ArrayBytes));
        });
    }

    [Test]
    public void A_slot_takes_at_most_7_KB() => Assert.That(sizeof(Slot), Is.LessThanOrEqualTo(7 * 1024));

    [Test]
    public void What_a_frame_that_reads_no_clock_touches_of_a_context_is_one_cache_line() =>
        Assert.That((int)System.Runtime.InteropServices.Marshal.OffsetOf<Context>(nameof(Context.Calls)), Is.LessThanOrEqualTo(64));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Allocate() => GC.KeepAlive(new byte[104]);

    internal static void OnThreads(int count, Action work)
    {
        using var start = new Barrier(count);
        Thread[] threads =
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ => new Thread(() =>
                {
                    start.SignalAndWait();
                    work();
                })),
        ];
        foreach (var thread in threads)
        {
            thread.Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }
    }
}
