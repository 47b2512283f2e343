#!/usr/bin/env dotnet
#:include Checkout.cs
#:include OwnMethod.cs
#:include ProcessorTime.cs
#:include RunningProgram.cs
#:include StartupHook.cs
#:include MethodList.cs
#:include Template.cs
#:package Microsoft.Playwright
#:property PublishAot=false
#:property AllowUnsafeBlocks=true

// Makes a project of each of six templates of the SDK, and drives it as it is and measured with everything hot and every call probing.
//
//   dotnet run tests/conformance/Templates.cs -- [--keep <folder>] [<template> …]
//
// The projects are in a temporary folder. They listen on loopback, at a port that the system chooses. Parts of answers that differ from run to run
// are masked. Each program is ended by SIGTERM. Chromium, if there is one, clicks the button of the template blazor. --keep leaves projects, logs,
// answers and snapshots in a folder. Exit code 0: the measured build has no diagnostic that the build as it is does not have, the answers and exit
// codes are the same, every method, lambda and page of the template's own has a row that was called, or a reason why it has none or was not called,
// and every row that allocated has sites or a reason why not. 1: a difference. 2: something could not be built.

using System.Text.Json;

string? keep = null;
if (args is ["--keep", var folder, ..])
{
    keep = folder;
    args = args[2..];
}

var chosen = Template.All.Where(template => args.Length == 0 || args.Contains(template.Name)).ToList();
if (chosen.Count == 0 || !args.All(name => chosen.Exists(template => template.Name == name)))
{
    Console.Error.WriteLine("usage: dotnet run tests/conformance/Templates.cs -- [--keep <folder>] [<template> …]");
    return 2;
}

return Checkout.WithPackage(keep, work =>
{
    bool isBuilt = true,
        isRight = true;
    foreach (var template in chosen)
    {
        try
        {
            isRight &= Try(template, work);
        }
        catch (InvalidOperationException problem)
        {
            // A package that cannot be restored here, for example.
            Console.WriteLine($"{template.Name}: not compared\n{problem.Message}");
            isBuilt = false;
        }
    }

    return !isRight ? 1
        : isBuilt ? 0
        : 2;
});

static bool Try(Template template, string work)
{
    string project = Path.Combine(work, template.Name, template.Name);
    if (Directory.Exists(project))
    {
        Directory.Delete(project, recursive: true);
    }

    var made = Checkout.Dotnet(work, [], "new", template.Name, "--output", project, "--no-restore");
    if (made.ExitCode != 0)
    {
        throw new InvalidOperationException(made.Output);
    }

    var checkout = new Checkout(Path.Combine(project, template.Name + ".csproj"), [], work);
    var built = checkout.Build(template.Name + "-plain", static _ => "");
    string assembly = Path.Combine(project, "bin", "Release", "net10.0", template.Name + ".dll");
    var own = OwnMethod.In(assembly, project);
    var plain = template.Run(assembly, project);

    var measuredBuild = checkout.Build(template.Name + "-measured", _ => checkout.Measuring, Checkout.Everything);
    string path = Path.Combine(measuredBuild.Folder, "snapshot.hotpath.json");
    var measured = template.Run(
        assembly,
        project,
        ("HOTPATH_OUTPUT", path),
        ("HOTPATH_SUMMARY", "none"),
        ("HOTPATH_SITES", "all"),
        ("HOTPATH_CONTROL", "off")
    );
    Write(built.Folder, plain);
    Write(measuredBuild.Folder, measured);

    List<string> faults = [.. measuredBuild.Diagnostics.Except(built.Diagnostics).Select(static line => "new diagnostic: " + line)];
    faults.AddRange(
        plain
            .Keys.Union(measured.Keys)
            .Where(name => plain.GetValueOrDefault(name) != measured.GetValueOrDefault(name))
            .Select(static name => $"other answer: {name}")
    );
    if (!File.Exists(path))
    {
        faults.Add("no snapshot was written");
        return Print(faults);
    }

    using var snapshot = JsonDocument.Parse(File.ReadAllText(path));
    Measured[] rows = [.. Measured.In(snapshot.RootElement)];
    Plain[] coverage = [.. Plain.In(snapshot.RootElement)];
    var uncalled = rows.Where(static row => row.Calls == 0).ToLookup(row => template.WhyUncalled(row, measured));
    faults.AddRange(MissingMethods(own, rows, coverage));
    faults.AddRange(MissingPages(project, rows, coverage));
    faults.AddRange(uncalled[null].Select(static row => $"never called: {row.Id}"));
    faults.AddRange(
        rows.Where(static row => row is { SelfBytes: > 0, Sites: [], UnsupportedReason: "" })
            .Select(static row => $"{row.SelfBytes} bytes, but no site and no reason: {row.Id}")
    );

    Console.WriteLine(
        $"{template.Name}: {own.Length} methods and functions in its sources; {rows.Length} rows, {rows.Count(IsFunction)} of them functions, "
            + $"{rows.Count(static row => row.Calls > 0)} called, {coverage.Length} plain; {rows.Sum(static row => row.Sites.Length)} sites; "
            + $"{measured.Count} answers"
    );
    foreach (
        string line in measuredBuild.Output.Split('\n').Where(static line => line.Contains("NU1603")).Select(static line => line.Trim()).Distinct()
    )
    {
        Console.WriteLine($"  package: {line[(line.IndexOf("NU1603", StringComparison.Ordinal) + "NU1603: ".Length)..]}");
    }

    foreach (var method in coverage)
    {
        Console.WriteLine($"  plain: {method.Name}: {method.Reason}");
    }

    foreach (var row in rows.Where(static row => row.UnsupportedReason.Length > 0))
    {
        Console.WriteLine($"  without sites: {row.Id}: {row.UnsupportedReason}");
    }

    foreach (var group in uncalled.Where(static group => group.Key is not null))
    {
        Console.WriteLine($"  not called, {group.Key}: {string.Join(", ", group.Select(static row => row.Name))}");
    }

    return Print(faults);
}

static bool Print(List<string> faults)
{
    foreach (string fault in faults)
    {
        Console.WriteLine($"  FAULT {fault}");
    }

    return faults.Count == 0;
}

static void Write(string folder, Dictionary<string, string> answers) =>
    File.WriteAllText(Path.Combine(folder, "answers.txt"), string.Concat(answers.Select(static answer => $"=== {answer.Key}\n{answer.Value}\n")));

static bool IsFunction(Measured row) => row.Id.Contains('|');

static string OwnerOf(Measured row) => row.Id.Split('(', '|')[0];

static IEnumerable<string> MissingMethods(OwnMethod[] own, Measured[] rows, Plain[] coverage)
{
    // The statement may be in the line behind the arrow or the head.
    bool IsPlain(OwnMethod method) => coverage.Any(plain => plain.File == method.File && method.Line - plain.Line is 0 or 1);

    foreach (
        var group in own.Where(method => !IsPlain(method))
            .GroupBy(static method => (method.Owner, method.IsFunction))
            .OrderBy(static group => group.Key)
    )
    {
        int found = rows.Count(row => OwnerOf(row) == group.Key.Owner && IsFunction(row) == group.Key.IsFunction);
        if (found < group.Count())
        {
            string places = string.Join(", ", group.Select(static method => $"{method.File}:{method.Line}"));
            yield return $"{found} rows for {group.Count()} {(group.Key.IsFunction ? "functions in " : "of ")}{group.Key.Owner} at {places}";
        }
    }
}

// A page without expressions has no statement of the user's own, but its method writes the page.
static IEnumerable<string> MissingPages(string project, Measured[] rows, Plain[] coverage) =>
    from file in Directory.EnumerateFiles(project, "*.*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
    where Path.GetExtension(file) is ".cshtml" or ".razor" && Path.GetFileName(file) != "_Imports.razor"
    let name = Path.GetRelativePath(project, file).Replace('\\', '/')
    where !rows.Any(row => row.File == name && OwnerOf(row).Split('.')[^1] is "BuildRenderTree" or "ExecuteAsync")
    where coverage.All(plain => plain.File != name)
    select $"no row for the page {name}";
