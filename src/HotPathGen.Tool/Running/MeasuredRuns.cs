using System.Diagnostics;
using System.Globalization;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Running;

/// <summary>Several runs of one measured program, with one snapshot for each run.</summary>
/// <param name="program">The program to run.</param>
/// <param name="arguments">The user's arguments.</param>
/// <param name="count">The number of runs.</param>
/// <param name="folder">The folder for the snapshots. It must not hold any yet.</param>
/// <param name="isGate">Whether tiering is off.</param>
/// <param name="log">The writer that progress is reported to.</param>
/// <param name="attach">
/// Looks at each run while it runs; null if nobody does. The terminal is its own then: what the program writes goes to a file, and its input is
/// empty.
/// </param>
internal sealed class MeasuredRuns(
    RunnableProgram program,
    string[] arguments,
    int count,
    string folder,
    bool isGate,
    TextWriter log,
    Action<Process>? attach = null
)
{
    /// <summary>Runs the program and gives the snapshots in the order of the runs.</summary>
    public string[] Run()
    {
        if (Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.hotpath.json").Any())
        {
            throw new InputException(
                folder,
                "",
                "there are snapshots in this folder already, which those of other runs must not join",
                "Name a new folder with --out, or empty it."
            );
        }

        var files = new List<string>();
        using var interruption = new Interruption();
        for (int run = 1; run <= count; run++)
        {
            var timer = Stopwatch.StartNew();
            files.Add(RunOnce(run, interruption));
            if (timer.ElapsedMilliseconds > 1000)
            {
                log.Write($"run {run} of {count}: {Units.Time((long)timer.Elapsed.TotalNanoseconds, isUnicode: false)}, {files[^1]}\n");
            }

            if (interruption.IsRequested && run < count)
            {
                throw new InputException(program.Given, $"run {run} of {count}", "it was interrupted", $"The snapshots until then are in {folder}.");
            }
        }
        return [.. files];
    }

    private string RunOnce(int run, Interruption interruption)
    {
        // Each run has its own folder, because the program may start others that write snapshots too.
        string own = Path.Combine(Path.GetFullPath(folder), string.Create(CultureInfo.InvariantCulture, $"run-{run}.{Environment.ProcessId}"));
        try
        {
            int exitCode = ExitCodeOf(own, run, interruption);
            if (exitCode != 0 && !interruption.IsRequested)
            {
                throw new InputException(
                    program.Given,
                    $"run {run} of {count}",
                    $"the program ended with exit code {exitCode}",
                    run > 1 ? $"The snapshots of the {run - 1} run(s) before are in {folder}."
                        : attach is not null ? $"See what it wrote in {OutputOf(run)}; what fails is not measured."
                        : "See what it wrote above; what fails is not measured."
                );
            }
            return SnapshotOf(own, run);
        }
        finally
        {
            if (Directory.Exists(own))
            {
                Directory.Delete(own, recursive: true);
            }

            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
    }

    private int ExitCodeOf(string own, int run, Interruption interruption)
    {
        var start = new ProcessStartInfo(program.File, [.. program.Arguments, .. arguments]) { WorkingDirectory = program.Folder };
        start.Environment["HOTPATH_OUTPUT"] = Path.Combine(own, "{app}-{time}-{pid}.hotpath.json");
        start.Environment.TryAdd("HOTPATH_SUMMARY", "none");
        // This is for programs that build what they run, for example dotnet test.
        start.Environment["HotPathInstrumentation"] = "true";
        start.Environment.Remove("HOTPATH");
        if (isGate)
        {
            start.Environment["DOTNET_TieredCompilation"] = "0";
            if (string.IsNullOrWhiteSpace(start.Environment.TryGetValue(GateLevel.Variable, out string? level) ? level : null))
            {
                start.Environment[GateLevel.Variable] = GateLevel.Default;
            }
        }

        if (attach is not null)
        {
            return ExitCodeOfAttached(start, run, interruption);
        }

        using var process = RunnableProgram.Start(start);
        interruption.PassTo(process);
        process.WaitForExit();
        return process.ExitCode;
    }

    private int ExitCodeOfAttached(ProcessStartInfo start, int run, Interruption interruption)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        Directory.CreateDirectory(folder);
        using var written = TextWriter.Synchronized(new StreamWriter(OutputOf(run)) { NewLine = "\n", AutoFlush = true });
        using var process = RunnableProgram.Start(start);
        interruption.PassTo(process);
        process.OutputDataReceived += (_, line) => Write(line.Data);
        process.ErrorDataReceived += (_, line) => Write(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        attach!(process);
        process.WaitForExit();
        return process.ExitCode;

        void Write(string? line)
        {
            if (line is not null)
            {
                written.WriteLine(line);
            }
        }
    }

    private string OutputOf(int run) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"output-{run}.txt"));

    // A program that starts others writes several snapshots. The result is named after the process that started first.
    private string SnapshotOf(string own, int run)
    {
        string[] written = Directory.Exists(own) ? [.. Directory.EnumerateFiles(own, "*.hotpath.json").Order(StringComparer.Ordinal)] : [];
        if (written.Length == 0)
        {
            throw new InputException(
                program.Given,
                $"run {run} of {count}",
                "the program wrote no snapshot: it was not built measured, has no hot method, or was killed",
                program.IsBuiltHere
                    ? "Add the package with: dotnet add package HotPathGen, and mark methods with [Instrument] (or measure all: --property "
                        + "HotPathInstrumentAll=true)."
                    : "Build it with: dotnet build -c Release -p:HotPathInstrumentation=true, or name its project instead."
            );
        }
        SnapshotDocument[] snapshots =
        [
            .. written.Select(SnapshotReader.Read).OrderBy(static snapshot => snapshot.Process.Start, StringComparer.Ordinal),
        ];
        string digits = new('0', count.ToString(CultureInfo.InvariantCulture).Length);
        string file = Path.Combine(folder, $"{snapshots[0].Process.App}-{run.ToString(digits, CultureInfo.InvariantCulture)}.hotpath.json");
        if (snapshots.Length == 1)
        {
            File.Move(written[0], file);
        }
        else
        {
            log.Write($"run {run} of {count}: {written.Length} processes wrote snapshots, which are one now\n");
            var merge = new SnapshotMerge();
            foreach (var snapshot in snapshots)
            {
                merge.Add(own, snapshot);
            }

            SnapshotFiles.Write(file, merge.ToDocument());
        }
        return file;
    }
}
