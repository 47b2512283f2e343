using System.Text.RegularExpressions;

namespace HotPathGen.EndToEnd.Tests.Matrix;

/// <summary>
/// One small program of one shape: a file in which <c>Sample.Run()</c> uses it and says what came of it. Its first line says what
/// marked methods count, as <c>name=calls!failures:form</c>; <c>*</c> where the number is the machine's.
/// </summary>
internal sealed partial record Row(string Group, string Name, string Text)
{
    /// <summary>The group of rows for which the generator writes code in production too, so that they do not compile without it.</summary>
    public const string Written = "Written";

    private static readonly string s_folder = Path.Combine(Package.Origin, "tests", "HotPathGen.EndToEnd.Tests", "Matrix", "Rows");

    private static readonly Lazy<IReadOnlyList<Row>> s_all = new(() => [.. Directory.GetFiles(s_folder, "*.cs", SearchOption.AllDirectories)
        .Select(file => new Row(Path.GetFileName(Path.GetDirectoryName(file))!, Path.GetFileNameWithoutExtension(file), System.IO.File.ReadAllText(file)))
        .OrderBy(row => row.ToString(), StringComparer.Ordinal)]);

    public static IReadOnlyList<Row> All => s_all.Value;

    /// <summary>Where it is in its project, and how snapshots name it.</summary>
    public string File => $"{Group}/{Name}.cs";

    /// <summary>A further file of the row before its dot; it has no <c>Run</c> of its own.</summary>
    public bool IsPart => Name.Contains('.');

    /// <summary>The files of one row.</summary>
    public IEnumerable<Row> Parts => All.Where(other => other.Group == Group && other.Name.Split('.')[0] == Name.Split('.')[0]);

    public string Project => Group == Written ? Written : "Rows";

    /// <summary>What its head promises of its marked methods, in ordinal order.</summary>
    public IReadOnlyList<string> Marked => [.. Head().Match(Text) is { Success: true } head
        ? head.Groups["figures"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)
        : throw new AssertionException($"{this} does not begin with // attribute:")];

    public override string ToString() => $"{Group}/{Name}";

    [GeneratedRegex(@"\A// attribute:(?<figures>.*)\n")]
    private static partial Regex Head();
}
