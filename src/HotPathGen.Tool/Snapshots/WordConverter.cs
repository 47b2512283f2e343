using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HotPathGen.Tool.Snapshots;

/// <summary>Reads an enum in a file as the text that <see cref="Words"/> has for it.</summary>
internal abstract class WordConverter<T>(string[] words) : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("it is no text");
        }
        string word = reader.GetString()!;
        int number = Array.IndexOf(words, word);
        return number >= 0
            ? Unsafe.As<int, T>(ref number)
            : throw new OtherVersionException($"\"{word}\" is none of {string.Join(", ", words.Where(static known => known.Length > 0))}");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(words[Unsafe.As<T, int>(ref value)]);
}

internal sealed class SiteKindConverter() : WordConverter<SiteKind>(Words.SiteKinds);

internal sealed class OriginConverter() : WordConverter<Origin>(Words.Origins);

internal sealed class MethodFormConverter() : WordConverter<MethodForm>(Words.MethodForms);

internal sealed class TimeBasisConverter() : WordConverter<TimeBasis>(Words.TimeBases);

internal sealed class BytesBasisConverter() : WordConverter<BytesBasis>(Words.BytesBases);

internal sealed class ClockKindConverter() : WordConverter<ClockKind>(Words.ClockKinds);

internal sealed class DetailLevelConverter() : WordConverter<DetailLevel>(Words.DetailLevels);

internal sealed class PooledKindConverter() : WordConverter<PooledKind>(Words.PooledKinds);

internal sealed class SettingSourceConverter() : WordConverter<SettingSource>(Words.SettingSources);
