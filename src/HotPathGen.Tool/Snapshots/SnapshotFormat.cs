using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace HotPathGen.Tool.Snapshots;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(LongAmountConverter), typeof(IntAmountConverter), typeof(DoubleAmountConverter)]
)]
[JsonSerializable(typeof(SnapshotDocument))]
internal sealed partial class SnapshotJsonContext : JsonSerializerContext;

/// <summary>The format as the runtime writes it, and as strictly as it can be read: members that a newer minor version adds are left out.</summary>
internal static class SnapshotFormat
{
    private static readonly JsonSerializerOptions s_options = new(SnapshotJsonContext.Default.Options)
    {
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static JsonTypeInfo<SnapshotDocument> Document { get; } = (JsonTypeInfo<SnapshotDocument>)s_options.GetTypeInfo(typeof(SnapshotDocument));
}

/// <summary>Refuses another schema as soon as it is read: its other members would only give misleading errors.</summary>
internal sealed class SchemaConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(SnapshotDocument.SchemaName)
            ? SnapshotDocument.SchemaName
            : throw new OtherSchemaException(
                $"the schema is {(reader.TokenType == JsonTokenType.String ? $"\"{reader.GetString()}\"" : "no text")}; only "
                    + $"\"{SnapshotDocument.SchemaName}\" can be read"
            );

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

internal sealed class OtherSchemaException(string message) : JsonException(message);
