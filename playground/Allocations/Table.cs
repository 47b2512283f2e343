using System.Globalization;

namespace Allocations;

/// <summary>Methods, their bytes and what each analyzer reports, side by side. Below them is how often each analyzer was right.</summary>
internal static class Table
{
    /// <summary>
    /// The kind of methods whose allocations depend on the JIT's profile. The same code may allocate in one run and not in another, so no rule can be
    /// right about both.
    /// </summary>
    private const string UpToProfile = "Profiled";

    /// <summary>The kinds of methods by which other analyzers were compared.</summary>
    private static readonly string[] s_compared = ["Arrays", "Boxes", "Called", "Collections", "Delegates", "Objects", "Texts", "Workloads"];

    public static void Print(IReadOnlyList<Measured> methods, IReadOnlyList<Verdicts> tables)
    {
        Console.WriteLine($"| method | bytes | {string.Join(" | ", tables.Select(static table => table.Name))} |");
        Console.WriteLine($"|---|---:|{string.Concat(tables.Select(static _ => "---|"))}");
        foreach (var method in methods)
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {method.Kind}.{method.Name} | {method.Bytes:0.##} | {string.Join(" | ", tables.Select(table => Word(method, table)))} |"
                )
            );
        }

        Console.WriteLine();
        Console.WriteLine(
            $"| kind | methods | allocating | {string.Join(" | ", tables.Select(static table => $"{table.Name}: precision | recall"))} |"
        );
        Console.WriteLine($"|---|---:|---:|{string.Concat(tables.Select(static _ => "---:|---:|"))}");
        foreach (var kind in methods.GroupBy(static method => method.Kind))
        {
            Print(kind.Key, [.. kind], tables);
        }

        Print("those that others were compared by", [.. methods.Where(static method => s_compared.Contains(method.Kind))], tables);
        Print("all but " + UpToProfile, [.. methods.Where(static method => method.Kind != UpToProfile)], tables);
    }

    private static void Print(string kind, IReadOnlyList<Measured> methods, IReadOnlyList<Verdicts> tables) =>
        Console.WriteLine(
            $"| {kind} | {methods.Count} | {methods.Count(static method => method.Bytes > 0)} | "
                + $"{string.Join(" | ", tables.Select(table => Shares(methods, table)))} |"
        );

    private static string Shares(IReadOnlyList<Measured> methods, Verdicts table)
    {
        int said = methods.Count(method => table.Of(method).Any());
        int right = methods.Count(method => method.Bytes > 0 && table.Of(method).Any());
        int allocating = methods.Count(static method => method.Bytes > 0);
        return $"{Share(right, said)} | {Share(right, allocating)}";
    }

    private static string Share(int part, int whole) => whole == 0 ? "–" : (part / (double)whole).ToString("0.000", CultureInfo.InvariantCulture);

    private static string Word(Measured method, Verdicts table)
    {
        string ids = string.Join(" ", table.Of(method).Distinct());
        return (method.Bytes > 0, ids != "") switch
        {
            (true, false) => "missed",
            (false, true) => $"false: {ids}",
            _ => ids,
        };
    }
}
