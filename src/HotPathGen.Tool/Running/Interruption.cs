using System.Diagnostics;
using System.Runtime.InteropServices;

namespace HotPathGen.Tool.Running;

/// <summary>
/// Leaves Ctrl+C and termination to the measured program, which ends as it would without the tool and writes its snapshot. A terminal sends
/// Ctrl+C to both. SIGTERM, which only the tool gets, is passed on.
/// </summary>
internal sealed partial class Interruption : IDisposable
{
    private const int SigTerm = 15;

    private readonly PosixSignalRegistration[] _registrations;
    private Process? _process;

    public Interruption() =>
        _registrations = [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Note),
            PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Note),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
            {
                Note(context);
                if (!OperatingSystem.IsWindows() && _process is { HasExited: false } process)
                {
                    _ = Kill(process.Id, SigTerm);
                }
            }),
        ];

    public bool IsRequested { get; private set; }

    public void PassTo(Process process) => _process = process;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void Note(PosixSignalContext context)
    {
        context.Cancel = true;
        IsRequested = true;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
