using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using HotPathGen.Generator;
using HotPathGen.Prepare;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Tests.Prepare;

/// <summary>A project that is compiled with the generator, from its sources or from the copies that prepare makes.</summary>
internal sealed class ProjectBuild
{
    private static readonly SymbolDisplayFormat s_name = SymbolDisplayFormat.CSharpErrorMessageFormat;

    private readonly CSharpCompilation _compilation;

    private ProjectBuild(CSharpCompilation compilation) => _compilation = compilation;

    public static ProjectBuild Production(TemporaryProject project, bool optimized = false, MetadataReference? runtime = null) =>
        Generate(
            project,
            Compilation(
                project,
                project.Sources.Distinct().Select(source => Path.GetFullPath(source, project.Folder)),
                Options(project, measured: false),
                optimized,
                runtime
            ),
            []
        );

    /// <summary>Prepares, generates and compiles.</summary>
    public static ProjectBuild Measured(TemporaryProject project, bool optimized = false, MetadataReference? runtime = null)
    {
        project.Run();
        return Generate(
            project,
            Compilation(project, project.Compiled(), Options(project, measured: true), optimized, runtime),
            [new CoverageFile(Path.Combine(project.Output, "coverage.txt"))]
        );
    }

    public IEnumerable<SyntaxTree> Trees => _compilation.SyntaxTrees;

    /// <summary>The methods that prepare marked, without initializers, by type and parameters.</summary>
    public string[] Prepared() =>
        [
            .. from tree in _compilation.SyntaxTrees
            from attribute in tree.GetRoot().DescendantNodes().OfType<AttributeSyntax>()
            where attribute.Name.ToString() == "global::HotPathGen.Runtime.Prepared"
            let member = _compilation.GetSemanticModel(tree).GetDeclaredSymbol(attribute.Parent!.Parent!)
            where member is IMethodSymbol
            select member.ToDisplayString(s_name),
        ];

    /// <summary>Errors, and warnings of every level that a project could turn on.</summary>
    public string[] Complaints(DiagnosticSeverity from) =>
        [
            .. _compilation
                .GetDiagnostics()
                .Where(diagnostic => diagnostic.Severity >= from && !diagnostic.IsSuppressed)
                .Select(diagnostic => $"{diagnostic}: {Line(diagnostic.Location)}"),
        ];

    public (byte[] Image, byte[] Symbols) Emit()
    {
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = _compilation.Emit(image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        Assert.That(
            result.Success,
            Is.True,
            string.Join(
                '\n',
                result
                    .Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                    .Select(diagnostic => $"{diagnostic}: {Line(diagnostic.Location)}")
            )
        );
        return (image.ToArray(), symbols.ToArray());
    }

    /// <summary>Runs <c>Sample.Run()</c> in a load context of its own.</summary>
    public SampleRun Run()
    {
        (byte[] image, byte[] symbols) = Emit();
        var context = new AssemblyLoadContext(name: null, isCollectible: true);
        try
        {
            var runtime = context.LoadFromStream(new MemoryStream(StandInRuntime.Image));
            context.Resolving += (_, name) => name.Name == "HotPathGen" ? runtime : null;
            var assembly = context.LoadFromStream(new MemoryStream(image), new MemoryStream(symbols));
            string said = Say(assembly);
            var journal = runtime.GetType("HotPathGen.Runtime.Journal")!;
            return new(
                said,
                (string[])journal.GetMethod("Lines")!.Invoke(null, null)!,
                (int)journal.GetProperty("Open")!.GetValue(null)!,
                (string[])runtime.GetType("HotPathGen.Runtime.HotMethod")!.GetMethod("Registered")!.Invoke(null, null)!
            );
        }
        finally
        {
            context.Unload();
        }
    }

    private static string Say(Assembly assembly)
    {
        var run = assembly.GetType("Sample")!.GetMethod("Run", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
        try
        {
            return run.Invoke(null, null) switch
            {
                Task<string> task => task.GetAwaiter().GetResult(),
                string text => text,
                var other => throw new InvalidOperationException($"Sample.Run answered {other}"),
            };
        }
        catch (TargetInvocationException exception)
        {
            return $"{exception.InnerException!.GetType()}: {exception.InnerException.Message}";
        }
    }

    private static ProjectBuild Generate(TemporaryProject project, CSharpCompilation compilation, ImmutableArray<AdditionalText> additional)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new HotPathGenerator().AsSourceGenerator()],
            additional,
            (CSharpParseOptions)compilation.SyntaxTrees.First().Options
        );
        driver.RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var diagnostics);
        Assert.That(diagnostics, Is.Empty);
        return new((CSharpCompilation)generated);
    }

    private static CSharpParseOptions Options(TemporaryProject project, bool measured)
    {
        var options = project.Request().ParseOptions;
        return measured ? options : options.WithPreprocessorSymbols(options.PreprocessorSymbolNames.Except(["HOTPATH_INSTRUMENTATION"]));
    }

    private static CSharpCompilation Compilation(
        TemporaryProject project,
        IEnumerable<string> files,
        CSharpParseOptions options,
        bool optimized,
        MetadataReference? runtime
    )
    {
        var request = project.Request();
        var trees = files.Select(path =>
        {
            using var stream = File.OpenRead(path);
            return CSharpSyntaxTree.ParseText(SourceText.From(stream, checksumAlgorithm: request.ChecksumAlgorithm), options, path);
        });
        bool program = project.Sources.Contains("Program.cs");
        return CSharpCompilation.Create(
            "Sample",
            trees,
            [
                .. StandInRuntime.Framework,
                runtime ?? StandInRuntime.Reference,
                .. project.References.Select(path => MetadataReference.CreateFromFile(Path.GetFullPath(path, project.Folder))),
            ],
            new CSharpCompilationOptions(
                program ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: optimized ? OptimizationLevel.Release : OptimizationLevel.Debug,
                allowUnsafe: true,
                warningLevel: 9999,
                nullableContextOptions: NullableContextOptions.Enable,
                sourceReferenceResolver: SourceFileResolver.Default,
                deterministic: true
            )
        );
    }

    private static string Line(Location location) =>
        location.SourceTree is { } tree ? tree.GetText().Lines[location.GetLineSpan().StartLinePosition.Line].ToString().Trim() : "";

    private sealed class CoverageFile(string path) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(File.ReadAllText(path));
    }
}

/// <summary>The result of a sample, the frames that it opened, and the methods that it registered.</summary>
internal sealed record SampleRun(string Said, string[] Journal, int Open, string[] Registered);
