using System.Reflection;
using HotPathGen.Generator.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPathGen.Generator.Tests;

/// <summary>Every rule has its page, every page its rule. The package has them, too.</summary>
public sealed class RulePageTests
{
    private const string Folder = "docs/rules/";

    private static readonly Assembly s_tests = typeof(RulePageTests).Assembly;

    private static readonly DiagnosticDescriptor[] s_rules = [.. typeof(CoverageAnalyzer).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
        .SelectMany(type => ((DiagnosticAnalyzer)Activator.CreateInstance(type)!).SupportedDiagnostics)
        .DistinctBy(rule => rule.Id).OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    private static IEnumerable<string> Pages => s_tests.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(name => name[Folder.Length..]);

    [Test]
    public void every_rule_has_its_page_and_every_page_its_rule()
    {
        Assert.That(s_rules, Has.Length.GreaterThan(20));
        Assert.That(Pages, Is.EquivalentTo(s_rules.Select(rule => rule.Id + ".md").Append("README.md")));
    }

    [Test]
    public void a_page_says_what_the_rule_is_called_how_loud_it_is_and_what_to_do()
    {
        foreach (DiagnosticDescriptor rule in s_rules)
        {
            string page = Read(rule.Id + ".md");
            string level = rule.DefaultSeverity.ToString().ToLowerInvariant();
            Assert.That(page, Does.StartWith($"# {rule.Id}: {rule.Title}\n\nDefault: {level}"), rule.Id);
            Assert.That(page.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)), Is.EqualTo(["## Cause", "## Example", "## Fix", "## When to suppress", "## Cost"]), rule.Id);
            Assert.That(Read("README.md"), Does.Contain($"| [{rule.Id}]({rule.Id}.md) | {rule.Title} | {level} |"));
        }
    }

    private static string Read(string page)
    {
        using var reader = new StreamReader(s_tests.GetManifestResourceStream(Folder + page)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
