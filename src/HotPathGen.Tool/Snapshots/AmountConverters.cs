using System.Text.Json;
using System.Text.Json.Serialization;

namespace HotPathGen.Tool.Snapshots;

/// <summary>Reads counts, times and bytes, which must be whole and not negative.</summary>
internal sealed class LongAmountConverter : JsonConverter<long>
{
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Amounts.ReadWhole(ref reader, long.MaxValue);

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

internal sealed class IntAmountConverter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        (int)Amounts.ReadWhole(ref reader, int.MaxValue);

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

internal sealed class DoubleAmountConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Amounts.ReadFactor(ref reader, lowest: 0);

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <summary>Reads the only figure that may be negative.</summary>
internal sealed class DifferenceConverter : JsonConverter<double?>
{
    public override double? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Amounts.ReadFactor(ref reader, lowest: -Amounts.HighestFactor);

    public override void Write(Utf8JsonWriter writer, double? value, JsonSerializerOptions options) => writer.WriteNumberValue(value!.Value);
}

internal static class Amounts
{
    public const double HighestFactor = 1e15;

    public static long ReadWhole(ref Utf8JsonReader reader, long highest)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long value) || value < 0 || value > highest)
        {
            throw new JsonException($"{Found(ref reader)} is not a whole number from 0 to {highest}");
        }

        return value;
    }

    // Products of such factors and of counts must stay finite. In JSON 1e999 is a number, but the reader makes infinity of it.
    public static double ReadFactor(ref Utf8JsonReader reader, double lowest)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out double value) || !(value >= lowest && value <= HighestFactor))
        {
            throw new JsonException($"{Found(ref reader)} is not a number from {(lowest == 0 ? "0" : "-1e15")} to 1e15");
        }

        return value;
    }

    private static string Found(ref Utf8JsonReader reader) =>
        reader.TokenType switch
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
