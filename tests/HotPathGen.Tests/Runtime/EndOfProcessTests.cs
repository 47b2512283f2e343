using System.Diagnostics;
using System.Text.Json;
using HotPathGen.Runtime;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording;

/// <summary>Real processes that end in every possible way.</summary>
public sealed class EndOfProcessTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("hotpath").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("return", 7)]
    [TestCase("exit", 8)]
    public void Return_and_exit_write_snapshot_and_summary(string scenario, int exitCode)
    {
        var end = Run(scenario);
        Assert.That(end.ExitCode, Is.EqualTo(exitCode));
        // A summary that goes to a file or a pipe has 80 columns.
        Assert.That(end.Error, Does.Match(@"\nmethod +calls +mean +p95 +p99\n +incl\. +self +share +B/call +B p95 +B total +B self\n-{79}\n"));
        AssertWritten(end, calls: 1);
    }

    [Test]
    public void An_unhandled_exception_writes_and_stays_what_it_was()
    {
        var end = Run("throw");
        Assert.That(end.ExitCode, Is.Not.Zero);
        Assert.That(end.Error, Does.Contain("thrown for the test"));
        AssertWritten(end, calls: 1);
    }

    [TestCase("TERM", 143)]
    [TestCase("INT", 130)]
    [TestCase("HUP", 129)]
    [TestCase("QUIT", 131)]
    [Platform("Linux,MacOSX")]
    public void A_signal_writes_and_ends_the_process_as_it_would_have(string signal, int exitCode)
    {
        var end = Run("wait", signal: signal);
        Assert.That(end.ExitCode, Is.EqualTo(exitCode));
        AssertWritten(end, calls: 1);
    }

    [TestCase("TERM")]
    [TestCase("INT")]
    [Platform("Linux,MacOSX")]
    public void A_host_that_takes_the_signal_ends_in_its_own_time_with_all_its_calls(string signal)
    {
        var end = Run("take-signal", signal: signal);
        Assert.That(end.ExitCode, Is.EqualTo(9));
        AssertWritten(end, calls: 2);
    }

    [Test]
    public void An_unwritable_path_is_one_line_and_changes_nothing_else()
    {
        File.WriteAllText(Path.Combine(_folder, "file"), "");
        string path = Path.Combine(_folder, "file", "out.json");
        var end = Run("return", ("HOTPATH_OUTPUT", path));
        Assert.Multiple(() =>
        {
            Assert.That(end.ExitCode, Is.EqualTo(7));
            Assert.That(
                end.Error.Split('\n').Where(static l => l.StartsWith("HotPathGen: cannot", StringComparison.Ordinal)).Single(),
                Does.Contain(path).And.Contain("HOTPATH_OUTPUT")
            );
            Assert.That(end.Error, Does.Contain("Work.Outer"));
            Assert.That(end.Output, Is.Empty);
        });
    }

    [Test]
    public void A_writer_in_the_place_of_standard_error_is_not_asked()
    {
        var end = Run("own-writer");
        Assert.That(end.ExitCode, Is.EqualTo(7));
        AssertWritten(end, calls: 1);
    }

    [Test]
    [Platform("Linux,MacOSX")]
    public void A_closed_standard_error_costs_the_summary_and_nothing_else()
    {
        var end = Run("return", shell: "2>&-");
        Assert.That(end, Is.EqualTo(new End(7, "", "")));
        Assert.That(Calls(), Is.EqualTo((long[])[1, 1]));
    }

    [Test]
    public void A_full_pipe_costs_the_summary_and_nothing_else()
    {
        var end = Run("full-pipe", readsError: false);
        Assert.That(end, Is.EqualTo(new End(7, "", "")));
        Assert.That(Calls(), Is.EqualTo((long[])[1, 1]));
    }

    [Test]
    [Platform("Linux,MacOSX")]
    public void A_program_whose_folder_was_deleted_runs_all_the_same()
    {
        string own = Directory.CreateDirectory(Path.Combine(_folder, "own")).FullName;
        var end = Run("no-folder", shell: "", before: $"cd '{own}' && rmdir '{own}' && ", variables: [("TMPDIR", _folder)]);
        Assert.That(end.ExitCode, Is.EqualTo(7));
        AssertWritten(end, calls: 1);
    }

    // This tests only the decision. Writing could replace a device of the machine by a file.
    [TestCase("/dev/null", true)]
    [TestCase("/dev/stdout", true)]
    [TestCase("/proc/self/fd/3", true)]
    [TestCase("/dev/shm/run/app.hotpath.json", false)]
    [TestCase("/developer/app.hotpath.json", false)]
    [Platform("Linux,MacOSX")]
    public void A_device_is_written_to_and_not_replaced(string path, bool isDevice) => Assert.That(SnapshotFile.IsDevice(path), Is.EqualTo(isDevice));

    [Test]
    public void A_folder_gets_a_file_of_the_usual_name()
    {
        var end = Run("return", ("HOTPATH_OUTPUT", "new/"));
        AssertWritten(end, calls: 1);
        Assert.That(Directory.EnumerateFiles(Path.Combine(_folder, "new"), "HotPathGen.Tests.Host-*.hotpath.json").Count(), Is.EqualTo(1));
    }

    [Test]
    [Platform("Linux,MacOSX")]
    public void A_link_stays_one()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "link"), Path.Combine(_folder, "target.hotpath.json"));
        Run("return", ("HOTPATH_OUTPUT", "link"));
        Assert.That(Calls(), Is.EqualTo((long[])[1, 1]));
        Assert.That(new FileInfo(Path.Combine(_folder, "link")).LinkTarget, Does.EndWith("target.hotpath.json"));
    }

    [Test]
    public void Names_are_one_line_of_letters_on_the_terminal_and_themselves_in_the_snapshot()
    {
        var end = Run("names");
        Assert.That(end.ExitCode, Is.Zero);
        Assert.That(end.Error.Where(static letter => letter != '\n' && (char.IsControl(letter) || letter is '\u202E' or '\uFFFD')), Is.Empty);
        Assert.That(
            end.Error.Split('\n'),
            Has.Some.StartsWith(@"two\nlines")
                .And.Some.StartsWith(@"\e[31mred")
                .And.Some.StartsWith("\"\"")
                .And.Some.StartsWith("\" \"")
                .And.Some.StartsWith("xxx")
                .And.All.Length.LessThan(200)
        );
        var blocks = Snapshot().GetProperty("methods").EnumerateArray().Where(static m => m.GetProperty("form").GetString() == "block").ToArray();
        Assert.That(
            blocks.Select(static m => m.GetProperty("name").GetString()),
            Is.EquivalentTo(
                (string[])["two\nlines", "\u001b[31mred", "bell\a", "\u202Edetrevni", "null\0", "", " ", @"\uD800", @"\uDFFF", new('x', 100_000)]
            )
        );
        Assert.That(blocks.Single(static m => m.GetProperty("name").GetString() == "").GetProperty("calls").GetInt64(), Is.EqualTo(2));
    }

    // The three plug-ins join one recording. If the runtime was loaded from memory, there is no file to load it from again, and each plug-in writes a
    // snapshot of its own. Snapshots in intervals, of which none passes here, do not keep a plug-in loaded.
    [TestCase("plug-in-file", new long[] { 3 })]
    [TestCase("plug-in-memory", new long[] { 1, 1, 1 })]
    public void A_plug_in_that_brings_the_runtime_along_unloads_and_is_in_a_snapshot(string scenario, long[] calls)
    {
        var end = Run(scenario, ("HOTPATH_EVERY", "1h"));
        Assert.That((end.ExitCode, end.Output.ReplaceLineEndings("\n")), Is.EqualTo((0, "unloaded True\nunloaded True\nunloaded True\n")));
        Assert.That(Directory.EnumerateFiles(_folder, "plug-in*.hotpath.json").Select(CallsOfInner), Is.EqualTo(calls));

        static long CallsOfInner(string file)
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            return document.RootElement.GetProperty("methods")[0].GetProperty("calls").GetInt64();
        }
    }

    [TestCase("off")]
    [TestCase("never")]
    public void Off_is_silent(string value)
    {
        var end = Run("return", ("HOTPATH", value));
        Assert.That(end, Is.EqualTo(new End(7, "", "")));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder), Is.Empty);
    }

    [TestCase("off", new long[] { 1, 1 })]
    [TestCase("never", new long[0])]
    [TestCase("on", new long[] { 2, 2 })]
    public void A_program_that_starts_off_reports_what_it_records_later(string value, long[] calls)
    {
        Run("raise", ("HOTPATH", value));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder).Any() ? Calls() : [], Is.EqualTo(calls));
    }

    [Test]
    public void Without_a_summary_only_the_file_is_written()
    {
        var end = Run("return", ("HOTPATH_SUMMARY", "none"));
        Assert.That(end, Is.EqualTo(new End(7, "", "")));
        Assert.That(Calls(), Is.EqualTo((long[])[1, 1]));
    }

    [Test]
    public void The_path_is_relative_to_where_the_process_started()
    {
        Run("change-directory");
        Assert.That(Calls(), Is.EqualTo((long[])[1, 1]));
    }

    [TestCase("stopwatch", "stopwatch")]
    [TestCase("none", "none")]
    public void The_clock_is_the_one_asked_for(string clock, string kind)
    {
        Run("return", ("HOTPATH_CLOCK", clock));
        Assert.That(Snapshot().GetProperty("process").GetProperty("clock").GetProperty("kind").GetString(), Is.EqualTo(kind));
        Assert.That(Calls(), Is.EqualTo((long[])[1, 1]));
    }

    [Test]
    public void Without_a_clock_there_are_bytes_and_no_time()
    {
        Run("return", ("HOTPATH_CLOCK", "none"));
        var inner = Snapshot().GetProperty("methods")[0];
        Assert.That(inner.GetProperty("time").GetProperty("inclusiveNs").GetInt64(), Is.Zero);
        Assert.That(inner.GetProperty("time").GetProperty("histogram").GetArrayLength(), Is.Zero);
        Assert.That(inner.GetProperty("allocated").GetProperty("inclusiveBytes").GetInt64(), Is.EqualTo(1024));
    }

    [Test]
    public void What_was_recorded_during_the_warm_up_is_dropped()
    {
        Run("warm-up", ("HOTPATH_WARMUP_MS", "500"));
        Assert.That(Calls(), Is.EqualTo((long[])[1, 1]));
        Assert.That(Snapshot().GetProperty("notes").EnumerateArray().Select(static n => n.GetString()), Has.Some.Contains("HOTPATH_WARMUP_MS=50"));
    }

    [Test]
    public void The_share_of_the_process_is_what_the_program_makes_it_on_several_threads_after_a_reset()
    {
        const long Hot = 4 * 10_000 * 1024,
            Other = 4 * 5_000 * 1024;
        var end = Run("share");
        var process = Snapshot().GetProperty("process");
        long own = process.GetProperty("ownBytes").GetInt64();
        Assert.Multiple(() =>
        {
            Assert.That(
                Snapshot().GetProperty("methods").EnumerateArray().Sum(static m => m.GetProperty("allocated").GetProperty("selfBytes").GetInt64()),
                Is.EqualTo(Hot)
            );
            // Threads, delegates and the like are the rest, and what the runtime's rehearsal has begun at the end.
            Assert.That(process.GetProperty("allocatedBytes").GetInt64() - own, Is.InRange(Hot + Other, Hot + Other + 500_000));
            Assert.That(own, Is.GreaterThan(40 * 50_000), "forty snapshots");
            Assert.That(end.Error.ReplaceLineEndings(" "), Does.Match(@"hot methods allocated 41\.0 MB of the process's +61\.\d MB \(67 %\)"));
        });
    }

    [Test]
    public void Two_load_contexts_record_into_one_tree()
    {
        var end = Run("two-contexts");
        Assert.Multiple(() =>
        {
            Assert.That(end.ExitCode, Is.Zero);
            Assert.That(Calls(), Is.EqualTo((long[])[2, 2]));
            Assert.That(Snapshot().GetProperty("contexts").GetArrayLength(), Is.EqualTo(2));
            Assert.That(
                Snapshot().GetProperty("methods").EnumerateArray().Select(static m => m.GetProperty("threads").GetInt64()),
                Is.Not.Empty.And.All.EqualTo(1)
            );
        });
    }

    [Test]
    public void Hot_code_of_every_load_context_is_in_the_operation_of_the_other()
    {
        Run("two-contexts-in-operations");
        var operation = Snapshot().GetProperty("operations").EnumerateArray().Single();
        Assert.Multiple(() =>
        {
            Assert.That(operation.GetProperty("name").GetString(), Is.EqualTo("shared"));
            Assert.That(operation.GetProperty("calls").GetInt64(), Is.EqualTo(1));
            Assert.That(operation.GetProperty("maxBytes").GetInt64(), Is.EqualTo(2 * 1024));
            Assert.That(operation.GetProperty("allocatedBytes").GetInt64(), Is.EqualTo(2 * 1024));
        });
    }

    [Test]
    public void Operations_beyond_the_bound_are_one()
    {
        var end = Run("operations", ("HOTPATH_OPERATIONS", "3"));
        var operations = Snapshot().GetProperty("operations").EnumerateArray().ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(operations.Select(static o => o.GetProperty("name").GetString()), Is.EqualTo(["(other)", "name 0", "name 1", "name 2"]));
            Assert.That(operations.Select(static o => o.GetProperty("calls").GetInt64()), Is.EqualTo([700, 100, 100, 100]));
            Assert.That(operations.Sum(static o => o.GetProperty("allocatedBytes").GetInt64()), Is.EqualTo(1_000 * 1024));
            Assert.That(end.Error, Does.Contain("name 1").And.Contain("(other)"), "the summary has them");
        });
    }

    [Test]
    public void An_activity_allocates_no_more_than_where_operations_are_off()
    {
        var off = Run("operations", ("HOTPATH_OPERATIONS", "off"));
        Assert.That(Snapshot().TryGetProperty("operations", out _), Is.False);
        foreach (string file in Directory.GetFiles(_folder, "*.hotpath.json", SearchOption.AllDirectories))
        {
            File.Delete(file);
        }

        var on = Run("operations");
        Assert.That(Snapshot().GetProperty("operations").GetArrayLength(), Is.EqualTo(10));
        Assert.That(long.Parse(off.Output, System.Globalization.CultureInfo.InvariantCulture), Is.Positive);
        Assert.That(on.Output, Is.EqualTo(off.Output));
    }

    [Test]
    public void Another_version_beside_this_one_is_said_and_left_alone()
    {
        var end = Run("other-version");
        Assert.That(end.Error, Does.StartWith("HotPathGen: another version"));
        AssertWritten(end, calls: 1);
    }

    [Test]
    public void Calls_of_plain_methods_are_listed_under_coverage()
    {
        Run("return");
        var coverage = Snapshot().GetProperty("coverage")[0];
        Assert.That(coverage.GetProperty("name").GetString(), Is.EqualTo("Work.Left"));
        Assert.That(coverage.GetProperty("reason").GetString(), Is.EqualTo("a test left it plain"));
    }

    [Test]
    public void Recursion_100_000_deep_is_counted_and_its_contexts_are_bounded()
    {
        const int Depth = 100_000;
        Run("deep");
        var (inner, contexts) = (Snapshot().GetProperty("methods")[0], Snapshot().GetProperty("contexts"));
        Assert.Multiple(() =>
        {
            Assert.That(Calls(), Is.EqualTo((long[])[Depth, 0]));
            Assert.That(inner.GetProperty("allocated").GetProperty("inclusiveBytes").GetInt64(), Is.EqualTo(Depth * 1024L));
            Assert.That(inner.GetProperty("allocated").GetProperty("selfBytes").GetInt64(), Is.EqualTo(Depth * 1024L));
            // As many contexts as the bound allows, one context per method beyond it, and the parent of those.
            Assert.That(contexts.GetArrayLength(), Is.EqualTo(HotPathGen.Runtime.Context.Bound + 2));
            Assert.That(contexts.EnumerateArray().Sum(static c => c.GetProperty("calls").GetInt64()), Is.EqualTo(Depth));
            Assert.That(Snapshot().GetProperty("notes").EnumerateArray().Select(static n => n.GetString()), Has.Some.Contains("4096 contexts"));
        });
    }

    private void AssertWritten(End end, long calls)
    {
        Assert.Multiple(() =>
        {
            Assert.That(Calls(), Is.EqualTo((long[])[calls, calls]));
            Assert.That(end.Error, Does.Contain("Work.Inner"));
            // The summary is printed once. If a host takes a signal, that is when the host has ended.
            Assert.That(end.Error.Split("Snapshot: "), Has.Length.EqualTo(2));
            Assert.That(end.Output, Is.Empty);
            Assert.That(Directory.EnumerateFiles(_folder, "*.tmp", SearchOption.AllDirectories), Is.Empty);
        });
    }

    private JsonElement Snapshot()
    {
        using var document = JsonDocument.Parse(
            File.ReadAllBytes(Directory.EnumerateFiles(_folder, "*.hotpath.json", SearchOption.AllDirectories).Single())
        );
        return document.RootElement.Clone();
    }

    // Methods are sorted, so Inner comes before Outer.
    private long[] Calls() => [.. Snapshot().GetProperty("methods").EnumerateArray().Select(static m => m.GetProperty("calls").GetInt64())];

    private End Run(string scenario, params (string Name, string Value)[] variables) => Run(scenario, null, variables: variables);

    // If shell is given, a shell starts the program with that redirection of standard error. If readsError is false, the output stays in the pipe.
    private End Run(
        string scenario,
        string? signal = null,
        string? shell = null,
        string before = "",
        bool readsError = true,
        (string Name, string Value)[]? variables = null
    )
    {
        string host = HostProcess.Path;
        var start = HostProcess.In(
            _folder,
            shell is null ? "dotnet" : "sh",
            shell is null ? [host, scenario] : ["-c", $"{before}exec dotnet '{host}' {scenario} {shell}"],
            variables ?? []
        );
        if (signal is not null && IsIgnored(signal))
        {
            Assert.Ignore($"the tests were started with SIG{signal} ignored, as nohup does it; the processes that they start ignore it, too");
        }

        using var process = Process.Start(start)!;
        var error = readsError ? process.StandardError.ReadToEndAsync() : Task.FromResult("");
        if (signal is not null)
        {
            Assert.That(process.StandardOutput.ReadLine(), Is.EqualTo("ready"));
            using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, said, error.Result);
    }

    private static bool IsIgnored(string signal)
    {
        const string mask = "SigIgn:";
        string? line = File.Exists("/proc/self/status")
            ? File.ReadLines("/proc/self/status").FirstOrDefault(static l => l.StartsWith(mask, StringComparison.Ordinal))
            : null;
        int number = signal switch
        {
            "HUP" => 1,
            "INT" => 2,
            "QUIT" => 3,
            _ => 15,
        };
        return line is not null && (Convert.ToUInt64(line[mask.Length..].Trim(), 16) >> (number - 1) & 1) == 1;
    }

    private sealed record End(int ExitCode, string Output, string Error);
}
