#!/usr/bin/env dotnet
#:include Checkout.cs
#:include MethodList.cs
#:include ProcessorTime.cs
#:include StartupHook.cs
#:property PublishAot=false
#:property AllowUnsafeBlocks=true

// Runs the tests of a C# repository twice and compares: as it is, and measured with everything hot and every call probing.
//
//   dotnet run tests/conformance/Conformance.cs -- [--keep <folder>] <test project> [arguments for dotnet test …]
//
// The checkout is not edited: the packed targets are imported through CustomAfterMicrosoftCommonTargets. Its bin and obj
// folders are written to, as by any build. --keep leaves logs, test reports and snapshots in a folder.
// Exit code 0: the outcomes are the same, the measured build has no diagnostic that the repository's own build does not have, and in the snapshots
// the bytes of every method's sites and the bytes left over add up to its bytes. 1: a difference. 2: could not compare.

using System.Globalization;
using System.Text.Json;

return Checkout.Open("Conformance.cs", args, static checkout =>
{
    var plain = checkout.Test("plain", "", []);
    if (plain.Results.Count == 0)
    {
        Console.Error.WriteLine($"no test ran as it is:\n{plain.Problem}");
        return 2;
    }

    return Compare(plain, checkout.TestMeasured("measured", ("HOTPATH_DETAIL", "full")));
});

static int Compare(Session plain, Session measured)
{
    string[] changed =
    [
        .. plain
            .Results.Keys.Union(measured.Results.Keys)
            .Where(test => plain.Results.GetValueOrDefault(test) != measured.Results.GetValueOrDefault(test))
            .Order(),
    ];
    // Positions in copies are mapped to the user's files. So a diagnostic is ours if it is new; its position does not tell.
    string[] ours = [.. measured.Diagnostics.Except(plain.Diagnostics).Order()];
    string[] outcomes = [.. plain.Results.Values.SelectMany(results => results.Split(','))];
    Console.WriteLine(
        $"tests       {outcomes.Length}, of which {outcomes.Count(outcome => outcome == "Passed")} pass and "
            + $"{outcomes.Count(outcome => outcome == "Failed")} fail as it is"
    );
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
        using var snapshot = JsonDocument.Parse(File.ReadAllText(file));
        JsonElement[] methods = [.. snapshot.RootElement.GetProperty("methods").EnumerateArray()];
        Console.WriteLine(
            $"measured    {methods.Length} methods, {methods.Count(method => method.GetProperty("calls").GetInt64() > 0)} of them called, "
                + $"{methods.Sum(method => method.GetProperty("calls").GetInt64()):N0} calls"
        );
        foreach (var form in methods.GroupBy(method => method.GetProperty("form").GetString()).OrderByDescending(group => group.Count()))
        {
            Console.WriteLine($"  {form.Key, -20} {form.Count()}");
        }

        foreach (var assembly in methods.GroupBy(method => method.GetProperty("assembly").GetString()).OrderByDescending(group => group.Count()))
        {
            Console.WriteLine($"  {assembly.Count(), 6} in {assembly.Key}");
        }

        foreach (var reason in Plain.In(snapshot.RootElement).GroupBy(method => method.Reason).OrderByDescending(group => group.Count()))
        {
            Console.WriteLine($"  left plain {reason.Count(), 9}  {reason.Key}");
        }
    }

    if (measured.Snapshots.Length == 0)
    {
        Console.WriteLine("measured    nothing: no snapshot was written");
    }

    bool closes = CompareSites(measured.Snapshots);
    Console.WriteLine(
        $"test time   {plain.TestTime.TotalSeconds:F1} s -> {measured.TestTime.TotalSeconds:F1} s ({measured.TestTime / plain.TestTime:F2} times)"
    );
    Console.WriteLine($"with build  {plain.Elapsed.TotalSeconds:F1} s -> {measured.Elapsed.TotalSeconds:F1} s");
    return changed.Length == 0 && ours.Length == 0 && measured.Snapshots.Length > 0 && closes ? 0 : 1;
}

/// <summary>Prints how many bodies were copied, whether the sums of every method agree, and the largest sites. Returns whether they agree.</summary>
static bool CompareSites(string[] snapshots)
{
    Measured[] methods = [.. snapshots.SelectMany(Measured.In)];

    Measured.PrintCopied(Measured.Pairs(methods));

    // A call that never ended has sites but no bytes of its own yet.
    Measured[] sums = [.. methods.Where(method => method.Sites.Length > 0)];
    Measured[] open = [.. sums.Where(method => method.OpenCalls == 0 && method.SiteBytes + method.Unattributed != method.ProbingBytes)];
    long bytes = sums.Sum(method => method.ProbingBytes);
    long leftOver = sums.Sum(method => Math.Abs(method.Unattributed));
    Console.WriteLine(
        $"sums        {open.Length} of {sums.Length} methods with sites do not "
            + $"close{(sums.Count(method => method.OpenCalls > 0) is > 0 and var unended ? $", {unended} left out, which had calls open at the end" : "")}; "
            + $"{sums.Sum(method => method.Sites.Sum(site => site.Hits)):N0} hits"
    );
    foreach (var method in open)
    {
        Console.WriteLine($"  {method.Name}: sites {method.SiteBytes:N0} + left over {method.Unattributed:N0} B, not {method.ProbingBytes:N0}");
    }

    PrintProcess(snapshots, methods);
    Console.WriteLine(
        $"left over   {leftOver:N0} of {bytes:N0} B ({(bytes == 0 ? 0 : 100.0 * leftOver / bytes):F5} %) in "
            + $"{sums.Count(method => method.Unattributed != 0)} methods"
    );
    foreach (var method in sums.Where(method => method.Unattributed != 0).OrderByDescending(method => Math.Abs(method.Unattributed)).Take(10))
    {
        Console.WriteLine($"  {method.Unattributed, 15:N0} B  {method.Name}");
    }

    Console.WriteLine("largest sites: bytes, share, hits, place, kind, type, text");
    foreach (var (method, site) in (from method in sums from site in method.Sites orderby site.Bytes descending select (method, site)).Take(10))
    {
        Console.WriteLine(
            $"  {site.Bytes, 15:N0} B {100.0 * site.Bytes / bytes, 5:F1} % {site.Hits, 11:N0}  {method.File}:{site.Line}:{site.Column}  "
                + $"{site.Kind}  {site.Type}  {site.Text}"
        );
    }

    return open.Length == 0;
}

/// <summary>Prints the share of the processes' bytes that has a line. The rest is that of the test framework, of .NET and of other code.</summary>
static void PrintProcess(string[] snapshots, Measured[] methods)
{
    string[] files = [.. snapshots.Select(Beside).Where(File.Exists)];
    long total = files.Sum(file => long.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture));
    if (total > 0)
    {
        long lines = methods.Sum(method => method.SiteBytes);
        long hot = methods.Sum(method => method.SelfBytes);
        Console.WriteLine(
            $"process     {total:N0} B in {files.Length} of {snapshots.Length} processes; {100.0 * lines / total:F1} % have a line, "
                + $"{100.0 * hot / total:F1} % are in hot methods; of these, {100.0 * lines / Math.Max(1, hot):F1} % have a line"
        );
    }

    // The name of a snapshot ends with the number of its process.
    static string Beside(string snapshot)
    {
        string name = Path.GetFileName(snapshot)[..^".hotpath.json".Length];
        return StartupHook.PathOf(Path.GetDirectoryName(snapshot)!, int.Parse(name[(name.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture));
    }
}
