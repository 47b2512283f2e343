using System.Diagnostics;

namespace OrderService.Comparing;

/// <summary>A service in a process of its own, for one run.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private const string Ready = "listening on ";

    private readonly Process _process;

    private ServiceProcess(Process process) => _process = process;

    public static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public int Id => _process.Id;

    public string Url { get; private set; } = "";

    public static async Task<ServiceProcess> StartAsync(
        string assembly,
        string? level,
        string folder,
        Processors processors,
        CancellationToken cancelled
    )
    {
        var start = new ProcessStartInfo(Dotnet, [assembly, "serve", "--url", "http://127.0.0.1:0"]) { RedirectStandardOutput = true };
        foreach (string variable in start.Environment.Keys.Where(name => name.StartsWith("HOTPATH", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(variable);
        }

        if (level is not null)
        {
            start.Environment["HOTPATH_DETAIL"] = level;
            start.Environment["HOTPATH_SUMMARY"] = "none";
            start.Environment["HOTPATH_OUTPUT"] = folder + "/";
        }

        var service = new ServiceProcess(processors.StartService(start));
        try
        {
            string line = await service._process.StandardOutput.ReadLineAsync(cancelled) ?? "";
            service.Url = line.StartsWith(Ready, StringComparison.Ordinal)
                ? line[Ready.Length..].Split(',')[0]
                : throw new InputException($"{assembly} did not start to listen. It printed: {line}");
            // A service that warns must not wait for a reader.
            _ = service._process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return service;
        }
        catch
        {
            service.Dispose();
            throw;
        }
    }

    // Its snapshot is not needed.
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
