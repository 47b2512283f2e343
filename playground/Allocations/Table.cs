using System.Globalization;

namespace Allocations;

/// <summary>Methods, bytes and verdicts side by side; under them how often each was right.</summary>
internal static class Table
{
    /// <summary>What these allocate is up to the JIT's profile: the same code allocates in another run, and no rule can be right of both.</summary>
    private const string UpToProfile = "Profiled";

    /// <summary>The kinds that others were compared by.</summary>
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
