using System.Diagnostics;
using System.Globalization;

namespace OrderService.Comparing;

/// <summary>
/// Which processors the service has and which the generator, so that neither takes time from the other. On Linux, <c>taskset</c> of util-linux sets
/// them before the program starts, because the threads of a process that runs keep theirs.
/// </summary>
internal sealed class Processors
{
    private const string TaskSet = "taskset";

    private readonly int[] _service;
    private readonly int[] _generator;

    private Processors(int[] service, int[] generator) => (_service, _generator) = (service, generator);

    public bool AreApart => _service.Length > 0;

    public int ForService => AreApart ? _service.Length : Environment.ProcessorCount;

    public int ForGenerator => AreApart ? _generator.Length : Environment.ProcessorCount;

    public string Description =>
        AreApart
            ? $"the service has processor {string.Join(", ", _service)}, the generator {string.Join(", ", _generator)}"
            : "the service and the generator share all processors, so the ratios are not to be trusted: this needs two processors, and taskset or Windows";

    /// <summary>Half of the processors for each.</summary>
    public static Processors Divide()
    {
        if (!OperatingSystem.IsWindows() && !(OperatingSystem.IsLinux() && HasTaskSet()))
        {
            return new([], []);
        }

        using var self = Process.GetCurrentProcess();
        nint mask = self.ProcessorAffinity;
        int[] all = [.. Enumerable.Range(0, nint.Size * 8).Where(number => (mask >> number & 1) != 0)];
        return all.Length < 2 ? new([], []) : new(all[..(all.Length / 2)], all[(all.Length / 2)..]);
    }

    public Process StartService(ProcessStartInfo start) => Start(start, _service);

    public Process StartGenerator(ProcessStartInfo start) => Start(start, _generator);

    private static Process Start(ProcessStartInfo start, int[] processors)
    {
        if (processors.Length > 0 && OperatingSystem.IsLinux())
        {
            string list = string.Join(',', processors.Select(number => number.ToString(CultureInfo.InvariantCulture)));
            foreach (string argument in (string[])[start.FileName, list, "--cpu-list"])
            {
                start.ArgumentList.Insert(0, argument);
            }

            start.FileName = TaskSet;
        }

        var process = Process.Start(start) ?? throw new InputException($"{start.FileName} did not start.");
        if (processors.Length > 0 && OperatingSystem.IsWindows())
        {
            process.ProcessorAffinity = processors.Aggregate((nint)0, (mask, number) => mask | (nint)1 << number);
        }

        return process;
    }

    private static bool HasTaskSet() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, TaskSet)));
}
