using Accuracy;
using Allocations;
using HotPathGen.Generator.Analysis;

// dotnet run --project playground/Allocations -c Release [-- <assembly of other analyzers> …]
//
// Each method of Methods/ is run until it is at Tier-1. The bytes that it allocates in a call are measured and compared with what analyzers report
// about its source. The analyzers are the rules of this repository, those of some packages, and those of the given assemblies. A method counts as
// found where an analyzer reports anything about it. Of other analyzers, only the rules about performance count, also those that are off by default.
// To build ClrHeapAllocationAnalyzer from its source for this compiler:
//
//   git clone https://github.com/microsoft/RoslynClrHeapAllocationAnalyzer other
//   sed -i 's/"Microsoft.CodeAnalysis" Version="3.4.0"/"Microsoft.CodeAnalysis.CSharp.Workspaces" Version="5.0.0"/' \
//     other/ClrHeapAllocationsAnalyzer/*.csproj
//   dotnet build -c Release other/ClrHeapAllocationsAnalyzer
//   … -- other/ClrHeapAllocationsAnalyzer/bin/Release/netstandard2.0/ClrHeapAllocationAnalyzer.dll

var methods = Measured.All();
Tiering.Settle(() =>
{
    foreach (var method in methods)
    {
        method.Run();
    }
});
foreach (var method in methods)
{
    method.Measure();
}

var ours = await Verdicts.Of("HotPathGen", [new AllocationAnalyzer()], static rule =>
    string.CompareOrdinal(rule.Id, "HPG301") >= 0 && string.CompareOrdinal(rule.Id, "HPG313") <= 0
);
var tables = new List<Verdicts> { ours };
foreach (
    var (name, paths) in Others
        .Packages()
        .Concat(args.Select(static path => (Path.GetFileNameWithoutExtension(path), new[] { Path.GetFullPath(path) })))
)
{
    tables.Add(await Verdicts.Of(name, Others.Load(paths), Others.Counts));
}

Table.Print(methods, tables);
return 0;
