using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace HotPathGen.Tool.Snapshots;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(LongAmountConverter),
        typeof(IntAmountConverter),
        typeof(DoubleAmountConverter),
        typeof(SiteKindConverter),
        typeof(OriginConverter),
        typeof(MethodFormConverter),
        typeof(TimeBasisConverter),
        typeof(BytesBasisConverter),
        typeof(ClockKindConverter),
        typeof(DetailLevelConverter),
        typeof(PooledKindConverter),
        typeof(SettingSourceConverter),
    ]
)]
[JsonSerializable(typeof(SnapshotDocument))]
internal sealed partial class SnapshotJsonContext : JsonSerializerContext;

/// <summary>Reads the format as strictly as possible, but skips members that a newer minor version adds.</summary>
internal static class SnapshotFormat
{
    private static readonly JsonSerializerOptions s_options = new(SnapshotJsonContext.Default.Options)
    {
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        TypeInfoResolver = SnapshotJsonContext.Default.WithAddedModifier(ReadSpecially),
    };

    public static JsonTypeInfo<SnapshotDocument> Document { get; } = (JsonTypeInfo<SnapshotDocument>)s_options.GetTypeInfo(typeof(SnapshotDocument));

    private static void ReadSpecially(JsonTypeInfo type)
    {
        if (type.Type == typeof(SnapshotDocument))
        {
            Member(nameof(SnapshotDocument.Schema)).CustomConverter = new SchemaConverter();
        }
        else if (type.Type == typeof(BodyShares))
        {
            Member(nameof(BodyShares.DifferenceBytesPerCall)).CustomConverter = new DifferenceConverter();
        }

        JsonPropertyInfo Member(string name) => type.Properties.Single(property => property.Name == JsonNamingPolicy.CamelCase.ConvertName(name));
    }
}

/// <summary>Refuses another schema as soon as its name is read, because errors about its other members would only mislead.</summary>
internal sealed class SchemaConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(SnapshotDocument.SchemaName)
            ? SnapshotDocument.SchemaName
            : throw new OtherVersionException(
                $"the schema is {(reader.TokenType == JsonTokenType.String ? $"\"{reader.GetString()}\"" : "no text")}; only \"{SnapshotDocument.SchemaName}\" can be read"
            );

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>The file was written by another version of HotPathGen.</summary>
internal sealed class OtherVersionException(string message) : JsonException(message);
