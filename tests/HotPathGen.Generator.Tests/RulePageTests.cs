using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using HotPathGen.Generator.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPathGen.Generator.Tests;

/// <summary>Every rule has a page and every page has a rule. The package contains the pages too.</summary>
public sealed class RulePageTests
{
    private const string Folder = "docs/rules/";

    private static readonly Assembly s_tests = typeof(RulePageTests).Assembly;

    private static readonly DiagnosticAnalyzer[] s_analyzers =
    [
        .. typeof(CoverageAnalyzer)
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    private static readonly DiagnosticDescriptor[] s_rules =
    [
        .. s_analyzers
            .SelectMany(analyzer => analyzer.SupportedDiagnostics)
            .DistinctBy(rule => rule.Id)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Pages =>
        s_tests.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(name => name[Folder.Length..]);

    [Test]
    public void Every_rule_has_its_page_and_every_page_its_rule()
    {
        Assert.That(s_rules, Has.Length.GreaterThan(20));
        Assert.That(Pages, Is.EquivalentTo(s_rules.Select(rule => rule.Id + ".md").Append("README.md")));
        Assert.That(
            Regex.Matches(Read("README.md"), @"^\| \[(HPG\d+)\]", RegexOptions.Multiline).Select(line => line.Groups[1].Value),
            Is.EqualTo(s_rules.Select(rule => rule.Id)),
            "the index lists each rule once, and nothing else"
        );
    }

    [Test]
    public void A_page_says_what_the_rule_is_called_how_loud_it_is_and_what_to_do()
    {
        foreach (var rule in s_rules)
        {
            string page = Read(rule.Id + ".md");
            string level = rule.DefaultSeverity.ToString().ToLowerInvariant();
            Assert.That(page, Does.StartWith($"# {rule.Id}: {rule.Title}\n\nDefault: {level}"), rule.Id);
            Assert.That(
                page.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)),
                Is.EqualTo(["## Cause", "## Example", "## Fix", "## When to suppress", "## Cost"]),
                rule.Id
            );
            Assert.That(Read("README.md"), Does.Contain($"| [{rule.Id}]({rule.Id}.md) | {rule.Title} | {level} |"));
        }
    }

    /// <summary>For each rule, the code around its page's example. HPG403 and HPG404 are missing, because they are about files.</summary>
    private static readonly Dictionary<string, string> s_around = new()
    {
        ["HPG001"] = "@",
        ["HPG002"] = "partial class C { @ }",
        ["HPG003"] = "class C { @ }",
        ["HPG004"] = "class C { void Read() { } @ }",
        ["HPG005"] = "class C { @ }",
        ["HPG201"] = "class C { @ }",
        ["HPG202"] = "partial class C { internal static partial int Write(int n); @ }",
        ["HPG203"] = "partial class C { internal static partial int Write(byte[] data); @ }",
        ["HPG204"] = "partial class C { internal static partial string Join(string[] words); @ }",
        ["HPG205"] = "partial class C { @ }",
        ["HPG206"] = "partial class C { internal partial void Read(Stream stream); @ internal byte[]? Last => _last; }",
        ["HPG301"] = "public class Posting(int document, int count) { public int Sum => document + count; } public class C { @ }",
        ["HPG302"] = "[Instrument] class C { void Example(int a, int b, List<object> kept) { @ kept.Add(buffer); kept.Add(weights); } }",
        ["HPG303"] = "class Order { public int Id => 1; } [Instrument] class C { IComparable Example(Order order) { @ return key; } }",
        ["HPG304"] = "[Instrument] class C { static readonly string[] Endings = [\"s\"]; @ }",
        ["HPG305"] =
            "class Item { } [Instrument] class C { int Compare(Item a, Item b) => 0; void Work(Item item) { } Task Example(List<Item> items, "
            + "Item item) { @ return task; } }",
        ["HPG306"] = "[Instrument] class C { string Example(string prefix, int id, string name, int value, TextWriter output) { @ return key; } }",
        ["HPG307"] = "[Instrument] class C { int Example(int a, int b, int c) { @ } }",
        ["HPG308"] =
            "public class Item { } public class Word { } [Instrument] public class C(Dictionary<int, Item> _cache, Word word) { async Task<Item> "
            + "LoadAsync(int id) { await Task.Yield(); return new(); } @ }",
        ["HPG309"] = "[Instrument] class C { @ }",
        ["HPG310"] = "[Instrument] class C { object Example(IEnumerable<string> text) { @ return words; } }",
        ["HPG311"] = "[Instrument] class C { string Example(List<string> words, IEnumerable<string> parts) { @ return any ? last : \"\"; } }",
        ["HPG312"] = "[Instrument] class C { void Example(Type type, object request) { @ } }",
        ["HPG313"] =
            "[Instrument] class C { static string Fold(string term) => term; string Example(string text, int start, int length) { @ return term; } }",
        ["HPG320"] = "sealed class Key(int a, int b) { public int Hash() => a * 31 + b; } [Instrument] class C { int Example(int a, int b) { @ } }",
        ["HPG330"] = "static class C { @ }",
        ["HPG401"] = "class C { @ }",
        ["HPG402"] = "public interface IRandom { int Next(); } public class C { @ }",
    };

    [Test]
    public async Task An_example_of_a_page_gives_its_rule()
    {
        Assert.That(s_around.Keys.Append("HPG403").Append("HPG404"), Is.EquivalentTo(s_rules.Select(rule => rule.Id)));
        foreach (var (id, around) in s_around)
        {
            string[] lines = Regex
                .Match(Read(id + ".md"), "## Example\n\n```csharp\n(.*?)```", RegexOptions.Singleline)
                .Groups[1]
                .Value.Replace("…", "")
                .Split('\n');
            bool IsUsing(string line) => line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';');
            string source =
                $"using System.IO;\nusing System.Text;\n{string.Join('\n', lines.Where(IsUsing))}\n"
                + $"{around.Replace("@", string.Join('\n', lines.Where(line => !IsUsing(line))) + '\n')}";
            // Only a measured build reports methods that are not recognised or are measured without sites.
            var build = Build.Of(new([source]) { IsMeasured = id is "HPG003" or "HPG004" });
            var found = await build.Output.WithAnalyzers([.. s_analyzers], new AnalyzerOptions(build.AdditionalTexts)).GetAllDiagnosticsAsync();
            Assert.That(found.Select(diagnostic => diagnostic.Id), Has.Some.EqualTo(id), () => $"{source}\n{string.Join('\n', found)}");
            Assert.That(
                found.Where(diagnostic =>
                    diagnostic.Severity == DiagnosticSeverity.Error
                    && !diagnostic.Id.StartsWith("HPG", StringComparison.Ordinal)
                    && s_rules.Single(rule => rule.Id == id).DefaultSeverity != DiagnosticSeverity.Error
                ),
                Is.Empty,
                source
            );
        }
    }

    private static string Read(string page)
    {
        using var reader = new StreamReader(s_tests.GetManifestResourceStream(Folder + page)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
