using System.Reflection;
using HotPathGen.Generator.InstrumentedBodies;
using HotPathGen.Generator.Sites;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Tests;

/// <summary>Sites are found in one place, so that copies, rules and profiles have the same sites.</summary>
public sealed class SiteFinderTests
{
    /// <summary>Two methods whose bodies have at most this many characters may be equal by chance.</summary>
    private const int LongestLikeness = 100;

    [Test]
    public void One_walk_finds_sites()
    {
        string[] classifying =
        [
            .. Sources("HotPathGen.Generator")
                .Where(static file => Calls(file.Root).Any(static call => call is "SiteClassifier.Of" or "SiteClassifier.IsOmitted"))
                .Select(static file => file.Name),
        ];

        Assert.That(classifying, Is.EqualTo(["Sites/SiteFinder.cs"]), "only this file asks whether an operation is a site");
        Assert.That(
            typeof(SiteFinder).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(SiteFinder))).Select(static type => type.Name),
            Is.EquivalentTo(["BodySites", "AllocationFinder"]),
            "copies and profiles use BodySites, rules use AllocationFinder"
        );
    }

    [Test]
    public void A_profile_is_compared_with_the_sites_of_the_copy()
    {
        var compilation = Build.Of(InstrumentedBodyTests.Everything()).Input;
        int sites = 0;
        foreach (var tree in compilation.SyntaxTrees)
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var core in tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Where(HasBody))
            {
                var body = new OriginalBody(new(compilation, tree, model), core, model.GetDeclaredSymbol(core)!, CancellationToken.None);
                var (found, copied) = (BodySites.Of(body), BodyCopy.Of(body, key: "").Sites);
                Assert.That(found.Unsupported, Is.EqualTo(copied.Unsupported), core.Identifier.ValueText);
                Assert.That(found.All.Select(Describe), Is.EqualTo(copied.All.Select(Describe)), core.Identifier.ValueText);
                sites += found.All.Count;
            }
        }

        Assert.That(sites, Is.GreaterThan(1000));
    }

    [Test]
    public void No_method_is_written_twice()
    {
        string[] twice =
        [
            .. Sources("HotPathGen.Generator")
                .Concat(Sources("HotPathGen.Prepare"))
                .Concat(Sources("HotPathGen.CodeFixes"))
                .Concat(Sources("Shared"))
                .SelectMany(static file =>
                    file.Root.DescendantNodes()
                        .OfType<MethodDeclarationSyntax>()
                        .Where(HasBody)
                        .Select(method => (Place: $"{file.Name}: {method.Identifier}", Text: BodyText(method)))
                )
                .Where(static method => method.Text.Length > LongestLikeness)
                .GroupBy(static method => method.Text, static method => method.Place)
                .Where(static same => same.Count() > 1)
                .Select(static same => string.Join(" and ", same)),
        ];

        Assert.That(twice, Is.Empty);
    }

    private static string BodyText(MethodDeclarationSyntax method) =>
        string.Join(" ", ((SyntaxNode?)method.Body ?? method.ExpressionBody)!.DescendantTokens().Select(static token => token.Text));

    private static bool HasBody(MethodDeclarationSyntax method) => method.Body is not null || method.ExpressionBody is not null;

    private static object Describe(FoundSite site) => (site.Kind, site.Place, site.Text, site.Index, site.Probe.Form, site.Level);

    private static IEnumerable<string> Calls(SyntaxNode root) =>
        root.DescendantNodes().OfType<InvocationExpressionSyntax>().Select(static call => call.Expression.ToString());

    private static IEnumerable<(string Name, SyntaxNode Root)> Sources(string project)
    {
        string folder = Path.Combine(
            typeof(SiteFinderTests)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(static data => data.Key == "SourceFolder")
                .Value!,
            project
        );
        return Directory
            .GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(static name => !name.StartsWith("obj/", StringComparison.Ordinal) && !name.StartsWith("bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (name, CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(folder, name))).GetRoot()));
    }
}
