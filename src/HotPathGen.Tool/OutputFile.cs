namespace HotPathGen.Tool;

/// <summary>A file that is there whole or not at all: written beside its place under another name, and moved.</summary>
internal static class OutputFile
{
    public static void Write(string path, string text) => Write(path, stream =>
        {
            using var writer = new StreamWriter(stream) { NewLine = "\n" };
            writer.Write(text);
        });

    public static void Write(string path, Action<Stream> write)
    {
        string unfinished = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            {
                Directory.CreateDirectory(folder);
            }

            using (var stream = File.Create(unfinished))
            {
                write(stream);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException(
                path,
                "",
                $"it cannot be written: {e.Message.TrimEnd('.')}",
                "Name another file, or see that its folder can be written to."
            );
        }
        finally
        {
            if (File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }
        }
    }
}
