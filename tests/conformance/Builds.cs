#!/usr/bin/env dotnet
#:include Checkout.cs
#:include MethodList.cs
#:include ProcessorTime.cs
#:include StartupHook.cs
#:property PublishAot=false
#:property AllowUnsafeBlocks=true

// Builds a C# project twice as it is and twice measured with everything hot, and prints what measuring it costs and finds.
//
//   dotnet run tests/conformance/Builds.cs -- [--keep <folder>] <project> [--once] [arguments for dotnet build …]
//
// The checkout is not edited: the packed targets are imported, as Conformance.cs does it. Nothing is run, so the project needs no tests. The methods
// are those that the measured assemblies register when they are loaded. Each build compiles everything again, in one process and without a
// compilation server, so that its processor time is known. The seconds are those of the faster of two builds, restore included. --once builds once
// each.
// Exit code 0: the measured build has no diagnostic that the build as it is does not have. 1: it has. 2: a build failed.

using System.Globalization;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (MethodList.Run(args))
{
    return 0;
}

string[] oneProcess = ["-m:1", "-p:UseSharedCompilation=false"];
bool isOnce = args.Contains("--once");
return Checkout.Open("Builds.cs", [.. args.Where(argument => argument != "--once")], checkout =>
{
    // In turns, so that what warms up or slows down the machine hits both.
    int rounds = isOnce ? 1 : 2;
    var plain = new Session[rounds];
    var measured = new Session[rounds];
    for (int i = 0; i < rounds; i++)
    {
        plain[i] = checkout.Build("plain", static _ => "", oneProcess);
        measured[i] = checkout.BuildMeasured("measured", oneProcess);
    }

    string[] ours = [.. measured.SelectMany(build => build.Diagnostics).Except(plain.SelectMany(build => build.Diagnostics)).Order()];
    Console.WriteLine($"diagnostics {ours.Length} that the build as it is does not have");
    foreach (string line in ours.Take(20))
    {
        Console.WriteLine("  " + line);
    }

    string snapshot = measured[^1].Snapshots.Single();
    Measured[] methods = [.. Measured.In(snapshot)];
    Console.WriteLine(
        $"hot         {methods.Length} methods in {methods.Select(method => method.Assembly).Distinct().Count()} assemblies, "
            + $"{methods.Count(method => !method.IsPair)} of them in place"
    );
    foreach (var assembly in methods.GroupBy(method => method.Assembly).OrderByDescending(group => group.Count()))
    {
        Console.WriteLine($"  {assembly.Count(), 6} in {assembly.Key}");
    }

    Measured.PrintCopied(Measured.Pairs(methods));
    Measured.PrintReasons("in place  ", methods.Where(method => !method.IsPair));
    PrintSeconds("build", plain, measured, build => build.Elapsed);
    PrintSeconds("processor", plain, measured, build => build.ProcessorTime);
    return ours.Length == 0 ? 0 : 1;
});

static void PrintSeconds(string what, Session[] plain, Session[] measured, Func<Session, TimeSpan> time)
{
    var (before, after) = (plain.Min(time), measured.Min(time));
    Console.WriteLine($"{what, -11} {before.TotalSeconds:F1} s -> {after.TotalSeconds:F1} s ({after / before:F2} times)");
}
