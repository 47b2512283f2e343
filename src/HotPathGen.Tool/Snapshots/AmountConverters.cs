using System.Text.Json;
using System.Text.Json.Serialization;

namespace HotPathGen.Tool.Snapshots;

/// <summary>Counts, times and bytes: whole and not negative.</summary>
internal sealed class LongAmountConverter : JsonConverter<long>
{
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Amounts.ReadWhole(ref reader, long.MaxValue);

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

internal sealed class IntAmountConverter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => (int)Amounts.ReadWhole(ref reader, int.MaxValue);

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

internal sealed class DoubleAmountConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Amounts.ReadFinite(ref reader, lowest: 0);

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <summary>The one figure that may be negative.</summary>
internal sealed class DifferenceConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Amounts.ReadFinite(ref reader, lowest: double.MinValue);

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

internal static class Amounts
{
    public static long ReadWhole(ref Utf8JsonReader reader, long highest)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long value) || value < 0 || value > highest)
            throw new JsonException($"{Found(ref reader)} is not a whole number from 0 to {highest}");
        return value;
    }

    // 1e999 is a number to JSON and infinity to the reader.
    public static double ReadFinite(ref Utf8JsonReader reader, double lowest)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out double value) || !double.IsFinite(value) || value < lowest)
            throw new JsonException($"{Found(ref reader)} is not a finite number{(lowest == 0 ? " from 0 on" : "")}");
        return value;
    }

    private static string Found(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan.Length == 0 ? [] : reader.ValueSpan),
        JsonTokenType.String => $"\"{reader.GetString()}\"",
        JsonTokenType.Null => "null",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.StartArray => "a list",
        _ => "an object",
    };
}
