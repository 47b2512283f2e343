// Runs the tests of a C# repository twice, as it is and measured with everything hot and every call probing, and compares.
//
//   dotnet run tests/conformance/Conformance.cs -- [--keep <folder>] <test project> [arguments for dotnet test …]
//
// The checkout is not edited: the packed targets are imported through CustomAfterMicrosoftCommonTargets. Its bin and obj
// folders are written to, as by any build. --keep leaves logs, test reports and snapshots in a folder.
// Exit code 0: same outcomes, no diagnostic that the repository's own build does not have, a snapshot in which the bytes of
// every method's sites and what is left over are its bytes. 1: a difference. 2: could not compare.

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
        ["HOTPATH_SITES"] = "all",
        ["HOTPATH_CONTROL"] = "off",
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

    bool closes = CompareSites(measured.Snapshots);
    Console.WriteLine($"test time   {plain.TestTime.TotalSeconds:F1} s -> {measured.TestTime.TotalSeconds:F1} s ({measured.TestTime / plain.TestTime:F2} times)");
    Console.WriteLine($"with build  {plain.Elapsed.TotalSeconds:F1} s -> {measured.Elapsed.TotalSeconds:F1} s");
    return changed.Length == 0 && ours.Length == 0 && measured.Snapshots.Length > 0 && closes ? 0 : 1;
}

/// <summary>How many bodies were copied, whether every method's sums close, and the largest sites.</summary>
static bool CompareSites(string[] snapshots)
{
    Measured[] methods = [.. snapshots.SelectMany(Methods)];

    // Of a method measured in place there is no body that could be copied; the same body may be in several processes' snapshots.
    Measured[] pairs = [.. methods.Where(method => method.Form is not ("in-place" or "block") && !method.Obstacle.Contains("only the bodies of pairs")).DistinctBy(method => (method.Assembly, method.Id))];
    int uncopied = pairs.Count(method => method.Obstacle.Length > 0);
    Console.WriteLine($"copied      {pairs.Length - uncopied} of {pairs.Length} bodies of pairs ({100.0 * (pairs.Length - uncopied) / Math.Max(1, pairs.Length):F2} %), in {pairs.Count(method => method.Obstacle.Length == 0 && method.Sites.Length == 0)} of them nothing can allocate; {pairs.Sum(method => method.Sites.Length):N0} sites");
    foreach (var form in pairs.GroupBy(method => method.Form).OrderByDescending(group => group.Count()))
    {
        Console.WriteLine($"  {form.Key,-20} {form.Count(method => method.Obstacle.Length == 0)} of {form.Count()}");
    }

    foreach (var obstacle in pairs.Where(method => method.Obstacle.Length > 0).GroupBy(method => method.Obstacle).OrderByDescending(group => group.Count()))
    {
        Console.WriteLine($"  not copied {obstacle.Count(),9}  {obstacle.Key}; {obstacle.First().Name}");
    }

    // A call that never ended has sites but no bytes of its own yet.
    Measured[] sums = [.. methods.Where(method => method.Sites.Length > 0)];
    Measured[] open = [.. sums.Where(method => method.OpenCalls == 0 && method.SiteBytes + method.Unattributed != method.ProbingBytes)];
    long bytes = sums.Sum(method => method.ProbingBytes);
    long leftOver = sums.Sum(method => Math.Abs(method.Unattributed));
    Console.WriteLine($"sums        {open.Length} of {sums.Length} methods with sites do not close{(sums.Count(method => method.OpenCalls > 0) is > 0 and var unended ? $", {unended} left out, which had calls open at the end" : "")}; {sums.Sum(method => method.Sites.Sum(site => site.Hits)):N0} hits");
    foreach (Measured method in open)
    {
        Console.WriteLine($"  {method.Name}: sites {method.SiteBytes:N0} + left over {method.Unattributed:N0} B, not {method.ProbingBytes:N0}");
    }

    Console.WriteLine($"left over   {leftOver:N0} of {bytes:N0} B ({(bytes == 0 ? 0 : 100.0 * leftOver / bytes):F5} %) in {sums.Count(method => method.Unattributed != 0)} methods");
    foreach (Measured method in sums.Where(method => method.Unattributed != 0).OrderByDescending(method => Math.Abs(method.Unattributed)).Take(10))
    {
        Console.WriteLine($"  {method.Unattributed,15:N0} B  {method.Name}");
    }

    Console.WriteLine("largest sites: bytes, share, hits, place, kind, type, text");
    foreach (var (method, site) in (from method in sums from site in method.Sites orderby site.Bytes descending select (method, site)).Take(10))
    {
        Console.WriteLine($"  {site.Bytes,15:N0} B {100.0 * site.Bytes / bytes,5:F1} % {site.Hits,11:N0}  {method.File}:{site.Line}:{site.Column}  {site.Kind}  {site.Type}  {site.Text}");
    }

    return open.Length == 0;
}

static IEnumerable<Measured> Methods(string snapshot)
{
    using JsonDocument document = JsonDocument.Parse(File.ReadAllText(snapshot));
    foreach (JsonElement method in document.RootElement.GetProperty("methods").EnumerateArray())
    {
        bool hasSites = method.TryGetProperty("sites", out JsonElement sites);
        yield return new(
            Text(method, "assembly"), Text(method, "id"), Text(method, "name"), Text(method, "file"), Text(method, "form"),
            method.TryGetProperty("withoutSites", out JsonElement obstacle) ? obstacle.GetString()! : "",
            method.GetProperty("open").GetInt64(),
            hasSites ? method.GetProperty("control").GetProperty("probing").GetProperty("selfBytes").GetInt64() : 0,
            hasSites ? method.GetProperty("unattributedBytes").GetInt64() : 0,
            hasSites ? [.. sites.EnumerateArray().Select(SiteOf)] : []);
    }

    static Site SiteOf(JsonElement site) => new(
        site.GetProperty("line").GetInt32(), site.GetProperty("column").GetInt32(), Text(site, "kind"), Text(site, "type"), Text(site, "text"), site.GetProperty("hits").GetInt64(), site.GetProperty("bytes").GetInt64());

    static string Text(JsonElement holder, string name) => holder.GetProperty(name).GetString()!;
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

internal sealed record Measured(string Assembly, string Id, string Name, string File, string Form, string Obstacle, long OpenCalls, long ProbingBytes, long Unattributed, Site[] Sites)
{
    public long SiteBytes => Sites.Sum(site => site.Bytes);
}

internal sealed record Site(int Line, int Column, string Kind, string Type, string Text, long Hits, long Bytes);

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
