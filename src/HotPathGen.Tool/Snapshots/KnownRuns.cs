namespace HotPathGen.Tool.Snapshots;

/// <summary>The runs that were given. A run that is given twice is found here, because it would count twice.</summary>
internal sealed class KnownRuns
{
    private readonly Dictionary<(string App, string Start), string> _files = [];

    // A snapshot that a process writes later contains all that it recorded before.
    public void Add(string file, SnapshotDocument document)
    {
        foreach (var run in document.Runs ?? [document.Process])
        {
            if (!_files.TryAdd((run.App, run.Start), file))
            {
                throw new InputException(
                    file,
                    document.Runs is null ? "$.process.start" : "$.runs",
                    $"the run of {run.App} that started at {run.Start} is in {_files[(run.App, run.Start)]} too, and would count twice",
                    "Name each run once: not a merged snapshot beside those that it was made of, and of one process only the last snapshot."
                );
            }
        }
    }
}
