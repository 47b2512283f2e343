using System.Text.Encodings.Web;
using System.Text.Json;

namespace HotPathGen.Shared;

/// <summary>
/// Writes the records as a <c>hotpath/1</c> file: each says itself which members it has. A serializer, even a generated one, would do without
/// that, and its code is compiled while the program ends: 16 ms more than the 21 ms that this takes, in a program that has no more to say.
/// </summary>
internal static class SnapshotWriter
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Indented = true,
        NewLine = "\n",
        // Documentation-comment ids are full of what the default encoder escapes for HTML's sake.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(SnapshotDocument document)
    {
        using var stream = new MemoryStream(1 << 16);
        Write(stream, document);
        return stream.ToArray();
    }

    public static void Write(Stream stream, SnapshotDocument document)
    {
        using (var json = new Utf8JsonWriter(stream, s_options))
        {
            json.WriteStartObject();
            document.Write(new(json));
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
    }
}
