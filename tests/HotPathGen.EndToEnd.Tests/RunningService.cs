using System.Diagnostics;

namespace HotPathGen.EndToEnd.Tests;

/// <summary>A web service that runs until it is told to end. Its first line of output names its address.</summary>
internal sealed class RunningService
{
    private const string Ready = "listening on ";

    private readonly string _folder = Project.NewFolder("service");
    private readonly Task<Outcome> _run;

    /// <param name="assembly">What <c>dotnet</c> starts.</param>
    public RunningService(string assembly, Dictionary<string, string> environment, params string[] arguments)
    {
        // The shell becomes the program, so that the process has the id that was written.
        _run = Task.Run(() =>
            Dotnet.Start(
                "sh",
                environment,
                _folder,
                [
                    "-c",
                    "echo $$ > pid; exec \"$@\" > output",
                    "sh",
                    Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
                    assembly,
                    .. arguments,
                ]
            )
        );
        Client = new() { BaseAddress = new(WaitForAddress()) };
    }

    public HttpClient Client { get; }

    /// <summary>The snapshots that it has written.</summary>
    public string[] Snapshots =>
        Directory.Exists(Path.Combine(_folder, "hotpath")) ? Directory.GetFiles(Path.Combine(_folder, "hotpath"), "*.hotpath.json") : [];

    /// <summary>Asks it to end by SIGTERM, as service managers and containers do.</summary>
    public Outcome End()
    {
        Client.Dispose();
        if (!_run.IsCompleted)
        {
            using var kill = Process.Start("sh", ["-c", $"kill -TERM {File.ReadAllText(Path.Combine(_folder, "pid")).Trim()}"]);
            kill.WaitForExit();
        }

        return _run.Result;
    }

    private string WaitForAddress()
    {
        string output = Path.Combine(_folder, "output");
        for (; !_run.IsCompleted; Thread.Sleep(20))
        {
            string text = File.Exists(output) ? File.ReadAllText(output) : "";
            if (text.StartsWith(Ready, StringComparison.Ordinal) && text.EndsWith('\n'))
            {
                return text[Ready.Length..].Split(',')[0];
            }
        }

        throw new AssertionException($"the service ended before it listened: {_run.Result}");
    }
}
