using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HotPathGen.Tests.House;

/// <summary>
/// The programs of one file that measure builds, run conformance and make the allocation table. No project compiles them, so these tests do.
/// </summary>
[TestFixture]
public sealed partial class FileBasedProgramTests
{
    /// <summary>A partial method without a body. The source generator for regular expressions writes it, but does not run here.</summary>
    private const string WithoutGenerator = "CS8795";

    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions s_options = new CSharpParseOptions(LanguageVersion.Preview).WithFeatures([
        new("FileBasedProgram", "true"),
    ]);

    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(static file => MetadataReference.CreateFromFile(file)),
    ];

    private static IEnumerable<string> Programs()
    {
        string tests = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../.."));
        return new[] { "build-cost", "conformance", "allocation-table" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(tests, folder), "*.cs"))
            .Where(static file => File.ReadLines(file).First().StartsWith('#'))
            .Select(file => Path.GetRelativePath(tests, file));
    }

    [TestCaseSource(nameof(Programs))]
    public void A_program_of_one_file_compiles(string program)
    {
        string file = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../..", program));
        string[] files =
        [
            file,
            .. Include().Matches(File.ReadAllText(file)).Select(found => Path.Combine(Path.GetDirectoryName(file)!, found.Groups[1].Value)),
        ];
        var trees = files
            .Select(static source => CSharpSyntaxTree.ParseText(File.ReadAllText(source), s_options, source))
            .Append(CSharpSyntaxTree.ParseText(ImplicitUsings, s_options));
        var compilation = CSharpCompilation.Create(
            "Program",
            trees,
            s_references,
            new(OutputKind.ConsoleApplication, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable)
        );

        Assert.That(
            compilation.GetDiagnostics().Where(static found => found.Severity == DiagnosticSeverity.Error && found.Id != WithoutGenerator),
            Is.Empty
        );
    }

    [Test]
    public void All_programs_of_one_file_are_found() => Assert.That(Programs().Count(), Is.EqualTo(10));

    private static string ThisFile([CallerFilePath] string file = "") => file;

    [GeneratedRegex(@"^#:include (\S+)", RegexOptions.Multiline)]
    private static partial Regex Include();
}
