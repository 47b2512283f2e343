namespace HotPathGen.Runtime;

/// <summary>Files that are there whole or not at all: written beside their place, then moved. Not flushed to the disk: that outlives a
/// power failure, which a report need not, and takes longer than some hosts let a process end.</summary>
internal static class SnapshotFile
{
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = $"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.tmp";
        try
        {
            File.WriteAllBytes(temporary, content);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
