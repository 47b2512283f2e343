using System.Text.Json;
using System.Text.Json.Serialization;

namespace HotPathGen.Shared;

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

    public override void Write(Utf8JsonWriter writer, SparseCounts value, JsonSerializerOptions options) => value.Write(writer);

    private static JsonException Unexpected() => new("a histogram is a list of pairs of whole numbers, [[bucket,count],…]");
}
