using System.Runtime.InteropServices;
using System.Runtime.Loader;
using HotPathGen.Shared;

namespace HotPathGen.Runtime;

/// <summary>
/// Writes the snapshot and the summary when the process ends: by return, exit, signal or unhandled exception. Writes again if more was recorded
/// afterwards and the end of the process is reported again. Whatever happens here, the process ends as it would have ended without it.
/// </summary>
internal sealed class EndOfProcess
{
    /// <summary>How long the end of a program may wait for a disk or for the reader of standard error.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(700);

    private readonly Lock _lock = new();
    private readonly Settings _settings;
    private readonly Func<SnapshotDocument> _read;
    private readonly SnapshotOutput _output;
    private readonly PeriodicSnapshots? _periodic;
    private readonly List<PosixSignalRegistration> _signals = [];
    private long _written;

    private EndOfProcess(Settings settings, Func<SnapshotDocument> read)
    {
        (_settings, _read) = (settings, read);
        // A program that starts off reports only what it recorded after it was switched on.
        _written = settings.StartsOff ? 0 : -1;
        _output = new SnapshotOutput(settings);
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        AppDomain.CurrentDomain.UnhandledException += OnException;
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGHUP])
        {
            Listen(signal);
        }

        if (LastingCopy.IsNeeded)
        {
            AssemblyLoadContext.GetLoadContext(typeof(EndOfProcess).Assembly)!.Unloading += _ => WriteAndDetach();
        }
        else if (!settings.StartsOff)
        {
            Rehearsal.Start(read, _output.PathAt(DateTime.UtcNow));
        }

        if (settings.Every is { } interval)
        {
            _periodic = PeriodicSnapshots.Start(interval, read, _output);
        }
    }

    public static void Attach(Settings settings, Func<SnapshotDocument> read) => _ = new EndOfProcess(settings, read);

    // Writes now, and removes everything by which the process keeps this copy of the runtime loaded.
    private void WriteAndDetach()
    {
        _periodic?.Stop();
        Write();
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        AppDomain.CurrentDomain.UnhandledException -= OnException;
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _signals.Clear();
    }

    private void Listen(PosixSignal signal)
    {
        try
        {
            _signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }
        catch (Exception)
        {
            // The platform does not have this signal, so it cannot end the process.
        }
    }

    private void OnExit(object? sender, EventArgs e) => Write();

    private void OnException(object sender, UnhandledExceptionEventArgs e)
    {
        if (e.IsTerminating)
        {
            Write();
        }
    }

    // Handlers that were registered later run first. If a host has cancelled the signal, it ends the process itself later, and ProcessExit
    // follows.
    private void OnSignal(PosixSignalContext context)
    {
        if (!context.Cancel)
        {
            Write();
        }
    }

    private void Write()
    {
        lock (_lock)
        {
            var aside = new Aside();
            aside.Run(() => Report(aside), s_patience);
            if (aside.GaveUpOn is { } what && what != nameof(StandardError))
            {
                new Aside().Run(
                    () =>
                        StandardError.Say(
                            $"{what} was given up: it took longer than {s_patience.TotalSeconds:0.0} s, and the program's end does not wait. Set "
                                + $"HOTPATH_OUTPUT to a path on another disk."
                        ),
                    TimeSpan.Zero
                );
            }
        }
    }

    private void Report(Aside aside)
    {
        long reading = _output.NextReading();
        var snapshot = _read();
        if (snapshot.EventCount == _written)
        {
            return;
        }

        _written = snapshot.EventCount;
        byte[] json = SnapshotWriter.Write(snapshot);
        string path = _output.PathAt(DateTime.UtcNow);
        string? problem = null;
        aside.Wait($"the snapshot {path}", () => problem = ProblemOfSaving(reading, path, json));
        var style = ReportStyle.Plain;
        aside.Wait(nameof(StandardError), () => style = ReportStyle.OfStandardError());
        string text = problem is null ? "" : $"HotPathGen: {VisibleText.Of(SnapshotOutput.Sentence(path, problem))}\n";
        if (_settings.HasSummary)
        {
            text += Summary.Of(snapshot, problem is null ? path : null, style);
        }

        if (text.Length > 0)
        {
            aside.Wait(nameof(StandardError), () => StandardError.Write(text));
        }
    }

    private string? ProblemOfSaving(long reading, string path, byte[] json)
    {
        try
        {
            _output.Save(reading, path, json);
            return null;
        }
        catch (Exception e)
        {
            return e.Message;
        }
    }
}
