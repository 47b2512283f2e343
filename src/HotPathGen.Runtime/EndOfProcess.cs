using System.Globalization;
using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>
/// Writes snapshot and summary when the process ends, by whatever road: return, exit, signal, unhandled exception. If more was recorded
/// after that, and the process comes by again, writes again.
/// </summary>
internal sealed class EndOfProcess
{
    private readonly Lock _lock = new();
    private readonly Settings _settings;
    private readonly Func<Snapshot> _read;
    private readonly string _path;
    private readonly List<PosixSignalRegistration> _signals = [];
    private long _written = -1;

    private EndOfProcess(Settings settings, Func<Snapshot> read)
    {
        (_settings, _read) = (settings, read);
        _path = PathFor(settings.Output, ProcessFacts.AppName, Environment.ProcessId, DateTime.UtcNow);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Write();
        AppDomain.CurrentDomain.UnhandledException += (_, e) =>
        {
            if (e.IsTerminating)
                Write();
        };
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGHUP])
            _signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
        if (ProcessFacts.AppName.StartsWith("testhost", StringComparison.Ordinal))
            new Thread(Rehearse) { IsBackground = true, Priority = ThreadPriority.Lowest }.Start();
    }

    public static void Attach(Settings settings, Func<Snapshot> read) => _ = new EndOfProcess(settings, read);

    /// <summary>The path with its placeholders filled in, absolute: the process may change its directory before it ends.</summary>
    public static string PathFor(string? output, string app, int process, DateTime startUtc)
    {
        foreach (char invalid in Path.GetInvalidFileNameChars())
            app = app.Replace(invalid, '_');
        return Path.GetFullPath((output ?? "hotpath/{app}-{time}-{pid}.hotpath.json")
            .Replace("{app}", app)
            .Replace("{time}", startUtc.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture))
            .Replace("{pid}", process.ToString(CultureInfo.InvariantCulture)));
    }

    // Handlers registered later run first: a host that cancelled the signal ends the process in its own time, by ProcessExit.
    private void OnSignal(PosixSignalContext context)
    {
        if (!context.Cancel)
            Write();
    }

    /// <summary>
    /// The test platform kills its host 100 ms after the last test (<c>VSTEST_TESTHOST_SHUTDOWN_TIMEOUT</c>), less than it takes to
    /// compile what writes: so that is compiled beforehand.
    /// </summary>
    private void Rehearse()
    {
        var snapshot = _read();
        for (; snapshot.EventCount == 0; snapshot = _read())
            Thread.Sleep(50);
        _ = SnapshotJson.Write(snapshot);
        _ = Summary.Of(snapshot, _path, ReportStyle.OfStandardError());
    }

    private void Write()
    {
        lock (_lock)
        {
            var snapshot = _read();
            if (snapshot.EventCount == _written)
                return;
            _written = snapshot.EventCount;
            bool isSaved = TrySave(snapshot);
            if (_settings.HasSummary)
                StandardError.Write(Summary.Of(snapshot, isSaved ? _path : null, ReportStyle.OfStandardError()));
        }
    }

    private bool TrySave(Snapshot snapshot)
    {
        try
        {
            SnapshotFile.Write(_path, SnapshotJson.Write(snapshot));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            StandardError.Say($"cannot write the snapshot to {_path}: {e.Message.ReplaceLineEndings(" ")} Set HOTPATH_OUTPUT to a path that can be written.");
            return false;
        }
    }
}
