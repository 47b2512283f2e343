namespace HotPathGen.Tool;

/// <summary>A file that is either complete or absent. It is written under another name in the same folder and then moved to its own.</summary>
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
