using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace HotPathGen.Shared;

/// <summary>
/// Counts by bucket, without the empty buckets, in the order of the buckets. In the file they are <c>[[bucket,count],…]</c> on one line.
/// </summary>
[JsonConverter(typeof(SparseCountsConverter))]
internal sealed class SparseCounts(params (int Bucket, long Count)[] counts)
{
    public static readonly SparseCounts Empty = new();

    public ReadOnlySpan<(int Bucket, long Count)> Counts => counts;

    /// <summary>The highest bucket with a count; -1 if there is none.</summary>
    public int HighestBucket => counts.Length == 0 ? -1 : counts[^1].Bucket;

    public long Total
    {
        get
        {
            long total = 0;
            foreach (var (_, count) in counts)
            {
                total += count;
            }
            return total;
        }
    }

    public static SparseCounts Of(ReadOnlySpan<long> dense)
    {
        var counts = new List<(int, long)>();
        for (int i = 0; i < dense.Length; i++)
        {
            if (dense[i] != 0)
            {
                counts.Add((i, dense[i]));
            }
        }
        return counts.Count == 0 ? Empty : new([.. counts]);
    }

    public void AddTo(Span<long> dense)
    {
        foreach (var (bucket, count) in counts)
        {
            dense[bucket] = checked(dense[bucket] + count);
        }
    }

    public void Write(Utf8JsonWriter json)
    {
        // A bucket takes at most 2 x 20 digits and 4 other characters.
        Span<byte> text = new byte[2 + 44 * counts.Length];
        int length = 0;
        text[length++] = (byte)'[';
        foreach (var (bucket, count) in counts)
        {
            if (length > 1)
            {
                text[length++] = (byte)',';
            }

            Utf8.TryWrite(text[length..], CultureInfo.InvariantCulture, $"[{bucket},{count}]", out int written);
            length += written;
        }
        text[length++] = (byte)']';
        json.WriteRawValue(text[..length], skipInputValidation: true);
    }
}
