using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HotPathGen.Tool;

/// <summary>Reads small files that people write, and says where in a file something is wrong.</summary>
internal static class JsonFile
{
    /// <param name="file">The file, as the user named it.</param>
    /// <param name="type">The type that the file must hold.</param>
    /// <param name="remedy">What to do where it does not.</param>
    public static T Read<T>(string file, JsonTypeInfo<T> type, string remedy)
        where T : class
    {
        try
        {
            using var stream = File.OpenRead(file);
            return JsonSerializer.Deserialize(stream, type) ?? throw new InputException(file, "$", "it is null", remedy);
        }
        catch (JsonException e)
        {
            throw new InputException(file, PlaceOf(e), ReasonOf(e), remedy);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException(file, "", "there is no such file", remedy);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException(file, "", $"it cannot be read: {e.Message.TrimEnd('.')}", remedy);
        }
    }

    public static string PlaceOf(JsonException e) =>
        FormattableString.Invariant($"{e.Path ?? "$"} (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})");

    // The serializer's message is about types and constructors. It also ends with the place, which the message here already gives.
    public static string ReasonOf(JsonException e)
    {
        string reason = e.Message.Split(" Path: ")[0].Split(" LineNumber: ")[0].TrimEnd('.');
        if (After("missing required properties including: ") is { } missing)
        {
            return $"there is no {missing.Replace('\'', '"')}";
        }

        if (After("Duplicate property '") is { } twice)
        {
            return $"there is \"{twice.Split('\'')[0]}\" twice";
        }

        if (After("doesn't allow null") is not null)
        {
            return "it is null";
        }

        return After("could not be converted to") is null ? reason : "it is of another kind than it should be";

        string? After(string words) =>
            reason.IndexOf(words, StringComparison.Ordinal) is var place and >= 0 ? reason[(place + words.Length)..] : null;
    }
}
