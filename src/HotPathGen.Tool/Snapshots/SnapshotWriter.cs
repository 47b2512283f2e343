using System.Text.Json;

namespace HotPathGen.Tool.Snapshots;

/// <summary>Writes a snapshot as the runtime does, byte for byte.</summary>
internal static class SnapshotWriter
{
    public static void Write(string file, SnapshotDocument document) => OutputFile.Write(file, stream => Write(stream, document));

    public static void Write(Stream stream, SnapshotDocument document)
    {
        JsonSerializer.Serialize(stream, document, SnapshotFormat.Document);
        stream.WriteByte((byte)'\n');
    }
}
