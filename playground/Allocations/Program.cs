using System.Reflection;
using Accuracy;
using Allocations;
using HotPathGen.Generator.Analysis;
using Microsoft.CodeAnalysis.Diagnostics;

// dotnet run --project playground/Allocations -c Release [-- <assembly of other analyzers> …]
//
// Each method of Methods/ is run until it is at Tier-1; what it allocates a call is measured and compared with what analyzers say of its
// source. A method counts as found where anything is said of it.

IReadOnlyList<Measured> methods = Measured.All();
Tiering.Settle(() =>
{
    foreach (Measured method in methods)
    {
        method.Run();
    }
});
foreach (Measured method in methods)
{
    method.Measure();
}

Verdicts ours = await Verdicts.Of("HotPathGen", [new AllocationAnalyzer()], static rule => string.CompareOrdinal(rule.Id, "HPG301") >= 0 && string.CompareOrdinal(rule.Id, "HPG313") <= 0);
var tables = new List<Verdicts> { ours };
foreach (string path in args)
{
    DiagnosticAnalyzer[] others = [.. Assembly.LoadFrom(Path.GetFullPath(path)).GetTypes()
        .Where(static type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract && type.GetConstructor([]) is not null)
        .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];
    tables.Add(await Verdicts.Of(Path.GetFileNameWithoutExtension(path), others, static rule => rule.Category == "Performance" || rule.Id.StartsWith("HAA", StringComparison.Ordinal)));
}

Table.Print(methods, tables);
return 0;
