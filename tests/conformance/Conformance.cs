// Runs the tests of a C# repository twice, as it is and measured with everything hot, and compares.
//
//   dotnet run tests/conformance/Conformance.cs -- [--keep <folder>] <test project> [arguments for dotnet test …]
//
// The checkout is not edited: the packed targets are imported through CustomAfterMicrosoftCommonTargets. Its bin and obj
// folders are written to, as by any build. --keep leaves logs, test reports and snapshots in a folder.
// Exit code 0: same outcomes, no diagnostic that the repository's own build does not have, a snapshot. 1: a difference.
// 2: could not compare.

using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

string? keep = null;
if (args is ["--keep", var folder, ..])
{
    keep = Path.GetFullPath(folder);
    args = args[2..];
}

if (args is not [var project, .. var more] || !(File.Exists(project) || Directory.Exists(project)))
{
    Console.Error.WriteLine("usage: dotnet run tests/conformance/Conformance.cs -- [--keep <folder>] <test project> [arguments for dotnet test …]");
    return 2;
}

string work = keep is null ? Directory.CreateTempSubdirectory("hotpath-conformance-").FullName : Directory.CreateDirectory(keep).FullName;
try
{
    string package = Path.Combine(work, "package");
    if (Directory.Exists(package))
    {
        Directory.Delete(package, recursive: true);
    }

    Console.Error.WriteLine("packing HotPathGen …");
    string repository = Path.GetFullPath(Path.Combine(SourceFolder(), "../.."));
    Outcome packed = Run(work, [], "pack", Path.Combine(repository, "src/HotPathGen"), "-c", "Release", "-o", package);
    if (packed.ExitCode != 0)
    {
        Console.Error.WriteLine(packed.Output);
        return 2;
    }

    ZipFile.ExtractToDirectory(Directory.GetFiles(package, "HotPathGen.*.nupkg").Single(), package);

    Session plain = Test("plain", "");
    if (plain.Results.Count == 0)
    {
        Console.Error.WriteLine($"no test ran as it is:\n{plain.Problem}");
        return 2;
    }

    Session measured = Test("measured", $"""<Import Project="{Path.Combine(package, "build", "HotPathGen.targets")}" />""", "-p:HotPathInstrumentation=true", "-p:HotPathInstrumentAll=true");
    return Compare(plain, measured);
}
finally
{
    if (keep is null)
    {
        Directory.Delete(work, recursive: true);
    }
}

Session Test(string name, string imports, params string[] switches)
{
    Console.Error.Write($"testing, {name} … ");
    string results = Path.Combine(work, name);
    if (Directory.Exists(results))
    {
        Directory.Delete(results, recursive: true);
    }

    // Imported, a file just written makes every project out of date, so that both builds say all they have to say.
    Directory.CreateDirectory(results);
    string targets = Path.Combine(results, "session.targets");
    File.WriteAllText(targets, $"<Project>{imports}</Project>");
    var environment = new Dictionary<string, string>
    {
        ["HOTPATH_OUTPUT"] = Path.Combine(results, "{app}-{pid}.hotpath.json"),
        ["HOTPATH_SUMMARY"] = "none",
        ["VSTEST_TESTHOST_SHUTDOWN_TIMEOUT"] = "60000",
    };
    var clock = Stopwatch.StartNew();
    Outcome outcome = Run(Path.GetDirectoryName(Path.GetFullPath(project))!, environment,
        ["test", Path.GetFullPath(project), "-c", "Release", "--logger", "trx", "--results-directory", results, $"-p:CustomAfterMicrosoftCommonTargets={targets}", .. more, .. switches]);
    File.WriteAllText(Path.Combine(work, name + ".log"), outcome.Output);
    string[] reports = Directory.GetFiles(results, "*.trx");
    var session = new Session(
        reports.SelectMany(Outcomes).GroupBy(test => test.Name).ToDictionary(group => group.Key, group => string.Join(',', group.Select(test => test.Result).Order())),
        TimeSpan.FromTicks(reports.Sum(Duration)),
        clock.Elapsed,
        outcome.Output,
        Directory.GetFiles(results, "*.hotpath.json"));
    Console.Error.WriteLine($"{session.Results.Count} tests in {clock.Elapsed.TotalSeconds:F0} s");
    return session;
}

static int Compare(Session plain, Session measured)
{
    string[] changed = [.. plain.Results.Keys.Union(measured.Results.Keys).Where(test => plain.Results.GetValueOrDefault(test) != measured.Results.GetValueOrDefault(test)).Order()];
    // Positions in prepared files are mapped to the user's: what is new, not where it is, tells that it is ours.
    string[] ours = [.. measured.Diagnostics.Except(plain.Diagnostics).Order()];
    string[] outcomes = [.. plain.Results.Values.SelectMany(results => results.Split(','))];
    Console.WriteLine($"tests       {outcomes.Length}, of which {outcomes.Count(outcome => outcome == "Passed")} pass and {outcomes.Count(outcome => outcome == "Failed")} fail as it is");
    Console.WriteLine($"changed     {changed.Length}");
    if (measured.Results.Count == 0)
    {
        Console.WriteLine($"  no test ran measured:\n{measured.Problem}");
    }
    else
    {
        foreach (string test in changed.Take(50))
        {
            Console.WriteLine($"  {test}: {plain.Results.GetValueOrDefault(test, "absent")} -> {measured.Results.GetValueOrDefault(test, "absent")}");
        }
    }

    Console.WriteLine($"diagnostics {ours.Length} that the build as it is does not have");
    foreach (string line in ours.Take(20))
    {
        Console.WriteLine("  " + line);
    }

    foreach (string file in measured.Snapshots)
    {
        using JsonDocument snapshot = JsonDocument.Parse(File.ReadAllText(file));
        JsonElement[] methods = [.. snapshot.RootElement.GetProperty("methods").EnumerateArray()];
        Console.WriteLine($"measured    {methods.Length} methods, {methods.Count(method => method.GetProperty("calls").GetInt64() > 0)} of them called, {methods.Sum(method => method.GetProperty("calls").GetInt64()):N0} calls");
        foreach (var form in methods.GroupBy(method => method.GetProperty("form").GetString()).OrderByDescending(group => group.Count()))
        {
            Console.WriteLine($"  {form.Key,-20} {form.Count()}");
        }

        foreach (var assembly in methods.GroupBy(method => method.GetProperty("assembly").GetString()).OrderByDescending(group => group.Count()))
        {
            Console.WriteLine($"  {assembly.Count(),6} in {assembly.Key}");
        }

        foreach (var reason in snapshot.RootElement.GetProperty("coverage").EnumerateArray().GroupBy(method => method.GetProperty("reason").GetString()).OrderByDescending(group => group.Count()))
        {
            Console.WriteLine($"  left plain {reason.Count(),9}  {reason.Key}");
        }
    }

    if (measured.Snapshots.Length == 0)
    {
        Console.WriteLine("measured    nothing: no snapshot was written");
    }

    Console.WriteLine($"test time   {plain.TestTime.TotalSeconds:F1} s -> {measured.TestTime.TotalSeconds:F1} s ({measured.TestTime / plain.TestTime:F2} times)");
    Console.WriteLine($"with build  {plain.Elapsed.TotalSeconds:F1} s -> {measured.Elapsed.TotalSeconds:F1} s");
    return changed.Length == 0 && ours.Length == 0 && measured.Snapshots.Length > 0 ? 0 : 1;
}

static IEnumerable<(string Name, string Result)> Outcomes(string trx) =>
    XDocument.Load(trx).Descendants().Where(node => node.Name.LocalName == "UnitTestResult")
        .Select(node => (Written(node.Attribute("testName")!.Value), node.Attribute("outcome")?.Value ?? "none"));

// A test case may be named by a delegate that it is given, and a lambda by its place among the members of its type: cores take places too.
static string Written(string name) => Regex.Replace(name, @"(?<=[a-z]__(DisplayClass)?)[0-9]+(_[0-9]+)?", "N").Replace("__plain", "").Replace("__probing", "");

static long Duration(string trx) =>
    XDocument.Load(trx).Descendants().Where(node => node.Name.LocalName == "UnitTestResult")
        .Sum(node => TimeSpan.TryParse(node.Attribute("duration")?.Value, out TimeSpan duration) ? duration.Ticks : 0);

static Outcome Run(string folder, Dictionary<string, string> environment, params string[] arguments)
{
    var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
    foreach (var (name, value) in environment)
    {
        start.Environment[name] = value;
    }

    // What this program's own build set must not reach the repository's.
    foreach (string name in new[] { "MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH" })
    {
        start.Environment.Remove(name);
    }

    using Process process = Process.Start(start)!;
    Task<string> errors = process.StandardError.ReadToEndAsync();
    string output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return new(process.ExitCode, output + errors.Result);
}

static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

internal sealed record Outcome(int ExitCode, string Output);

internal sealed partial record Session(Dictionary<string, string> Results, TimeSpan TestTime, TimeSpan Elapsed, string Output, string[] Snapshots)
{
    /// <summary>Errors and warnings by place and id; messages may name generated members.</summary>
    public IEnumerable<string> Diagnostics => Lines().Select(line => Diagnostic().Match(line)).Where(match => match.Success).Select(match => match.Value.Trim()).Distinct();

    /// <summary>Why no test ran, as far as the output says.</summary>
    public string Problem => string.Join('\n', Lines().Where(line => line.Contains("error")).Distinct().Take(10) is var errors && errors.Any() ? errors : Lines().TakeLast(20));

    private string[] Lines() => Output.Split('\n');

    [GeneratedRegex(@"^.*?: (error|warning) [A-Za-z]+[0-9]+(?=:)")]
    private static partial Regex Diagnostic();
}
