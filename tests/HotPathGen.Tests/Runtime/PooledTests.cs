using System.Buffers;
using System.Text.Json;
using HotPathGen.Runtime;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording;

public sealed class PooledTests
{
    private static int s_count;

    /// <summary>A hot method with two pooled parameters.</summary>
    private sealed class Pair
    {
        public Pair()
        {
            Id = $"M:Pooled.{Interlocked.Increment(ref s_count)}";
            Index = HotMethod.Register("Tests", Id, [new(Id, Id, "test.cs", 1, "pair", pooled: "a\tspan\tchar\t512\nb\tarray\tint\t0")], []);
        }

        public string Id { get; }

        public int Index { get; }

        public void Use(int length)
        {
            PooledCounts.OnStack<char>(Index, 0, length);
            int[] array = PooledCounts.Rented(Index, 1, PooledCounts.Bytes(), ArrayPool<int>.Shared.Rent(length), length);
            PooledCounts.Return(Index, 1, array);
        }

        public JsonElement[] Read() => [.. Figures.Read().Single(f => f.Id == Id).Json.GetProperty("pooled").EnumerateArray()];
    }

    [Test]
    public void Uses_and_bytes_of_64_threads_are_exact()
    {
        var pair = new Pair();
        FrameTests.OnThreads(64, () =>
        {
            for (int i = 0; i < 1000; i++)
            {
                pair.Use(100);
            }
        });

        var (a, b) = (pair.Read()[0], pair.Read()[1]);
        Assert.Multiple(() =>
        {
            Assert.That(
                Of(a, "uses", "onStack", "rented", "askedBytes", "gotBytes", "outstanding"),
                Is.EqualTo((long[])[64_000, 64_000, 0, 12_800_000, 12_800_000, 0])
            );
            Assert.That(
                Of(b, "uses", "onStack", "rented", "askedBytes", "gotBytes", "outstanding"),
                Is.EqualTo((long[])[64_000, 0, 64_000, 25_600_000, 64_000 * 128 * 4, 0])
            );
            Assert.That(Of(b, "usesAfterReturn", "doubleReturns"), Is.Not.Empty.And.All.Zero);
            Assert.That(Of(b, "quarantined")[0], Is.InRange(960, 1000), "one in 64 returns of each record; ended threads pass their records on");
            Assert.That(Of(a.GetProperty("length"), "p50", "p99", "max"), Is.EqualTo((long[])[100, 100, 100]));
        });
    }

    [Test]
    public void What_goes_back_on_another_thread_is_not_outstanding()
    {
        var pair = new Pair();
        int[] first = PooledCounts.Rented(pair.Index, 1, PooledCounts.Bytes(), ArrayPool<int>.Shared.Rent(10), 10);
        int[] second = PooledCounts.Rented(pair.Index, 1, PooledCounts.Bytes(), ArrayPool<int>.Shared.Rent(10), 10);
        FrameTests.OnThreads(1, () => PooledCounts.Return(pair.Index, 1, first));
        Assert.That(Of(pair.Read()[1], "outstanding")[0], Is.EqualTo(1));
        PooledCounts.Return(pair.Index, 1, second);
        Assert.That(Of(pair.Read()[1], "outstanding")[0], Is.Zero);
    }

    [Test]
    public void A_reset_drops_what_was_counted()
    {
        var pair = new Pair();
        pair.Use(7);
        HotPath.Reset();
        pair.Use(5);
        pair.Use(5);
        Assert.That(
            pair.Read().Select(static p => Of(p, "uses", "askedBytes")),
            Is.EqualTo(
                (long[][])
                    [
                        [2, 20],
                        [2, 40],
                    ]
            )
        );
    }

    [Test]
    public void Counting_allocates_nothing_after_the_first_use()
    {
        var pair = new Pair();
        pair.Use(5);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 40; i++)
        {
            pair.Use(5);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void A_list_holds_what_was_added_wherever_it_is([Values] bool clears)
    {
        Span<string> room = new string[3];
        var list = new PooledList<string>(room, clears);
        list.Add("a");
        list.Append(["b", "c"]);
        Assert.That(list.IsRented, Is.False);
        list.Append(list.Span);
        Assert.That(list.IsRented);
        Assert.That(list.Span.ToArray(), Is.EqualTo((string[])["a", "b", "c", "a", "b", "c"]));
        Assert.That(room[0], Is.EqualTo(clears ? null : "a"));
        list.Clear();
        Assert.That(list.Count, Is.Zero);
        list.Dispose();
        list.Dispose();
        Assert.That(list.Capacity, Is.Zero);
    }

    [Test]
    public void A_list_refuses_what_it_has_not()
    {
        Assert.That(
            () =>
            {
                var list = new PooledList<int>(4, false);
                try
                {
                    return list[0];
                }
                finally
                {
                    list.Dispose();
                }
            },
            Throws.InstanceOf<IndexOutOfRangeException>()
        );
        Assert.That(
            () =>
            {
                var list = new PooledList<int>(4, false);
                try
                {
                    return list.Pop();
                }
                finally
                {
                    list.Dispose();
                }
            },
            Throws.InstanceOf<IndexOutOfRangeException>()
        );
        Assert.That(
            () =>
            {
                var list = new PooledList<int>(4, false);
                try
                {
                    return list.AppendSpan(-1).Length;
                }
                finally
                {
                    list.Dispose();
                }
            },
            Throws.InstanceOf<ArgumentOutOfRangeException>()
        );
    }

    private static long[] Of(JsonElement element, params string[] names) => [.. names.Select(name => element.GetProperty(name).GetInt64())];
}
