using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Tests;

/// <summary>
/// Imports between the folders of a project have no cycles: no folder imports from one that imports from it, directly or through others.
/// </summary>
public sealed class FolderTests
{
    private static readonly string s_sources = typeof(FolderTests)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static attribute => attribute.Key == "SourceFolder")
        .Value!;

    [Test]
    public void No_folder_imports_in_a_circle([Values("HotPathGen.Generator", "HotPathGen.Prepare")] string project)
    {
        var imports = Imports(project);

        Assert.That(imports.Keys.SelectMany(folder => StronglyConnectedComponents(folder, imports)), Is.Empty);
    }

    [Test]
    public void Imports_and_circles_are_seen()
    {
        var imports = Imports("HotPathGen.Generator");

        Assert.That(imports["Emission"], Does.Contain("Models"), "by a using directive");
        Assert.That(Used(Parse("using static N.A.T;"), s_types), Does.Contain("A"), "by a static using directive");
        Assert.That(Used(Parse("using T = N.A.T;"), s_types), Does.Contain("A"), "by an alias");
        Assert.That(
            Used(Parse("class C { object F() => A.T.X; B.U P; }"), s_types).Distinct(),
            Is.EquivalentTo(["A", "B"]),
            "by the name of a type in a body or a declaration"
        );
        Assert.That(Used(Parse("class C { object F() => A.X; }"), s_types), Is.Empty, "A is not a folder here: X is none of its types");
        Assert.That(
            StronglyConnectedComponents(
                "A",
                new Dictionary<string, string[]>
                {
                    ["A"] = ["B"],
                    ["B"] = ["C"],
                    ["C"] = ["A"],
                }
            ),
            Is.EqualTo(["A > B > C > A"]),
            "a cycle through other folders"
        );
    }

    private static readonly ILookup<string, string> s_types = new[] { ("A", "T"), ("B", "U") }.ToLookup(
        static pair => pair.Item1,
        static pair => pair.Item2
    );

    /// <summary>The folders of a project, each with the other folders that its files name.</summary>
    private static Dictionary<string, string[]> Imports(string project)
    {
        string root = Path.Combine(s_sources, project);
        var files = Directory
            .GetFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path =>
                (Folder: Path.GetRelativePath(root, path).Split(Path.DirectorySeparatorChar) is [var folder, _, ..] ? folder : "", Path: path)
            )
            .Where(static file => file.Folder is not ("bin" or "obj"))
            .Select(static file => (file.Folder, Root: Parse(File.ReadAllText(file.Path))))
            .ToArray();
        var types = files
            .Where(static file => file.Folder.Length > 0)
            .SelectMany(static file =>
                file.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Select(type => (file.Folder, type.Identifier.ValueText))
            )
            .ToLookup(static type => type.Folder, static type => type.ValueText);
        return files
            .GroupBy(static file => file.Folder)
            .ToDictionary(
                static folder => folder.Key,
                folder =>
                    folder
                        .SelectMany(file => Used(file.Root, types))
                        .Where(used => used != folder.Key)
                        .Distinct()
                        .Order(StringComparer.Ordinal)
                        .ToArray()
            );
    }

    private static CompilationUnitSyntax Parse(string text) => CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot();

    /// <summary>The folders that a file names: in using directives, and before the names of their types.</summary>
    private static IEnumerable<string> Used(CompilationUnitSyntax file, ILookup<string, string> types)
    {
        foreach (var node in file.DescendantNodes())
        {
            string[] parts = node is UsingDirectiveSyntax directive ? Names(directive.NamespaceOrType) : Names(node);
            for (int i = 0; i < parts.Length; i++)
            {
                bool isNamespace = node is UsingDirectiveSyntax && i == parts.Length - 1;
                if (types.Contains(parts[i]) && (isNamespace || (i + 1 < parts.Length && types[parts[i]].Contains(parts[i + 1]))))
                {
                    yield return parts[i];
                }
            }
        }
    }

    /// <summary>The parts of a name with dots. Any other node has none.</summary>
    private static string[] Names(SyntaxNode node) =>
        node switch
        {
            SimpleNameSyntax simple => [simple.Identifier.ValueText],
            QualifiedNameSyntax qualified => [.. Names(qualified.Left), qualified.Right.Identifier.ValueText],
            MemberAccessExpressionSyntax access => [.. Names(access.Expression), access.Name.Identifier.ValueText],
            _ => [],
        };

    /// <summary>The cycles of imports that begin and end at a folder.</summary>
    private static IEnumerable<string> StronglyConnectedComponents(string start, Dictionary<string, string[]> imports)
    {
        var seen = new HashSet<string>();
        var ways = new Stack<string[]>([
            [start],
        ]);
        while (ways.TryPop(out string[]? way))
        {
            foreach (string next in imports.GetValueOrDefault(way[^1], []))
            {
                if (next == start)
                {
                    yield return string.Join(" > ", [.. way, next]);
                }
                else if (seen.Add(next))
                {
                    ways.Push([.. way, next]);
                }
            }
        }
    }
}
