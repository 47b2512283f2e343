using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Tests.House;

/// <summary>The rules for the repository's sources that .editorconfig and CSharpier cannot check.</summary>
[TestFixture]
public sealed partial class SourceLayoutTests
{
    private const int LongestLine = 150;

    private static readonly string s_repository = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../.."));

    private static readonly string s_page = File.ReadAllText(Path.Combine(s_repository, "CONTRIBUTING.md"));

    private static readonly string[] s_files =
    [
        .. new[] { "src", "tests", "playground" }
            .SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(s_repository, folder), "*.cs", SearchOption.AllDirectories))
            .Select(static file => Path.GetRelativePath(s_repository, file).Replace('\\', '/'))
            .Where(static file =>
                !file.Split('/').Any(static part => part is "bin" or "obj" or "Data" or "Samples" or "Rows" or "Projects" or "Machine")
                && !file.Contains(".verified.", StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal),
    ];

    [Test]
    public void No_line_is_longer_than_150_letters_but_for_a_string()
    {
        string[] longer =
        [
            .. s_files
                .AsParallel()
                .SelectMany(static file =>
                {
                    string text = File.ReadAllText(Path.Combine(s_repository, file));
                    var root = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();
                    return root.GetText()
                        .Lines.Where(line => line.Span.Length > LongestLine && !IsInString(root, line.Start + LongestLine))
                        .Select(line => $"{file}:{line.LineNumber + 1}");
                }),
        ];

        Assert.That(s_files, Has.Length.GreaterThan(500), "the sources are found");
        Assert.That(longer.Order(StringComparer.Ordinal), Is.Empty);
    }

    /// <summary>
    /// The walks of that page name files. When a file moves or gets another name, the page must change, too. A name without its project belongs to a
    /// project that was named before it, in the same step or in the last one that begins with a project.
    /// </summary>
    [Test]
    public void Files_that_the_contributing_page_names_are_there()
    {
        var (named, missing, projects) = (0, new List<string>(), new List<string>());
        bool isNewStep = false;
        foreach (Match found in StepOrFile().Matches(s_page))
        {
            string path = found.Groups["path"].Value.Replace("HPGnnn", "HPG301"),
                name = found.Groups["name"].Value;
            if (path.Length == 0 && name.Length == 0)
            {
                isNewStep = true;
                continue;
            }
            if (path.Length > 0)
            {
                projects = [.. isNewStep ? [] : projects, string.Join('/', path.Split('/').Take(2)) + "/"];
            }
            bool isThere =
                path.Length > 0
                    ? Path.Exists(Path.Combine(s_repository, path))
                    : s_files.Any(file =>
                        file.EndsWith("/" + name, StringComparison.Ordinal)
                        && projects.Any(project => file.StartsWith(project, StringComparison.Ordinal))
                    );
            if (!isThere)
            {
                missing.Add(path + name);
            }
            named++;
            isNewStep = false;
        }

        Assert.That(named, Is.GreaterThan(100));
        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void Folders_of_the_map_are_there()
    {
        var folders = new List<string>();
        var missing = new List<string>();
        var drawn = FolderOfMap().Matches(s_page.Split("```")[1]);
        foreach (Match folder in drawn)
        {
            int depth = folder.Groups[1].Length / 2;
            folders = [.. folders.Take(depth), folder.Groups[2].Value];
            if (!Directory.Exists(Path.Combine([s_repository, .. folders])))
            {
                missing.Add(string.Join('/', folders));
            }
        }

        Assert.That(drawn, Has.Count.GreaterThan(50));
        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void Test_names_are_sentences_in_snake_case()
    {
        string[] other =
        [
            .. s_files
                .Where(static file => file.StartsWith("tests/", StringComparison.Ordinal))
                .AsParallel()
                .SelectMany(static file =>
                {
                    string text = File.ReadAllText(Path.Combine(s_repository, file));
                    return CSharpSyntaxTree
                        .ParseText(text, new CSharpParseOptions(LanguageVersion.Preview))
                        .GetRoot()
                        .DescendantNodes()
                        .OfType<MethodDeclarationSyntax>()
                        .Where(static method => IsTest(method) && !IsSentence(method.Identifier.Text))
                        .Select(method => $"{file}: {method.Identifier.Text}");
                }),
        ];

        Assert.That(other.Order(StringComparer.Ordinal), Is.Empty);
    }

    private static bool IsTest(MethodDeclarationSyntax method) =>
        method
            .AttributeLists.SelectMany(static list => list.Attributes)
            .Any(static attribute => attribute.Name.ToString() is "Test" or "TestCase" or "TestCaseSource");

    /// <summary>
    /// Whether a name does not begin with a small letter and has single underscores between its words. If it has only one word, all letters after the
    /// first are small.
    /// </summary>
    private static bool IsSentence(string name) =>
        !char.IsLower(name[0])
        && !name.Contains("__", StringComparison.Ordinal)
        && (name.Contains('_', StringComparison.Ordinal) || name.Skip(1).All(char.IsLower));

    private static bool IsInString(SyntaxNode root, int position)
    {
        var token = root.FindToken(position);
        return token.Kind()
                is SyntaxKind.StringLiteralToken
                    or SyntaxKind.Utf8StringLiteralToken
                    or SyntaxKind.SingleLineRawStringLiteralToken
                    or SyntaxKind.MultiLineRawStringLiteralToken
                    or SyntaxKind.Utf8MultiLineRawStringLiteralToken
            || token.Parent!.AncestorsAndSelf().Any(static node => node is InterpolatedStringExpressionSyntax);
    }

    [GeneratedRegex(
        @"^\d+\. |\]\((?<path>[^)]+)\)|`?\b(?<path>(?:src|tests|playground|docs)/[\w./-]*[\w/])|`(?<name>[\w./]+\.cs)`",
        RegexOptions.Multiline
    )]
    private static partial Regex StepOrFile();

    [GeneratedRegex("^( *)([\\w.-]+)/", RegexOptions.Multiline)]
    private static partial Regex FolderOfMap();

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
