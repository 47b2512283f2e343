using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

/// <summary>The test project of some repository, built and tested with the package or without. Nothing is edited: targets are imported.</summary>
internal sealed partial class Checkout(string project, string[] more, string work)
{
    /// <summary>
    /// Makes a measured build run the SDK's rules, as the build without the package does. What they say of copies would be our fault.
    /// </summary>
    private const string Rules =
        """<PropertyGroup Condition="'$(RunAnalyzers)' == '' and '$(RunAnalyzersDuringBuild)' == ''"><RunAnalyzers>true</RunAnalyzers></PropertyGroup>""";

    /// <summary>The switches of a build that measures everything.</summary>
    public static readonly string[] Everything = ["-p:HotPathInstrumentation=true", "-p:HotPathInstrumentAll=true"];

    private readonly string _package = PackageIn(work);

    /// <summary>What a build imports to have the package.</summary>
    public string Import => $"""<Import Project="{Path.Combine(_package, "build", "HotPathGen.targets")}" />""";

    /// <summary>What a measured build imports.</summary>
    public string Measuring => Import + Rules;

    /// <summary>Runs a program on the checkout that its arguments name.</summary>
    /// <returns>The exit code; 2 where there is no checkout or no package.</returns>
    public static int Open(string program, string[] args, Func<Checkout, int> use)
    {
        string? keep = null;
        if (args is ["--keep", var folder, ..])
        {
            keep = folder;
            args = args[2..];
        }

        if (args is not [var project, .. var more] || !(File.Exists(project) || Directory.Exists(project)))
        {
            Console.Error.WriteLine(
                $"usage: dotnet run tests/conformance/{program} -- [--keep <folder>] <test project> [arguments for dotnet test …]"
            );
            return 2;
        }

        return WithPackage(keep, work => use(new Checkout(Path.GetFullPath(project), more, work)));
    }

    /// <summary>Packs HotPathGen into a folder, and uses that folder.</summary>
    /// <param name="keep">The folder; null for a temporary one.</param>
    /// <param name="use">Gets the folder, in which checkouts find the package.</param>
    /// <returns>The exit code; 2 where there is no package.</returns>
    public static int WithPackage(string? keep, Func<string, int> use)
    {
        string work = keep is null ? Directory.CreateTempSubdirectory("hotpath-conformance-").FullName : Directory.CreateDirectory(keep).FullName;
        try
        {
            return Pack(work) ? use(work) : 2;
        }
        finally
        {
            if (keep is null)
            {
                Directory.Delete(work, recursive: true);
            }
        }
    }

    /// <summary>Builds everything again.</summary>
    /// <param name="imports">What the build imports. It gets the folder for results.</param>
    public Session Build(string name, Func<string, string> imports, params string[] switches)
    {
        Console.Error.WriteLine($"building, {name} …");
        string results = Results(name);
        var (clock, processor) = (Stopwatch.StartNew(), ProcessorTime.OfChildren());
        var built = Run("build", results, imports(results), [], switches);
        var session = new Session(results, [], TimeSpan.Zero, clock.Elapsed, built.Output, [])
        {
            ProcessorTime = ProcessorTime.OfChildren() - processor,
        };
        File.WriteAllText(Path.Combine(work, name + ".log"), built.Output);
        return built.ExitCode == 0 ? session : throw new InvalidOperationException(session.Problem);
    }

    /// <summary>Builds with everything hot. The snapshot has all hot methods of the assemblies, none of them called.</summary>
    public Session BuildMeasured(string name, params string[] switches)
    {
        var session = Build(
            name,
            results =>
                $"""
                    {Measuring}
                    <Target Name="RememberMeasured" AfterTargets="CoreCompile" Condition="'$(_HotPathMeasured)' == 'true'">
                      <WriteLinesToFile File="{results}/$(MSBuildProjectName).assembly" Lines="@(IntermediateAssembly->'%(FullPath)')" Overwrite="true" />
                    </Target>
                    """,
            [.. Everything, .. switches]
        );
        string snapshot = Path.Combine(session.Folder, "methods.hotpath.json");
        string[] assemblies = [.. Directory.GetFiles(session.Folder, "*.assembly").Order().SelectMany(File.ReadAllLines)];
        var loaded = Start(
            Environment.ProcessPath!,
            session.Folder,
            [("HOTPATH_OUTPUT", snapshot), ("HOTPATH_SUMMARY", "none")],
            [MethodList.Argument, Path.Combine(_package, "tools", "runtime", "HotPathGen.dll"), .. assemblies]
        );
        return File.Exists(snapshot) ? session with { Snapshots = [snapshot] } : throw new InvalidOperationException(loaded.Output);
    }

    /// <summary>Runs the tests with everything hot, and every call probing unless the environment says otherwise.</summary>
    public Session TestMeasured(string name, params (string Name, string Value)[] environment) => Test(name, Measuring, environment, Everything);

    public Session Test(string name, string imports, (string Name, string Value)[] environment, params string[] switches)
    {
        Console.Error.Write($"testing, {name} … ");
        string results = Results(name);
        var clock = Stopwatch.StartNew();
        var outcome = Run(
            "test",
            results,
            imports,
            [
                ("HOTPATH_OUTPUT", Path.Combine(results, "{app}-{pid}.hotpath.json")),
                ("HOTPATH_SUMMARY", "none"),
                ("HOTPATH_SITES", "all"),
                ("HOTPATH_CONTROL", "off"),
                ("VSTEST_TESTHOST_SHUTDOWN_TIMEOUT", "60000"),
                ("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location),
                (StartupHook.Folder, results),
                .. environment,
            ],
            ["--logger", "trx", "--results-directory", results, .. switches]
        );
        File.WriteAllText(Path.Combine(work, name + ".log"), outcome.Output);
        string[] reports = Directory.GetFiles(results, "*.trx");
        var session = new Session(
            results,
            reports
                .SelectMany(Outcomes)
                .GroupBy(test => test.Name)
                .ToDictionary(group => group.Key, group => string.Join(',', group.Select(test => test.Result).Order())),
            TimeSpan.FromTicks(reports.Sum(Duration)),
            clock.Elapsed,
            outcome.Output,
            Directory.GetFiles(results, "*.hotpath.json")
        );
        Console.Error.WriteLine($"{session.Results.Count} tests in {clock.Elapsed.TotalSeconds:F0} s");
        return session;
    }

    private static bool Pack(string work)
    {
        string package = PackageIn(work);
        if (Directory.Exists(package))
        {
            Directory.Delete(package, recursive: true);
        }

        Console.Error.WriteLine("packing HotPathGen …");
        var packed = Dotnet(work, [], "pack", Path.GetFullPath(Path.Combine(SourceFolder(), "../../src/HotPathGen")), "-c", "Release", "-o", package);
        if (packed.ExitCode != 0)
        {
            Console.Error.WriteLine(packed.Output);
            return false;
        }

        ZipFile.ExtractToDirectory(Directory.GetFiles(package, "HotPathGen.*.nupkg").Single(), package);
        return true;
    }

    private static string PackageIn(string work) => Path.Combine(work, "package");

    private string Results(string name)
    {
        string results = Path.Combine(work, name);
        if (Directory.Exists(results))
        {
            Directory.Delete(results, recursive: true);
        }

        return Directory.CreateDirectory(results).FullName;
    }

    private Outcome Run(string verb, string results, string imports, (string Name, string Value)[] environment, params string[] switches)
    {
        // Every project imports this file. A file that was just written makes them all out of date, so that both builds report everything.
        string targets = Path.Combine(results, "session.targets");
        File.WriteAllText(targets, $"<Project>{imports}</Project>");
        return Dotnet(
            Path.GetDirectoryName(project)!,
            environment,
            [verb, project, "-c", "Release", $"-p:CustomAfterMicrosoftCommonTargets={targets}", .. more, .. switches]
        );
    }

    public static Outcome Dotnet(string folder, (string Name, string Value)[] environment, params string[] arguments) =>
        Start("dotnet", folder, environment, arguments);

    private static Outcome Start(string program, string folder, (string Name, string Value)[] environment, string[] arguments)
    {
        using var process = Process.Start(StartOf(program, folder, environment, arguments))!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output + errors.Result);
    }

    /// <summary>How to start a program whose output is read.</summary>
    public static ProcessStartInfo StartOf(string program, string folder, (string Name, string Value)[] environment, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        // What the build of this program has set must not reach the repository's build.
        foreach (string name in new[] { "MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH" })
        {
            start.Environment.Remove(name);
        }

        return start;
    }

    private static IEnumerable<(string Name, string Result)> Outcomes(string trx) =>
        XDocument
            .Load(trx)
            .Descendants()
            .Where(node => node.Name.LocalName == "UnitTestResult")
            .Select(node => (Written(node.Attribute("testName")!.Value), node.Attribute("outcome")?.Value ?? "none"));

    // The name of a test case may contain a delegate. A lambda is named by its position among the members of its type, and cores have positions, too.
    // A name with a random id or the time is another one in each run.
    private static string Written(string name) =>
        Moment().Replace(Guid().Replace(Place().Replace(name, "N"), "id"), "time").Replace("__plain", "").Replace("__probing", "");

    [GeneratedRegex("(?<=[a-z]__(DisplayClass)?)[0-9]+(_[0-9]+)?")]
    private static partial Regex Place();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.IgnoreCase)]
    private static partial Regex Guid();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]+(Z|[+-][0-9]{2}:[0-9]{2})?")]
    private static partial Regex Moment();

    private static long Duration(string trx) =>
        XDocument
            .Load(trx)
            .Descendants()
            .Where(node => node.Name.LocalName == "UnitTestResult")
            .Sum(node => TimeSpan.TryParse(node.Attribute("duration")?.Value, out var duration) ? duration.Ticks : 0);

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

internal sealed record Outcome(int ExitCode, string Output);

internal sealed partial record Session(
    string Folder,
    Dictionary<string, string> Results,
    TimeSpan TestTime,
    TimeSpan Elapsed,
    string Output,
    string[] Snapshots
)
{
    /// <summary>The processor time of a build in one process, which uses no compilation server.</summary>
    public TimeSpan ProcessorTime { get; init; }

    /// <summary>Errors and warnings by place and id. Their messages are left out, because they may name generated members.</summary>
    public IEnumerable<string> Diagnostics =>
        Lines().Select(line => Diagnostic().Match(line)).Where(match => match.Success).Select(match => match.Value.Trim()).Distinct();

    /// <summary>Why no test ran, as far as the output says.</summary>
    public string Problem =>
        string.Join(
            '\n',
            Lines().Where(line => line.Contains("error")).Distinct().Take(10) is var errors && errors.Any() ? errors : Lines().TakeLast(20)
        );

    private string[] Lines() => Output.Split('\n');

    [GeneratedRegex(@"^.*?: (error|warning) [A-Za-z]+[0-9]+(?=:)")]
    private static partial Regex Diagnostic();
}

/// <summary>A method of a snapshot.</summary>
internal sealed record Measured(
    string Assembly,
    string Id,
    string Name,
    string File,
    int Line,
    string Form,
    string UnsupportedReason,
    long Calls,
    long OpenCalls,
    long SelfBytes,
    long ProbingBytes,
    long Unattributed,
    Site[] Sites
)
{
    public long SiteBytes => Sites.Sum(site => site.Bytes);

    /// <summary>A method that is measured in place has no body that could be copied.</summary>
    public bool IsPair => Form is not ("in-place" or "block");

    /// <summary>The methods of snapshots that are pairs. The same body may be in the snapshots of several processes.</summary>
    public static Measured[] Pairs(IEnumerable<Measured> methods) =>
        [.. methods.Where(method => method.IsPair).DistinctBy(method => (method.Assembly, method.Id))];

    /// <summary>Prints how many bodies of pairs were copied, and why the others were not.</summary>
    public static void PrintCopied(Measured[] pairs)
    {
        int uncopied = pairs.Count(method => method.UnsupportedReason.Length > 0);
        Console.WriteLine(
            $"copied      {pairs.Length - uncopied} of {pairs.Length} bodies of pairs "
                + $"({100.0 * (pairs.Length - uncopied) / Math.Max(1, pairs.Length):F2} %), in "
                + $"{pairs.Count(method => method.UnsupportedReason.Length == 0 && method.Sites.Length == 0)} of them nothing can allocate; "
                + $"{pairs.Sum(method => method.Sites.Length):N0} sites"
        );
        foreach (var form in pairs.GroupBy(method => method.Form).OrderByDescending(group => group.Count()))
        {
            Console.WriteLine($"  {form.Key, -20} {form.Count(method => method.UnsupportedReason.Length == 0)} of {form.Count()}");
        }

        PrintReasons("not copied", pairs);
    }

    /// <summary>Prints the unsupported reasons of methods, the most frequent first, each with one of its methods.</summary>
    public static void PrintReasons(string what, IEnumerable<Measured> methods)
    {
        foreach (
            var unsupportedReason in methods
                .Where(method => method.UnsupportedReason.Length > 0)
                .GroupBy(method => method.UnsupportedReason)
                .OrderByDescending(group => group.Count())
        )
        {
            Console.WriteLine($"  {what} {unsupportedReason.Count(), 9}  {unsupportedReason.Key}; {unsupportedReason.First().Name}");
        }
    }

    public static IEnumerable<Measured> In(string snapshot)
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllText(snapshot));
        return [.. In(document.RootElement)];
    }

    public static IEnumerable<Measured> In(JsonElement snapshot)
    {
        foreach (var method in snapshot.GetProperty("methods").EnumerateArray())
        {
            bool hasSites = method.TryGetProperty("sites", out var sites);
            yield return new(
                Text(method, "assembly"),
                Text(method, "id"),
                Text(method, "name"),
                Text(method, "file"),
                method.GetProperty("line").GetInt32(),
                Text(method, "form"),
                method.TryGetProperty("withoutSites", out var unsupportedReason) ? unsupportedReason.GetString()! : "",
                method.GetProperty("calls").GetInt64(),
                method.GetProperty("open").GetInt64(),
                method.GetProperty("allocated").GetProperty("selfBytes").GetInt64(),
                hasSites ? method.GetProperty("control").GetProperty("probing").GetProperty("selfBytes").GetInt64() : 0,
                hasSites ? method.GetProperty("unattributedBytes").GetInt64() : 0,
                hasSites ? [.. sites.EnumerateArray().Select(SiteOf)] : []
            );
        }

        static Site SiteOf(JsonElement site) =>
            new(
                site.GetProperty("line").GetInt32(),
                site.GetProperty("column").GetInt32(),
                Text(site, "kind"),
                Text(site, "type"),
                Text(site, "text"),
                site.GetProperty("hits").GetInt64(),
                site.GetProperty("allocatingHits").GetInt64(),
                site.GetProperty("bytes").GetInt64()
            );

        static string Text(JsonElement holder, string name) => holder.GetProperty(name).GetString()!;
    }
}

/// <summary>A method that is not measured, and that coverage lists.</summary>
internal sealed record Plain(string Name, string File, int Line, string Reason)
{
    public static IEnumerable<Plain> In(JsonElement snapshot) =>
        snapshot
            .GetProperty("coverage")
            .EnumerateArray()
            .Select(method => new Plain(
                method.GetProperty("name").GetString()!,
                method.GetProperty("file").GetString()!,
                method.GetProperty("line").GetInt32(),
                method.GetProperty("reason").GetString()!
            ));
}

internal sealed record Site(int Line, int Column, string Kind, string Type, string Text, long Hits, long AllocatingHits, long Bytes);
