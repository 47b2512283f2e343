using System.Text.Json;
using System.Text.Json.Serialization;

namespace HotPathGen.Tool.Snapshots;

/// <summary>Counts by bucket, without the empty ones, in the order of the buckets: in the file <c>[[bucket,count],…]</c> on one line.</summary>
[JsonConverter(typeof(SparseCountsConverter))]
internal sealed class SparseCounts(params (int Bucket, long Count)[] counts)
{
    public static readonly SparseCounts Empty = new();

    public ReadOnlySpan<(int Bucket, long Count)> Counts => counts;

    /// <summary>-1 where there is none.</summary>
    public int HighestBucket => counts.Length == 0 ? -1 : counts[^1].Bucket;

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
}

internal sealed class SparseCountsConverter : JsonConverter<SparseCounts>
{
    public override SparseCounts Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Unexpected();
        }

        var counts = new List<(int Bucket, long Count)>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            if (
                !reader.Read()
                || reader.TokenType != JsonTokenType.Number
                || !reader.TryGetInt32(out int bucket)
                || !reader.Read()
                || reader.TokenType != JsonTokenType.Number
                || !reader.TryGetInt64(out long count)
                || !reader.Read()
                || reader.TokenType != JsonTokenType.EndArray
            )
            {
                throw Unexpected();
            }

            if (bucket < 0 || count < 0)
            {
                throw new JsonException($"[{bucket},{count}] in a histogram is negative");
            }

            if (counts.Count > 0 && bucket <= counts[^1].Bucket)
            {
                throw new JsonException($"bucket {bucket} of a histogram comes after bucket {counts[^1].Bucket}");
            }

            counts.Add((bucket, count));
        }
        if (reader.TokenType != JsonTokenType.EndArray)
        {
            throw Unexpected();
        }

        return counts.Count == 0 ? SparseCounts.Empty : new([.. counts]);
    }

    public override void Write(Utf8JsonWriter writer, SparseCounts value, JsonSerializerOptions options)
    {
        // At most 2 x 20 digits and 4 signs a bucket.
        Span<byte> text = new byte[2 + 44 * value.Counts.Length];
        int length = 0;
        text[length++] = (byte)'[';
        foreach (var (bucket, count) in value.Counts)
        {
            if (length > 1)
            {
                text[length++] = (byte)',';
            }

            System.Text.Unicode.Utf8.TryWrite(
                text[length..],
                System.Globalization.CultureInfo.InvariantCulture,
                $"[{bucket},{count}]",
                out int written
            );
            length += written;
        }
        text[length++] = (byte)']';
        writer.WriteRawValue(text[..length], skipInputValidation: true);
    }

    private static JsonException Unexpected() => new("a histogram is a list of pairs of whole numbers, [[bucket,count],…]");
}
