namespace HotPathGen.Runtime;

/// <summary>Files that are there whole or not at all: written beside their place, then moved. Not flushed to the disk: that outlives a
/// power failure, which a report need not, and takes longer than some hosts let a process end.</summary>
internal static class SnapshotFile
{
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        path = Path.GetFullPath(path);
        // A link's file is written, and the link stays.
        if (!IsDevice(path) && new FileInfo(path).LinkTarget is not null)
        {
            path = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }

        if (IsDevice(path))
        {
            using var device = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            device.Write(content);
            return;
        }
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

    // /dev/null and its like: who may, as in a container, would replace them by a file, for every program of the machine.
    public static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows()
        && (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal))
        && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);
}
