using System.Diagnostics;
using System.Net;

namespace HotPathGen.Tool.Tests.Serving;

/// <summary>The command <c>serve</c> in a process of its own, as a user starts it.</summary>
internal sealed class ServeProcess : IDisposable
{
    private readonly Process _process;

    /// <param name="folder">The folder where it is started, which has the diagnostic sockets that it sees.</param>
    /// <param name="arguments">The arguments after <c>serve</c>.</param>
    public ServeProcess(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, "serve", .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TMPDIR"] = folder;
        // What ASP.NET Core would read.
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:1";
        start.Environment["ASPNETCORE_HTTP_PORTS"] = "1";
        _process = Process.Start(start)!;
        Line = _process.StandardOutput.ReadLine();
    }

    /// <summary>The first line that it printed; null if it failed.</summary>
    public string? Line { get; }

    public Uri Address => new(Line!.Split(' ')[0]);

    public string? NextLine() => _process.StandardOutput.ReadLine();

    public (int ExitCode, string Error) Outcome()
    {
        string error = _process.StandardError.ReadToEnd();
        _process.WaitForExit();
        return (_process.ExitCode, error);
    }

    public int End(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        kill.WaitForExit();
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Asks until the answer has this status.</summary>
    public async Task<string> UntilAsync(string path, HttpStatusCode status)
    {
        using var client = new HttpClient { BaseAddress = Address };
        while (true)
        {
            using var response = await client.GetAsync(path);
            if (response.StatusCode == status)
            {
                return await response.Content.ReadAsStringAsync();
            }

            await Task.Delay(200);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
