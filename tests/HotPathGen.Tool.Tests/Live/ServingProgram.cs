using System.Diagnostics;
using System.Globalization;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Tests.Live;

/// <summary>A measured program that runs until it is told to end. It calls its two hot methods as often as it is asked.</summary>
internal sealed class ServingProgram : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;

    /// <param name="scenario">The scenario of the host: <c>serve</c> or <c>serve-many</c>.</param>
    /// <param name="variables">Environment variables.</param>
    public ServingProgram(string scenario = "serve", params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", [Host, scenario])
        {
            WorkingDirectory = _folder.ToString(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (string name in start.Environment.Keys.Where(static name => name.StartsWith("HOTPATH", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["HOTPATH_SUMMARY"] = "none";
        start.Environment["HOTPATH_DETAIL"] = "full";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        Assert.That(_process.StandardOutput.ReadLine(), Is.EqualTo("ready"));
    }

    public int Id => _process.Id;
    public string Name => Id.ToString(CultureInfo.InvariantCulture);

    // The output of both projects is in bin/<configuration>/net10.0.
    public static string Host
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory);
            string tests = output.Parent!.Parent!.Parent!.Parent!.FullName;
            return Path.Combine(tests, "HotPathGen.Tests", "Host", "bin", output.Parent.Name, output.Name, "HotPathGen.Tests.Host.dll");
        }
    }

    public string FileOf(string name) => _folder[name];

    /// <summary>Lets the program call each of its methods so often, and waits until it has.</summary>
    public void Call(int times)
    {
        _process.StandardInput.WriteLine(times);
        Assert.That(_process.StandardOutput.ReadLine(), Is.EqualTo("done"));
    }

    /// <summary>Takes a snapshot with the tool.</summary>
    public SnapshotDocument Snapshot()
    {
        string file = FileOf($"{Guid.NewGuid():N}.json");
        ToolRun.Of("snapshot", Name, "-o", file).MustSucceed();
        return SnapshotReader.Read(file);
    }

    /// <summary>Ends the program, and reads the snapshot that it writes then.</summary>
    public SnapshotDocument End()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        Assert.That(_process.ExitCode, Is.EqualTo(7));
        return SnapshotReader.Read(Directory.GetFiles(FileOf("hotpath")).Single());
    }

    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Name]);
        kill.WaitForExit();
    }

    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        _folder.Dispose();
    }
}
