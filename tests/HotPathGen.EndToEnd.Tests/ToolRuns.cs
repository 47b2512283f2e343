using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace HotPathGen.EndToEnd.Tests;

/// <summary>The packed tool in an empty folder. It builds, runs, shows and merges what a user would name.</summary>
[TestFixture]
public sealed class ToolRuns
{
    private const string Code = """
        using HotPathGen;
        if (args is ["lower"]) HotPath.Detail = HotPath.RecordingDetail.Light;
        for (int i = 0; i < 100; i++)
            Parser.CountWords("one two three");
        Console.WriteLine("arguments: " + string.Join(" ", args));
        if (args is ["fork"])
        {
            using var second = System.Diagnostics.Process.Start(Environment.ProcessPath!, Environment.ProcessPath!.EndsWith("dotnet") ? [typeof(Parser).Assembly.Location] : []);
            second.WaitForExit();
        }
        if (args is ["wait"])
        {
            File.WriteAllText("waiting", "");
            Thread.Sleep(TimeSpan.FromMinutes(1));
            Console.WriteLine("not interrupted");
        }
        return args is ["fail"] ? 3 : 0;

        static class Parser
        {
            [Instrument]
            public static int CountWords(string text) => text.Split(' ').Length;
        }
        """;

    private Project _project = null!;

    [OneTimeSetUp]
    public void Write() => _project = Project.Console("App").Write("Program.cs", Code);

    [Test, Order(1)]
    public void A_project_is_built_measured_and_run_as_often_as_asked()
    {
        var run = InstalledTool
            .Run(_project.Folder, "run", "--runs", "3", "--gate", "--out", "runs", "--", ".", "--input", "large file")
            .MustSucceed();

        Assert.That(run.CountOf("arguments: --input large file"), Is.EqualTo(3), run.ToString());
        Assert.That(
            run.Output,
            Does.Contain("HotPathGen: App, 3 runs of").And.Contain("tiered compilation off").And.Match(@"Parser\.CountWords\(string\).*  300 ")
        );
        Assert.That(run.Error, Does.Contain("--gate: tiering is off").And.Contain("Snapshots: runs"));
        string[] files = Directory.GetFiles(_project.Output("../../../runs"));
        Assert.That(files.Select(Path.GetFileName), Is.EquivalentTo(["App-1.hotpath.json", "App-2.hotpath.json", "App-3.hotpath.json"]));
        Assert.That(files.Select(file => Snapshot.Read(file).Methods.Single().Calls), Has.All.EqualTo(100));
        Assert.That(files.Select(file => Snapshot.Read(file).Methods.Single().SelfBytes).Distinct().Count(), Is.EqualTo(1));

        var again = InstalledTool.Run(_project.Folder, "run", "--out", "runs", "--", ".");
        Assert.That((again.ExitCode, again.Output), Is.EqualTo((2, "")));
        Assert.That(again.Error, Does.Contain("runs: there are snapshots in this folder already"));
    }

    [Test, Order(2)]
    public void Snapshots_are_merged_and_shown()
    {
        InstalledTool.Run(_project.Folder, "merge", "runs", "-o", "all.hotpath.json").MustSucceed();

        Assert.That(Snapshot.Read(Path.Combine(_project.Folder, "all.hotpath.json")).Methods.Single().Calls, Is.EqualTo(300));
        var merged = InstalledTool.Run(_project.Folder, "show", "all.hotpath.json").MustSucceed();
        Assert.That(merged.Output, Does.Contain("3 runs").And.Contain("Program.cs:22:50 call"));
        Assert.That(InstalledTool.Run(_project.Folder, "show", "runs").MustSucceed().Output, Is.EqualTo(merged.Output));
    }

    [Test, Order(3)]
    public void What_was_built_is_run_as_a_library_and_as_a_program()
    {
        string program = _project.Output(OperatingSystem.IsWindows() ? "App.exe" : "App");
        foreach (string named in new[] { _project.Output("App.dll"), program })
        {
            var run = InstalledTool.Run(Project.NewFolder(), "run", "--", named, "x").MustSucceed();
            Assert.That(run.Output, Does.StartWith("arguments: x\n").And.Contain("HotPathGen: App"), run.ToString());
        }
    }

    [TestCase(null, "full"), Order(3)]
    [TestCase("", "full")]
    [TestCase("standard", "standard")]
    public void A_gate_records_every_byte(string? chosen, string level)
    {
        string folder = Project.NewFolder();
        Dictionary<string, string> environment = chosen is null ? [] : new() { ["HOTPATH_DETAIL"] = chosen };
        InstalledTool.RunWith(environment, folder, "run", "--gate", "--out", "runs", "--", _project.Output("App.dll")).MustSucceed();

        using var document = JsonDocument.Parse(File.ReadAllText(Directory.GetFiles(Path.Combine(folder, "runs")).Single()));
        var process = document.RootElement.GetProperty("process");
        Assert.That(process.GetProperty("detail").GetString(), Is.EqualTo(level));
        Assert.That(process.GetProperty("environment").GetProperty("HOTPATH_DETAIL").GetString(), Is.EqualTo(level));
    }

    [Test, Order(3)]
    public void Without_a_gate_the_level_is_the_users_own()
    {
        string folder = Project.NewFolder();
        InstalledTool.RunWith(new() { ["HOTPATH_DETAIL"] = "light" }, folder, "run", "--out", "runs", "--", _project.Output("App.dll")).MustSucceed();

        Assert.That(File.ReadAllText(Directory.GetFiles(Path.Combine(folder, "runs")).Single()), Does.Contain("\"detail\": \"light\""));
    }

    [Test, Order(3)]
    public void A_gate_refuses_estimates_before_it_builds_and_after_it_ran()
    {
        string folder = Project.NewFolder();
        var refused = InstalledTool.RunWith(new() { ["HOTPATH_DETAIL"] = "light" }, folder, "run", "--gate", "--", _project.Output("App.dll"));

        Assert.That((refused.ExitCode, refused.Output), Is.EqualTo((2, "")));
        Assert.That(
            refused.Error,
            Is.EqualTo(
                "error: HOTPATH_DETAIL=light: this level estimates bytes from a sample of the calls, and a gate compares exact bytes.\n"
                    + "Unset it, or set it to standard or full; or run without --gate.\n"
            )
        );

        var lowered = InstalledTool.Run(folder, "run", "--gate", "--out", "runs", "--", _project.Output("App.dll"), "lower");

        Assert.That(lowered.ExitCode, Is.EqualTo(2));
        Assert.That(lowered.Output, Does.Contain("HotPathGen: App"));
        Assert.That(
            lowered.Error,
            Does.EndWith(
                "error: runs: $.process.detail: bytes are estimates, which a gate does not take: the program set HotPath.Detail to Light while it "
                    + "ran.\nLeave the level alone in runs with --gate.\n"
            )
        );
    }

    [Test, Order(3)]
    public void Processes_that_a_program_starts_are_in_the_snapshot_of_its_run()
    {
        string folder = Project.NewFolder();
        var run = InstalledTool.Run(folder, "run", "--runs", "2", "--out", "runs", "--", _project.Output("App.dll"), "fork").MustSucceed();

        Assert.That(run.CountOf("arguments: "), Is.EqualTo(4), run.ToString());
        string[] files = Directory.GetFiles(Path.Combine(folder, "runs"));
        Assert.That(files, Has.Length.EqualTo(2));
        Assert.That(files.Select(file => Snapshot.Read(file).Methods.Single().Calls), Has.All.EqualTo(200));
        using var document = JsonDocument.Parse(File.ReadAllText(files[0]));
        Assert.That(document.RootElement.GetProperty("runs").GetArrayLength(), Is.EqualTo(2));
    }

    [Test, Order(3)]
    public void A_program_that_fails_is_an_error_with_its_exit_code()
    {
        string folder = Project.NewFolder();
        var run = InstalledTool.Run(folder, "run", "--runs", "3", "--out", "runs", "--", _project.Output("App.dll"), "fail");

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Output, Is.EqualTo("arguments: fail\n"));
        Assert.That(run.Error, Does.Contain("run 1 of 3: the program ended with exit code 3."));
        Assert.That(Directory.Exists(Path.Combine(folder, "runs")), Is.False);
    }

    [TestCase("TERM", ""), Order(3)]
    [TestCase("INT", "-")]
    public void A_program_that_is_interrupted_ends_its_own_way_and_is_shown(string signal, string group)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows has no such signals.");
        }
        // Ctrl+C goes to the terminal's foreground group of processes. setsid makes such a group, of the tool and what it starts.
        string folder = Project.NewFolder();
        var run = Task.Run(() =>
            Dotnet.Start(
                "setsid",
                [],
                folder,
                "--wait",
                "sh",
                "-c",
                "echo $$ > tool.pid; exec \"$@\"",
                "sh",
                InstalledTool.Program,
                "run",
                "--out",
                "runs",
                "--",
                _project.Output("App.dll"),
                "wait"
            )
        );
        while (!File.Exists(Path.Combine(folder, "waiting")) && !run.IsCompleted)
        {
            Thread.Sleep(50);
        }

        string tool = File.ReadAllText(Path.Combine(folder, "tool.pid")).Trim();
        using (var kill = Process.Start("sh", ["-c", $"kill -{signal} {group}{tool}"]))
        {
            kill.WaitForExit();
            Assert.That(kill.ExitCode, Is.Zero);
        }

        Assert.That(run.Result.Output, Does.Contain("Parser.CountWords(string)").And.Not.Contain("not interrupted"), run.Result.ToString());
        Assert.That(run.Result.ExitCode, Is.Zero, run.Result.ToString());
        Assert.That(Snapshot.Read(Directory.GetFiles(Path.Combine(folder, "runs")).Single()).Methods.Single().Calls, Is.EqualTo(100));
    }

    [Test, Order(3)]
    public void A_program_that_runs_is_asked()
    {
        string folder = Project.NewFolder();
        using var program = Process.Start(new ProcessStartInfo("dotnet", [_project.Output("App.dll"), "wait"]) { WorkingDirectory = folder })!;
        try
        {
            while (!File.Exists(Path.Combine(folder, "waiting")))
            {
                Thread.Sleep(50);
            }

            string id = program.Id.ToString(CultureInfo.InvariantCulture);
            Assert.That(InstalledTool.Run(folder, "ps", "--json").MustSucceed().Output, Does.Contain($"\"process\": {id},"));
            InstalledTool.Run(folder, "snapshot", id, "-o", "live.hotpath.json").MustSucceed();
            Assert.That(Snapshot.Read(Path.Combine(folder, "live.hotpath.json")).Methods.Single().Calls, Is.EqualTo(100));
            Assert.That(InstalledTool.Run(folder, "reset", id).MustSucceed().Output, Is.EqualTo($"App ({id}): reset\n"));
            Assert.That(
                InstalledTool.Run(folder, "detail", id, "light", "--overhead", "3%").MustSucceed().Output,
                Is.EqualTo($"App ({id}): level light, overhead 3%\n")
            );
            Assert.That(
                InstalledTool.Run(folder, "watch", id, "--count", "1").MustSucceed().Output,
                Does.StartWith($"App ({id}), light; since reset").And.Contain(" 0 calls/s")
            );
        }
        finally
        {
            program.Kill();
        }
    }

    [Test, Order(4)]
    public void A_build_that_is_not_measured_is_told_apart_with_its_remedy()
    {
        _project.Build();
        var run = InstalledTool.Run(Project.NewFolder(), "run", "--", _project.Output("App.dll"));

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("the program wrote no snapshot").And.Contain("dotnet build -c Release -p:HotPathInstrumentation=true"));
    }

    [Test]
    public void A_project_without_the_package_is_told_apart_with_its_remedy()
    {
        var other = Project.Console("Other", items: "").Write("Program.cs", "Console.WriteLine(1);");
        var run = InstalledTool.Run(Path.GetDirectoryName(other.Folder)!, "run", "--", "Other/Other.csproj");

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("the program wrote no snapshot").And.Contain("dotnet add package HotPathGen"));
    }

    [Test]
    public void A_project_that_is_no_single_program_says_what_to_name()
    {
        var several = Project
            .Create("Several", "<OutputType>Exe</OutputType><TargetFrameworks>net10.0</TargetFrameworks>", "")
            .Write("Program.cs", "System.Console.WriteLine(1);");
        var run = InstalledTool.Run(several.Folder, "run", "--", ".");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("it is a project for several frameworks").And.Contain("--framework"));

        var library = Project.Create("Library", "<TargetFramework>net10.0</TargetFramework>", "");
        run = InstalledTool.Run(library.Folder, "run", "--", "Library.csproj");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("it does not build to a program"));
    }

    [Test]
    public void Errors_of_the_build_are_told()
    {
        var broken = Project.Console("Broken", items: "").Write("Program.cs", "Console.WriteLine(1;");
        var run = InstalledTool.Run(Path.GetDirectoryName(broken.Folder)!, "run", "--", "Broken");

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((2, "")));
        Assert.That(run.Error, Does.Contain("Broken: the measured build fails: dotnet build").And.Contain("Program.cs(1,20): error CS1026"));
    }

    [Test]
    public void A_file_based_app_is_built_measured_and_run()
    {
        string folder = Project.NewFolder(),
            home = Directory.CreateDirectory(Path.Combine(folder, "home")).FullName;
        File.WriteAllText(Path.Combine(folder, "app.cs"), $"#:package HotPathGen@{Package.Version}\n{Code}");

        var run = InstalledTool.RunWith(new() { ["XDG_DATA_HOME"] = home }, folder, "run", "--gate", "--", "app.cs", "x").MustSucceed();

        // The build is marked as compiled ahead of time, but what runs here was compiled by the JIT.
        Assert.That(
            run.Output,
            Does.StartWith("arguments: x\n").And.Contain("Parser.CountWords(string)").And.Contain("tiered compilation off"),
            run.ToString()
        );
    }

    [Test]
    public void Help_version_and_completion_answer()
    {
        string folder = Project.NewFolder();
        Assert.That(InstalledTool.Run(folder, "--version").MustSucceed().Output, Does.StartWith(Package.Version));
        var help = InstalledTool.Run(folder, "--help").MustSucceed();
        foreach (
            string command in new[] { "run", "ps", "watch", "snapshot", "reset", "detail", "show", "merge", "diff", "baseline", "check", "export" }
        )
        {
            Assert.That(help.Output, Does.Contain($"\n  {command} "));
            Assert.That(InstalledTool.Run(folder, command, "--help").MustSucceed().Output, Does.Contain("Examples:\n  dotnet hotpath "));
        }

        Assert.That(InstalledTool.Run(folder, "[suggest:8]", "show --s").MustSucceed().Lines, Does.Contain("--sort").And.Contain("--sites"));
    }

    [TestCase("dotnet-hotpath show --s", "--sites --sort")]
    [TestCase("dotnet-hotpath mer", "merge")]
    [TestCase("dotnet-hotpath show --sort self-t", "self-time")]
    [TestCase("dotnet-hotpath show ru", "runs.hotpath.json")]
    public void The_completion_script_completes(string line, string completions)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("The completion script is for bash.");
        }

        string folder = Project.NewFolder();
        File.WriteAllText(Path.Combine(folder, "runs.hotpath.json"), "");
        string script = $"""
            PATH="{Path.GetDirectoryName(InstalledTool.Program)}:$PATH"
            source <(dotnet-hotpath completion bash)
            COMP_LINE='{line}' COMP_POINT={line.Length} COMP_WORDS=({line}) COMP_CWORD={line.Split(' ').Length - 1}
            _dotnet_hotpath
            echo $(printf '%s\n' "${"{COMPREPLY[@]}"}" | sort)
            """;
        Assert.That(Dotnet.Start("bash", [], folder, "-c", script).MustSucceed().Output.Trim(), Is.EqualTo(completions));
    }
}
