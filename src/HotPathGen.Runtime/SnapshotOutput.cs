using System.Globalization;

namespace HotPathGen.Runtime;

/// <summary>
/// Where a process writes its snapshots: one file or, with <c>HOTPATH_EVERY</c> and <c>{time}</c> in <c>HOTPATH_OUTPUT</c>, a series of files. The
/// newest <see cref="Kept"/> files of a series are kept.
/// </summary>
internal sealed class SnapshotOutput
{
    /// <summary>A day of one file an hour.</summary>
    public const int Kept = 24;

    private const string Copies = "HotPathGen.Runtime.Copies";
    private const string Ending = ".hotpath.json";

    private readonly Lock _saving = new();
    private readonly string _path;
    private readonly string? _series;
    private readonly int _others = OtherCopies();
    private readonly List<string> _files = [];
    private long _readings;
    private long _saved;

    public SnapshotOutput(Settings settings)
    {
        _series =
            settings is { Every: not null, Output: { } output } && output.Contains("{time}", StringComparison.Ordinal)
                ? OutputPath.Absolute(output)
                : null;
        _path = PathOfThisCopy(OutputPath.Of(settings.Output, ProcessReader.AppName, Environment.ProcessId, DateTime.UtcNow));
    }

    /// <summary>The file of a snapshot that is written now.</summary>
    public string PathAt(DateTime nowUtc) =>
        _series is null ? _path : PathOfThisCopy(OutputPath.Of(_series, ProcessReader.AppName, Environment.ProcessId, nowUtc, hasMilliseconds: true));

    /// <summary>Numbers the readings of the recording, so that an older one never replaces a newer one.</summary>
    public long NextReading() => Interlocked.Increment(ref _readings);

    /// <summary>Writes a snapshot, unless a later reading was written meanwhile. Waits for the disk.</summary>
    public void Save(long reading, string path, byte[] json)
    {
        lock (_saving)
        {
            if (reading < _saved)
            {
                return;
            }

            SnapshotFile.Write(path, json);
            _saved = reading;
            if (_series is not null)
            {
                Keep(path);
            }
        }
    }

    public static string Sentence(string path, string problem) =>
        $"cannot write the snapshot to {path}: {problem.ReplaceLineEndings(" ")} Set HOTPATH_OUTPUT to a path that can be written.";

    // Deletes only what this process has written.
    private void Keep(string path)
    {
        _files.Remove(path);
        _files.Add(path);
        while (_files.Count > Kept)
        {
            string oldest = _files[0];
            _files.RemoveAt(0);
            try
            {
                File.Delete(oldest);
                string folder = Path.GetDirectoryName(oldest)!;
                if (folder != Path.GetDirectoryName(path) && !Directory.EnumerateFileSystemEntries(folder).Any())
                {
                    // The time is in the name of the folder.
                    Directory.Delete(folder);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody else has deleted or locked it. The new snapshot is written.
            }
        }
    }

    private static int OtherCopies()
    {
        int others = AppDomain.CurrentDomain.GetData(Copies) as int? ?? 0;
        AppDomain.CurrentDomain.SetData(Copies, others + 1);
        return others;
    }

    // Several unconnected copies, in sequence or in parallel, must not overwrite each other's files.
    private string PathOfThisCopy(string path)
    {
        if (_others == 0)
        {
            return path;
        }

        string name = Path.GetFileName(path);
        int end = name.EndsWith(Ending, StringComparison.Ordinal) ? name.Length - Ending.Length : name.Length - Path.GetExtension(name).Length;
        return Path.Combine(Path.GetDirectoryName(path)!, string.Create(CultureInfo.InvariantCulture, $"{name[..end]}-{_others + 1}{name[end..]}"));
    }
}
