using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using HotPathGen.Runtime;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording;

/// <summary>Real processes with <c>HOTPATH_EVERY</c>.</summary>
public sealed class PeriodicSnapshotTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("hotpath").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_killed_process_leaves_the_last_interval()
    {
        using var host = new Host(_folder, ("HOTPATH_OUTPUT", "out.hotpath.json"));
        string path = Path.Combine(_folder, "out.hotpath.json");
        for (int calls = 1; calls <= 3; calls++)
        {
            host.Call();
            while (CallsIn(path) != calls)
            {
                Thread.Sleep(5);
            }
        }

        host.Kill();

        Assert.That(CallsIn(path), Is.EqualTo(3));
        Assert.That(host.Errors, Is.Empty, "no summary: the process was killed");
    }

    [Test]
    public void A_series_keeps_its_newest_files_and_deletes_no_others()
    {
        string series = Directory.CreateDirectory(Path.Combine(_folder, "series")).FullName;
        File.WriteAllText(Path.Combine(series, "00000000-000000-000.hotpath.json"), "not of this process");
        using var host = new Host(_folder, ("HOTPATH_OUTPUT", "series/{time}.hotpath.json"));
        string newest = "";
        for (int calls = 1; calls <= SnapshotOutput.Kept + 3; calls++)
        {
            host.Call();
            string before = newest;
            while (newest == before || CallsIn(newest) is null)
            {
                Thread.Sleep(5);
                newest = Directory.EnumerateFiles(series, "2*.hotpath.json").Max(StringComparer.Ordinal) ?? "";
            }
        }

        host.End();

        string[] files = [.. Directory.EnumerateFiles(series).Order(StringComparer.Ordinal)];
        Assert.Multiple(() =>
        {
            Assert.That(files, Has.Length.EqualTo(1 + SnapshotOutput.Kept));
            Assert.That(files[1..].Select(CallsIn), Is.Ordered);
            Assert.That(CallsIn(files[^1]), Is.EqualTo(SnapshotOutput.Kept + 3), "the end writes a file of the series, too");
            Assert.That(host.Errors, Has.Some.Contains(files[^1]));
        });
    }

    [Test]
    public void A_disk_that_fails_is_said_once_and_again_when_that_changes()
    {
        string parent = Path.Combine(_folder, "parent");
        File.WriteAllText(parent, "");
        using var host = new Host(_folder, ("HOTPATH_OUTPUT", "parent/out.hotpath.json"), ("HOTPATH_SUMMARY", "none"));
        host.Call();
        host.WaitForErrors(1);
        // The test passes without these pauses, too. They give a runtime that says too much the time to do so: then the test fails.
        Thread.Sleep(350);
        File.Delete(parent);
        host.WaitForErrors(2);
        File.Delete(Path.Combine(parent, "out.hotpath.json"));
        Directory.CreateDirectory(Path.Combine(parent, "out.hotpath.json"));
        host.Call();
        host.WaitForErrors(3);
        Thread.Sleep(350);
        host.Kill();
        Assert.That(
            host.Errors.Select(static line => line["HotPathGen: ".Length..][..28]),
            Is.EqualTo((string[])["cannot write the snapshot to", "the snapshot is written agai", "cannot write the snapshot to"])
        );
    }

    [Test]
    public void Nothing_is_written_if_nothing_was_recorded_since()
    {
        string path = Path.Combine(_folder, "out.hotpath.json");
        using var host = new Host(_folder, ("HOTPATH_OUTPUT", path));
        // As above, a pause gives the runtime the time to do wrong.
        Thread.Sleep(250);
        Assert.That(File.Exists(path), Is.False);
        host.Call();
        while (CallsIn(path) is null)
        {
            Thread.Sleep(5);
        }

        File.Delete(path);
        Thread.Sleep(250);
        Assert.That(File.Exists(path), Is.False);
    }

    private static long? CallsIn(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        // A file that is there is complete.
        using var snapshot = JsonDocument.Parse(File.ReadAllBytes(path));
        return snapshot.RootElement.GetProperty("methods")[0].GetProperty("calls").GetInt64();
    }

    private sealed class Host : IDisposable
    {
        private readonly Process _process;
        private readonly BlockingCollection<string> _errors = [];
        private readonly List<string> _read = [];

        public Host(string folder, params (string Name, string Value)[] variables)
        {
            var start = HostProcess.In(folder, "dotnet", [HostProcess.Path, "again"], [("HOTPATH_EVERY", "100ms"), .. variables]);
            start.RedirectStandardInput = true;
            _process = Process.Start(start)!;
            _process.ErrorDataReceived += (_, e) =>
            {
                if (e.Data is null)
                {
                    _errors.CompleteAdding();
                }
                else
                {
                    _errors.Add(e.Data);
                }
            };
            _process.BeginErrorReadLine();
            Assert.That(_process.StandardOutput.ReadLine(), Is.EqualTo("ready"));
        }

        public List<string> Errors
        {
            get
            {
                _read.AddRange(_errors.GetConsumingEnumerable());
                return _read;
            }
        }

        public void WaitForErrors(int count)
        {
            while (_read.Count < count)
            {
                _read.Add(_errors.Take());
            }
        }

        public void Call()
        {
            _process.StandardInput.WriteLine();
            Assert.That(_process.StandardOutput.ReadLine(), Is.EqualTo("called"));
        }

        public void End()
        {
            _process.StandardInput.Close();
            _process.WaitForExit();
        }

        public void Kill()
        {
            _process.Kill();
            _process.WaitForExit();
        }

        public void Dispose()
        {
            if (!_process.HasExited)
            {
                Kill();
            }

            _process.Dispose();
            _errors.Dispose();
        }
    }
}
