using System.Text.Json;

namespace HotPathGen.Tool.Snapshots;

/// <summary>Reads a snapshot file as a stream and refuses a file that is not a snapshot.</summary>
internal static class SnapshotReader
{
    /// <summary>The largest file that is read. A snapshot with 10,000 methods has about 50 MB.</summary>
    private const long MaxFileBytes = 512L << 20;

    private const string TakeAgain = "Take the snapshot again: it is written when the measured program ends, which must not be killed meanwhile.";
    private const string NotASnapshot = "Name a snapshot, *.hotpath.json, as measured programs write it.";
    private const string Damaged = "The file was changed or damaged after it was written: take the snapshot again.";

    public static SnapshotDocument Read(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
            return Read(file, stream);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException(
                file,
                "",
                "there is no such file",
                "Measured programs write snapshots to the folder hotpath, or where HOTPATH_OUTPUT says."
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException(file, "", $"it cannot be read: {e.Message.TrimEnd('.')}", NotASnapshot);
        }
    }

    /// <param name="file">The name for messages.</param>
    /// <param name="stream">The content.</param>
    public static SnapshotDocument Read(string file, Stream stream)
    {
        try
        {
            CheckEnds(file, stream);
            var document = JsonSerializer.Deserialize(stream, SnapshotFormat.Document)
                ?? throw new InputException(file, "$", "it is null", NotASnapshot);
            SnapshotValidation.Check(file, document);
            return document;
        }
        catch (OtherVersionException e)
        {
            throw new InputException(
                file,
                JsonFile.PlaceOf(e),
                e.Message,
                "Use the version of dotnet-hotpath that belongs to the HotPathGen the program was built with."
            );
        }
        catch (JsonException e)
        {
            throw new InputException(file, JsonFile.PlaceOf(e), JsonFile.ReasonOf(e), Damaged);
        }
    }

    // The beginning and the end of a file are enough to find most mistakes and to name them exactly, without reading the rest.
    private static void CheckEnds(string file, Stream stream)
    {
        if (stream.Length == 0)
        {
            throw new InputException(file, "", "it is empty", TakeAgain);
        }

        if (stream.Length > MaxFileBytes)
        {
            throw new InputException(
                file,
                "",
                FormattableString.Invariant(
                    $"it has {stream.Length:N0} bytes; more than {MaxFileBytes:N0} are not read, a snapshot of 10,000 methods has about 50,000,000"
                ),
                NotASnapshot
            );
        }

        Span<byte> end = stackalloc byte[256];
        end = end[..stream.ReadAtLeast(end, end.Length, throwOnEndOfStream: false)];
        if (!WithoutByteOrderMark(end).TrimStart(" \t\r\n"u8).StartsWith("{"u8))
        {
            throw new InputException(file, "first byte", "it is not JSON that begins with {", NotASnapshot);
        }

        stream.Seek(-end.Length, SeekOrigin.End);
        stream.ReadExactly(end);
        if (!end.TrimEnd(" \t\r\n"u8).EndsWith("}"u8))
        {
            throw new InputException(file, FormattableString.Invariant($"byte {stream.Length}"), "it is cut off: it does not end with }", TakeAgain);
        }

        stream.Seek(0, SeekOrigin.Begin);
    }

    private static Span<byte> WithoutByteOrderMark(Span<byte> text) => text.StartsWith("\uFEFF"u8) ? text[3..] : text;
}
