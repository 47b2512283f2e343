using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Allocations;

/// <summary>What analyzers report about the source of the methods, by method.</summary>
internal sealed class Verdicts(string name, ILookup<(string Kind, string Method), string> said)
{
    private const string Usings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using "
        + "System.Threading; global using System.Threading.Tasks; global using System.Globalization; global using System.Runtime.CompilerServices; "
        + "global using HotPathGen;";

    public string Name => name;

    public IEnumerable<string> Of(Measured method) => said[(method.Kind, method.Name)];

    public static async Task<Verdicts> Of(string name, DiagnosticAnalyzer[] analyzers, Func<DiagnosticDescriptor, bool> counts)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp14);
        var compilation = CSharpCompilation.Create(
            "Allocations",
            [.. Sources().Select(source => CSharpSyntaxTree.ParseText(source, options)), CSharpSyntaxTree.ParseText(Usings, options)],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(Path.PathSeparator)
                .Select(static path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable,
                // Rules that are off by default are turned on too.
                specificDiagnosticOptions: analyzers
                    .SelectMany(static analyzer => analyzer.SupportedDiagnostics)
                    .Where(counts)
                    .Select(static rule => rule.Id)
                    .Distinct()
                    .Select(static id => KeyValuePair.Create(id, ReportDiagnostic.Warn))
            )
        );
        if (compilation.GetDiagnostics().FirstOrDefault(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) is { } error)
        {
            throw new InvalidOperationException(error.ToString());
        }

        var found = await compilation.WithAnalyzers([.. analyzers]).GetAnalyzerDiagnosticsAsync();
        return new(
            name,
            found
                .Where(diagnostic => diagnostic.Location.IsInSource && counts(diagnostic.Descriptor))
                .ToLookup(Method, static diagnostic => diagnostic.Id)
        );
    }

    private static (string, string) Method(Diagnostic diagnostic)
    {
        var node = diagnostic.Location.SourceTree!.GetRoot().FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        return (
            node.AncestorsAndSelf().OfType<ClassDeclarationSyntax>().LastOrDefault()?.Identifier.ValueText ?? "",
            node.AncestorsAndSelf().OfType<MethodDeclarationSyntax>().LastOrDefault()?.Identifier.ValueText ?? ""
        );
    }

    private static IEnumerable<string> Sources()
    {
        var assembly = typeof(Verdicts).Assembly;
        foreach (string name in assembly.GetManifestResourceNames())
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }
}
