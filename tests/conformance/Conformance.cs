// Runs the tests of a C# repository twice, as it is and measured with everything hot, and compares.
//
//   dotnet run tests/conformance/Conformance.cs -- <test project> [arguments for dotnet test …]
//
// The checkout is not edited: the packed targets are imported through CustomAfterMicrosoftCommonTargets.
// Exit code 0: same outcomes, nothing reported from prepared or generated code. 1: a difference. 2: could not compare.

using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Xml.Linq;

if (args is not [var project, .. var more] || !(File.Exists(project) || Directory.Exists(project)))
{
    Console.Error.WriteLine("usage: dotnet run tests/conformance/Conformance.cs -- <test project> [arguments for dotnet test …]");
    return 2;
}

string work = Directory.CreateTempSubdirectory("hotpath-conformance-").FullName;
try
{
    Console.Error.WriteLine("packing HotPathGen …");
    string repository = Path.GetFullPath(Path.Combine(SourceFolder(), "../.."));
    if (Run(work, [], "pack", Path.Combine(repository, "src/HotPathGen"), "-c", "Release", "-o", work) is { ExitCode: not 0 } failed)
    {
        Console.Error.WriteLine(failed.Output);
        return 2;
    }

    string package = Path.Combine(work, "package");
    ZipFile.ExtractToDirectory(Directory.GetFiles(work, "HotPathGen.*.nupkg").Single(), package);

    Console.Error.WriteLine("testing as it is …");
    Session plain = Test("plain");
    Console.Error.WriteLine("testing with everything measured …");
    Session measured = Test(
        "measured",
        $"-p:CustomAfterMicrosoftCommonTargets={Path.Combine(package, "build", "HotPathGen.targets")}",
        "-p:HotPathInstrumentation=true",
        "-p:HotPathInstrumentAll=true");
    return Compare(plain, measured);
}
finally
{
    Directory.Delete(work, recursive: true);
}

Session Test(string name, params string[] switches)
{
    string results = Path.Combine(work, name);
    var environment = new Dictionary<string, string>
    {
        ["HOTPATH_OUTPUT"] = Path.Combine(results, "{app}-{pid}.hotpath.json"),
        ["HOTPATH_SUMMARY"] = "none",
        ["VSTEST_TESTHOST_SHUTDOWN_TIMEOUT"] = "60000",
    };
    var clock = Stopwatch.StartNew();
    Outcome outcome = Run(Path.GetDirectoryName(Path.GetFullPath(project))!, environment,
        ["test", Path.GetFullPath(project), "-c", "Release", "--logger", "trx", "--results-directory", results, .. more, .. switches]);
    string[] reports = Directory.Exists(results) ? Directory.GetFiles(results, "*.trx") : [];
    if (reports.Length == 0)
    {
        File.WriteAllText("conformance.log", outcome.Output);
        throw new InvalidOperationException($"{name}: no test ran; see conformance.log. {string.Join('\n', outcome.Output.Split('\n').Where(line => line.Contains("error")).Take(5))}");
    }

    return new(
        reports.SelectMany(Outcomes).GroupBy(test => test.Name).ToDictionary(group => group.Key, group => string.Join(',', group.Select(test => test.Result).Order())),
        TimeSpan.FromTicks(reports.Sum(Duration)),
        clock.Elapsed,
        outcome.Output,
        Directory.GetFiles(results, "*.hotpath.json"));
}

static int Compare(Session plain, Session measured)
{
    string[] changed = [.. plain.Results.Keys.Union(measured.Results.Keys).Where(test => plain.Results.GetValueOrDefault(test) != measured.Results.GetValueOrDefault(test)).Order()];
    string[] ours = [.. measured.Output.Split('\n').Where(line =>
        (line.Contains(": error ") || line.Contains(": warning ")) && (line.Contains("/hotpath/") || line.Contains("HotPathGen"))).Distinct()];
    int tests = plain.Results.Values.Sum(results => results.Split(',').Length);
    int passed = plain.Results.Values.Sum(results => results.Split(',').Count(result => result == "Passed"));
    Console.WriteLine($"tests       {tests}, of which {passed} pass as it is");
    Console.WriteLine($"changed     {changed.Length}");
    foreach (string test in changed.Take(50))
    {
        Console.WriteLine($"  {test}: {plain.Results.GetValueOrDefault(test, "absent")} -> {measured.Results.GetValueOrDefault(test, "absent")}");
    }

    Console.WriteLine($"diagnostics {ours.Length} from prepared or generated code");
    foreach (string line in ours.Take(20))
    {
        Console.WriteLine("  " + line.Trim());
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

        foreach (var reason in snapshot.RootElement.GetProperty("coverage").EnumerateArray().GroupBy(method => method.GetProperty("reason").GetString()))
        {
            Console.WriteLine($"  left plain {reason.Count(),9}  {reason.Key}");
        }
    }

    Console.WriteLine($"test time   {plain.TestTime.TotalSeconds:F1} s -> {measured.TestTime.TotalSeconds:F1} s ({measured.TestTime / plain.TestTime:F2} times)");
    Console.WriteLine($"with build  {plain.Elapsed.TotalSeconds:F1} s -> {measured.Elapsed.TotalSeconds:F1} s");
    return changed.Length == 0 && ours.Length == 0 ? 0 : 1;
}

static IEnumerable<(string Name, string Result)> Outcomes(string trx) =>
    XDocument.Load(trx).Descendants().Where(node => node.Name.LocalName == "UnitTestResult")
        .Select(node => (node.Attribute("testName")!.Value, node.Attribute("outcome")?.Value ?? "none"));

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

internal sealed record Session(Dictionary<string, string> Results, TimeSpan TestTime, TimeSpan Elapsed, string Output, string[] Snapshots);
