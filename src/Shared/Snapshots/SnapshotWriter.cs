using System.Text.Encodings.Web;
using System.Text.Json;

namespace HotPathGen.Shared;

/// <summary>
/// Writes the records as a <c>hotpath/1</c> file. Each record lists its own members. A serializer, even a generated one, would not need such
/// lists. But its code is compiled while the program ends, which takes 16 ms more than the 21 ms that this takes, and the program has nothing
/// else to do by then.
/// </summary>
internal static class SnapshotWriter
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Indented = true,
        NewLine = "\n",
        // Documentation-comment ids contain many characters that the default encoder escapes for HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(IRecord document)
    {
        using var stream = new MemoryStream(1 << 16);
        Write(stream, document);
        return stream.ToArray();
    }

    public static void Write(Stream stream, IRecord document)
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
