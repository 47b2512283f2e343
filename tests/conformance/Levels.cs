#!/usr/bin/env dotnet
#:include Checkout.cs
#:include MethodList.cs
#:include ProcessorTime.cs
#:include StartupHook.cs
#:property PublishAot=false
#:property AllowUnsafeBlocks=true

// Runs the tests of a C# repository as they are, and measured with everything hot at each level of recording, and compares.
//
//   dotnet run tests/conformance/Levels.cs -- [--keep <folder>] <test project> [arguments for dotnet test …]
//
// The arguments are those of Conformance.cs. Sites and control calls are those of the default. The figures of a level are compared with those of the
// level full, of methods that both called equally often: tests may depend on time or on chance.
// Exit code 0: all tests end as they do without HotPathGen, and at standard calls and bytes are exact. 1: a difference. 2: could not compare.

using System.Text.Json;

return Checkout.Open("Levels.cs", args, static checkout =>
{
    var plain = checkout.Test("plain", "", []);
    if (plain.Results.Count == 0)
    {
        Console.Error.WriteLine($"no test ran as it is:\n{plain.Problem}");
        return 2;
    }

    Console.WriteLine($"tests       {plain.Results.Count}, {plain.TestTime.TotalSeconds:F1} s as they are");
    bool same = true;
    Dictionary<string, Figures>? full = null;
    foreach (string level in new[] { "full", "standard", "light", "off" })
    {
        var session = checkout.TestMeasured(level, ("HOTPATH_DETAIL", level), ("HOTPATH_CONTROL", "16"));
        string[] changed =
        [
            .. plain
                .Results.Keys.Union(session.Results.Keys)
                .Where(test => plain.Results.GetValueOrDefault(test) != session.Results.GetValueOrDefault(test))
                .Order(),
        ];
        Console.WriteLine(
            $"{level, -11} {session.TestTime.TotalSeconds:F1} s ({session.TestTime / plain.TestTime:F2} times), {changed.Length} tests changed"
        );
        foreach (string test in changed.Take(20))
        {
            Console.WriteLine($"  {test}: {plain.Results.GetValueOrDefault(test, "absent")} -> {session.Results.GetValueOrDefault(test, "absent")}");
        }

        same &= changed.Length == 0;
        if (level == "off")
        {
            continue;
        }

        var methods = Figures.In(session.Snapshots);
        full ??= methods;
        same &= Compare(full, methods, areExact: level == "standard");
    }

    return same ? 0 : 1;
});

/// <summary>Compares the methods of a level with those of the level full, and says how many agree.</summary>
static bool Compare(Dictionary<string, Figures> full, Dictionary<string, Figures> level, bool areExact)
{
    (Figures Full, Figures Level)[] both =
    [
        .. full.Where(method => method.Value.Calls > 0 && level.GetValueOrDefault(method.Key)?.Calls == method.Value.Calls)
            .Select(method => (method.Value, level[method.Key])),
    ];
    long bytes = both.Sum(method => method.Full.SelfBytes);
    var estimated = both.Where(method => method.Level.MarginBytes is not null).ToArray();
    var different = both.Except(estimated).Where(method => method.Full.SelfBytes != method.Level.SelfBytes).ToArray();
    int covered = estimated.Count(method => Math.Abs(method.Full.MeanBytes - method.Level.MeanBytes) <= method.Level.MarginBytes + 1);
    Console.WriteLine(
        $"  calls     {full.Values.Sum(method => method.Calls):N0} at full, {level.Values.Sum(method => method.Calls):N0} here; "
            + $"{both.Length} of {full.Values.Count(method => method.Calls > 0)} methods have as many"
    );
    Console.WriteLine(
        $"  bytes     of these: {bytes:N0} at full, {both.Sum(method => method.Level.SelfBytes):N0} here; "
            + $"{both.Length - estimated.Length - different.Length} of {both.Length - estimated.Length} exact ones are the same, "
            + $"{covered} of {estimated.Length} intervals hold the mean"
    );
    foreach (var (one, other) in different.OrderByDescending(method => Math.Abs(method.Full.SelfBytes - method.Level.SelfBytes)).Take(10))
    {
        Console.WriteLine($"    {one.SelfBytes, 15:N0} -> {other.SelfBytes, 15:N0} B in {one.Calls:N0} calls  {one.Name}");
    }

    return !areExact || Math.Abs(both.Sum(method => method.Level.SelfBytes) - bytes) <= bytes / 100;
}

/// <summary>The figures of a method, over all processes.</summary>
internal sealed record Figures(string Name, long Calls, long SelfBytes, double InclusiveBytes, double? MarginBytes)
{
    public double MeanBytes => InclusiveBytes / Calls;

    public static Dictionary<string, Figures> In(string[] snapshots)
    {
        var all = new Dictionary<string, Figures>(StringComparer.Ordinal);
        foreach (string file in snapshots)
        {
            using var snapshot = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var method in snapshot.RootElement.GetProperty("methods").EnumerateArray())
            {
                string key = method.GetProperty("assembly").GetString() + " " + method.GetProperty("id").GetString();
                long calls = method.GetProperty("calls").GetInt64();
                var allocated = method.GetProperty("allocated");
                var figures = new Figures(
                    method.GetProperty("name").GetString()!,
                    calls,
                    allocated.GetProperty("selfBytes").GetInt64(),
                    (double)allocated.GetProperty("meanBytes").GetInt64() * calls,
                    method.TryGetProperty("meanMarginBytes", out var margin) ? margin.GetDouble() : null
                );
                all[key] = all.TryGetValue(key, out var other)
                    ? new(
                        figures.Name,
                        figures.Calls + other.Calls,
                        figures.SelfBytes + other.SelfBytes,
                        figures.InclusiveBytes + other.InclusiveBytes,
                        Max(figures.MarginBytes, other.MarginBytes)
                    )
                    : figures;
            }
        }

        return all;
    }

    private static double? Max(double? one, double? other) => one is null || other > one ? other : one;
}
