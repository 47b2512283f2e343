using HotPathGen.Generator.Tests.Snapshots;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Tests;

/// <summary>
/// What the rules report about each method of playground/Allocations. That program measures what each method allocates and shows where the rules are
/// wrong. These tests show when the rules begin to report something else.
/// </summary>
public sealed class AllocationTableTests
{
    private const string Usings = "global using System.Globalization; global using System.IO; global using System.Threading;";

    [Test]
    public async Task What_is_said_of_measured_methods_stays()
    {
        string[] names =
        [
            .. typeof(AllocationTableTests)
                .Assembly.GetManifestResourceNames()
                .Where(static name => name.StartsWith("Methods/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
        var build = Build.Production([Usings, .. names.Select(static name => "#pragma warning disable CS1998, CS0219\n" + Read(name))]);

        var said = await AllocationRuleTests.Find(build, []);
        Snapshot.Verify(
            string.Concat(
                said.OrderBy(static said => said.Location.SourceTree!.FilePath.Length)
                    .ThenBy(static said => said.Location.SourceTree!.FilePath, StringComparer.Ordinal)
                    .Select(static said => Line(said) + "\n")
            ),
            "Allocations",
            "txt"
        );
    }

    private static string Line(Diagnostic said)
    {
        var place = said.Location.SourceTree!.GetRoot().FindNode(said.Location.SourceSpan);
        string type = place.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Last().Identifier.ValueText;
        return $"{type}.{place.AncestorsAndSelf().OfType<MethodDeclarationSyntax>().LastOrDefault()?.Identifier.ValueText}: {said.Id} "
            + $"{place.SyntaxTree.GetText().ToString(said.Location.SourceSpan)}";
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(AllocationTableTests).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
