using System.Numerics;
using HotPathGen.Tool.Advice;
using HotPathGen.Tool.Snapshots;
using HotPathGen.Tool.Tests.Exports;

namespace HotPathGen.Tool.Tests.Advice;

/// <summary>Capacities are read off the sizes of allocations. The collections here have known sizes.</summary>
[TestFixture]
public sealed class GrowthTests
{
    private static readonly Method s_method = MadeSnapshot.Recorded.Methods.First(static method => method.Sites is not null);
    private static readonly Site s_site = s_method.Sites![0] with { LargeObjectBytes = 0, LargeObjectHits = 0, Objects = null };

    [Test]
    public void What_95_percent_of_lists_needed_is_told_to_the_step([Values(2, 4, 8, 12, 16, 24, 40)] int element, [Values(3, 20, 300)] int mean)
    {
        var random = new Random(element * 1000 + mean);
        int[] lengths = [.. Enumerable.Range(0, 2000).Select(_ => 1 + (int)(-Math.Log(1 - random.NextDouble()) * mean))];
        // List<T> allocates an array of 4 elements, then arrays that are twice as long. Each has 16 bytes of header and 8 of length.
        long[] growths = [.. lengths.SelectMany(length => Steps(length).Select(capacity => (24L + (long)element * capacity + 7) / 8 * 8))];

        var growth = Growth.Of(s_method with { Sites = [Made("List<T>", lengths.Length), Grown("List.Add", growths)] }, Grown("List.Add", growths));

        int needed = Steps(lengths.Order().ElementAt((int)(0.95 * lengths.Length))).Max();
        // The first arrays of small elements fall into one power-of-two bucket.
        Assert.That(growth?.Capacity ?? 4, Is.InRange(needed, Math.Max(element < 8 ? 32 : 0, 2 * needed)));
        Assert.That(growth?.Collections ?? lengths.Length, Is.EqualTo(lengths.Length));
    }

    private static IEnumerable<int> Steps(int length)
    {
        int capacity = 4;
        yield return capacity;
        while (capacity < length)
        {
            yield return capacity *= 2;
        }
    }

    [Test]
    public void Where_few_are_large_and_most_small_the_few_decide([Values(8, 16)] int element, [Values(100, 800, 5000)] int large)
    {
        long[] growths =
        [
            .. Enumerable
                .Range(0, 2000)
                .SelectMany(i => Steps(i % 10 == 0 ? large : 3))
                .Select(capacity => (24L + (long)element * capacity + 7) / 8 * 8),
        ];

        var growth = Growth.Of(s_method with { Sites = [Grown("List.Add", growths)] }, Grown("List.Add", growths));

        Assert.That((growth!.Capacity, growth.Collections), Is.EqualTo(((int)BitOperations.RoundUpToPowerOf2((uint)large), 2000L)));
        Assert.That(growth.SavedBytes, Is.Negative);
    }

    [Test]
    public void A_dictionary_grows_by_primes()
    {
        // 100 dictionaries with up to 89 entries, and 4 with up to 197. An entry with its bucket takes 28 bytes.
        long[] growths = [.. Enumerable.Range(0, 104).SelectMany(i => new long[] { 132, 244, 524, 1084, 2540, 5564 }.Take(i < 100 ? 5 : 6))];

        var growth = Growth.Of(s_method with { Sites = [Grown("Dictionary.this", growths)] }, Grown("Dictionary.this", growths));

        Assert.That((growth!.Capacity, growth.Collections, growth.AreCounted), Is.EqualTo((89, 104L, false)));
        Assert.That(growth.SavedBytes, Is.EqualTo(104 * (132 + 244 + 524 + 1084)).Within(1).Percent);
    }

    [Test]
    public void A_builder_needs_what_its_texts_take()
    {
        long[] texts = [.. Enumerable.Range(0, 95).Select(_ => 22L + 2 * 200), .. Enumerable.Range(0, 5).Select(_ => 22L + 2 * 5000)];
        var method = s_method with
        {
            Sites =
            [
                Made("StringBuilder", 100),
                Grown("StringBuilder.Append", [104, 200, 456]),
                Grown("StringBuilder.ToString", texts) with
                {
                    Kind = SiteKind.Call,
                },
            ],
        };

        var growth = Growth.Of(method, method.Sites[1]);

        Assert.That(growth?.Capacity, Is.InRange(200, 2 * 200 + 22));
    }

    [Test]
    public void A_builder_that_is_kept_needs_its_pieces_together()
    {
        // 100 builders have 16 characters, and pieces of 16, 32 and 64: 128 in all. Five more go on to 256.
        long[] growths = [.. Enumerable.Range(0, 105).SelectMany(i => new long[] { 104, 136, 200, 328 }.Take(i < 100 ? 3 : 4))];
        var method = s_method with { Sites = [Made("StringBuilder", 105), Grown("StringBuilder.Append", growths)] };

        var growth = Growth.Of(method, method.Sites[1]);

        Assert.That((growth!.Capacity, growth.Collections, growth.AreCounted), Is.EqualTo((128, 105L, true)));
        Assert.That(growth.SavedBytes, Is.EqualTo(105 * (104 + 136 + 200 - 2 * (128 - 16))));
    }

    [Test]
    public void What_does_not_double_has_no_capacity()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Of("LinkedList.AddLast", [.. Enumerable.Repeat(48L, 1000)]), Is.Null, "it allocates a node for each element");
            Assert.That(Of("List.AddRange", [100, 3000, 70, 70_000, 5000, 5000, 5000]), Is.Null, "it grows by as much as is added");
            Assert.That(Of("List.Add", [.. Enumerable.Repeat(56L, 100)]), Is.Null, "all stay at the first four elements");
            Assert.That(
                Growth.Of(
                    s_method with
                    {
                        Sites = [Made("List<int>", 100) with { Text = "new List<int>(64)" }, Grown("List.Add", [280, 536])],
                    },
                    Grown("List.Add", [280, 536])
                ),
                Is.Null,
                "it has a capacity already"
            );
        });

        static Growth? Of(string type, long[] growths) => Growth.Of(s_method with { Sites = [Grown(type, growths)] }, Grown(type, growths));
    }

    private static Site Made(string type, long hits) =>
        s_site with
        {
            Kind = SiteKind.Object,
            Type = type,
            Text = $"new {type}()",
            Hits = hits,
            AllocatingHits = hits,
            Bytes = 32 * hits,
            MaxBytes = 32,
        };

    private static Site Grown(string type, long[] growths)
    {
        long[] classes = new long[Site.SizeClassCount];
        foreach (long bytes in growths)
        {
            classes[BitOperations.Log2((ulong)bytes)]++;
        }

        return s_site with
        {
            Kind = SiteKind.Growth,
            Type = type,
            Text = "it.Add(x)",
            Hits = 10 * growths.Length,
            AllocatingHits = growths.Length,
            Bytes = growths.Sum(),
            MaxBytes = growths.Max(),
            SizeClasses = SparseCounts.Of(classes),
        };
    }
}
