using System.Text.RegularExpressions;

namespace HotPathGen.EndToEnd.Tests.Matrix;

/// <summary>
/// One small program of one shape: a file in which <c>Sample.Run()</c> uses the shape and returns the result. Its first line gives the figures of
/// the marked methods, as <c>name=calls!failures:form</c>, with <c>*</c> where the number depends on the machine.
/// </summary>
internal sealed partial record Row(string Group, string Name, string Text)
{
    /// <summary>The group of rows for which the generator writes code in production too. Without the generator they do not compile.</summary>
    public const string Written = "Written";

    private static readonly string s_folder = Path.Combine(Package.Origin, "tests", "HotPathGen.EndToEnd.Tests", "Matrix");

    private static readonly Lazy<IReadOnlyList<Row>> s_all = new(() => [.. Read("Rows"), .. Read("Projects")]);

    public static IReadOnlyList<Row> All => s_all.Value;

    /// <summary>Whether the row needs a project of its own, as an entry point does. Its project is its group, and its output is the answer.</summary>
    public bool HasProject { get; private init; }

    /// <summary>The file's path in its project, which snapshots use too.</summary>
    public string File => HasProject ? Name + ".cs" : $"{Group}/{Name}.cs";

    /// <summary>Whether it is a further file of another row. Such a file has no <c>Run</c> of its own.</summary>
    public bool IsPart => HasProject ? Name != "Program" : Name.Contains('.');

    public string Properties => Project().Match(Text).Groups["properties"].Value;

    public string Items => Project().Match(Text).Groups["items"].Value;

    /// <summary>The files of one row.</summary>
    public IEnumerable<Row> Parts => All.Where(other => other.Group == Group && other.Name.Split('.')[0] == Name.Split('.')[0]);

    public string ProjectName => HasProject || Group == Written ? Group : "Rows";

    /// <summary>The figures of its marked methods from its first line, in ordinal order.</summary>
    public IReadOnlyList<string> Marked =>
        [
            .. Head().Match(Text) is { Success: true } head
                ? head.Groups["figures"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)
                : throw new AssertionException($"{this} does not begin with // attribute:"),
        ];

    public override string ToString() => $"{Group}/{Name}";

    private static IEnumerable<Row> Read(string folder) =>
        Directory
            .GetFiles(Path.Combine(s_folder, folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => new Row(
                Path.GetFileName(Path.GetDirectoryName(file))!,
                Path.GetFileNameWithoutExtension(file),
                System.IO.File.ReadAllText(file)
            )
            {
                HasProject = folder == "Projects",
            })
            .OrderBy(row => row.ToString(), StringComparer.Ordinal);

    [GeneratedRegex(@"\A// attribute:(?<figures>.*)\n")]
    private static partial Regex Head();

    [GeneratedRegex(@"\A.*\n// project: (?<properties>.*)\n(// items: (?<items>.*)\n)?")]
    private static partial Regex Project();
}
