#!/usr/bin/env dotnet
#:include Dotnet.cs
#:include Figures.cs
#:property PublishAot=false

// Measures what recording costs a program: runs it in production and measured at each level of recording, in turns.
//
//   dotnet run -c Release tests/build-cost/RunCost.cs -- <project> [rounds] [arguments of the program …]
//
// The project is built twice into a temporary folder. It must end by itself. It prints wall and processor time of production in seconds, medians, and
// those of the others as ratios, with quartiles, to the production run of the same round. One round warms up.

if (args is not [var given, .. var more] || !(File.Exists(given) || Directory.Exists(given)))
{
    Console.Error.WriteLine("usage: dotnet run -c Release tests/build-cost/RunCost.cs -- <project> [rounds] [arguments of the program …]");
    return 2;
}

int rounds = more is [var number, ..] && int.TryParse(number, out int parsed) && parsed > 0 ? parsed : 5;
string[] arguments = more is [var first, .. var rest] && int.TryParse(first, out _) ? rest : more;
string project = Path.GetFullPath(given);
string work = Directory.CreateTempSubdirectory("hotpath-run-cost-").FullName;
try
{
    (string Name, string Build, string Level)[] ways =
    [
        ("production", Build("production"), ""),
        .. from level in new[] { "off", "light", "standard", "full" } select (level, Path.Combine(work, "measured"), level),
    ];
    Build("measured", "-p:HotPathInstrumentation=true");
    string assembly = Path.GetFileName(Directory.GetFiles(ways[0].Build, "*.runtimeconfig.json").Single()).Replace(".runtimeconfig.json", ".dll");
    var costs = ways.ToDictionary(way => way.Name, _ => new List<Cost>());
    for (int round = 0; round <= rounds; round++)
    {
        foreach (var (name, build, level) in ways)
        {
            var cost = Run(Path.Combine(build, assembly), level);
            if (round > 0)
            {
                costs[name].Add(cost);
            }
        }

        Console.Error.WriteLine(round == 0 ? "warmed up" : $"round {round} of {rounds}");
    }

    var production = costs["production"];
    Console.WriteLine("| | wall time | processor time |");
    Console.WriteLine("|---|---:|---:|");
    foreach (var (name, _, _) in ways)
    {
        Console.WriteLine($"| {name} | {Column(name, static cost => cost.Wall)} | {Column(name, static cost => cost.Processor)} |");
    }

    string Column(string name, Func<Cost, double> of) =>
        name == "production"
            ? FormattableString.Invariant($"{Figures.Median(production.Select(of)):F2} s")
            : Figures.Ratio(costs[name].Select(of), production.Select(of));
}
finally
{
    Directory.Delete(work, recursive: true);
}

return 0;

string Build(string name, params string[] switches)
{
    string output = Path.Combine(work, name);
    Console.Error.WriteLine($"building, {name} …");
    Dotnet.Run(work, ["build", project, "-c", "Release", "-o", output, .. switches]);
    return output;
}

Cost Run(string program, string level)
{
    double processor = Dotnet.ProcessorTimeOfChildren;
    long start = System.Diagnostics.Stopwatch.GetTimestamp();
    Dotnet.Run(
        work,
        [("HOTPATH_DETAIL", level), ("HOTPATH_SUMMARY", "none"), ("HOTPATH_OUTPUT", Path.Combine(work, "run.hotpath.json"))],
        [program, .. arguments]
    );
    return new(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds, Dotnet.ProcessorTimeOfChildren - processor);
}
