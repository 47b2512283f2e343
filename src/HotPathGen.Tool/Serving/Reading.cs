using HotPathGen.Tool.Exports;
using HotPathGen.Tool.Exports.Html;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Serving;

/// <summary>What a program said at one time. All who ask at that time share it, with what was made of it.</summary>
/// <param name="Process">The id of the process.</param>
/// <param name="Begun">When it was asked.</param>
/// <param name="Status">Its level, and when it changes by itself.</param>
/// <param name="Json">The snapshot as the program wrote it.</param>
internal sealed record Reading(int Process, DateTimeOffset Begun, LiveStatus Status, byte[] Json)
{
    private readonly Lazy<SnapshotDocument> _snapshot = new(() =>
    {
        using var stream = new MemoryStream(Json);
        return SnapshotReader.Read(FormattableString.Invariant($"process {Process}"), stream);
    });

    private readonly Lock _lock = new();
    private string? _report;

    public SnapshotDocument Snapshot => _snapshot.Value;

    /// <summary>Whether both are of one recording: of the same process, without a reset between them.</summary>
    public bool Continues(Reading earlier) => Process == earlier.Process && Snapshot.Process.Start == earlier.Snapshot.Process.Start;

    /// <summary>The figures of the page.</summary>
    public string Report()
    {
        lock (_lock)
        {
            return _report ??= HtmlPayload.Write(new SideBySide(Snapshot));
        }
    }
}
