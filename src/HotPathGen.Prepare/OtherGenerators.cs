using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPathGen.Prepare;

/// <summary>A file that another generator wrote.</summary>
/// <param name="Path">Its path below the folder of generated files.</param>
/// <param name="Tree">Its text.</param>
internal sealed record GeneratedSource(string Path, SyntaxTree Tree);

/// <summary>What the project's other generators made from the sources, and what is known about their assemblies.</summary>
/// <param name="Sources">The generated files, in the order in which the compiler would add them.</param>
/// <param name="Analyzers">The assemblies without a generator, which the compiler may still load.</param>
/// <param name="Suppressed">The warnings that suppressors in any of the assemblies could suppress.</param>
/// <param name="Reports">The reports of the generators, in the form that MSBuild turns into warnings and errors.</param>
/// <param name="Compilation">The project with the generated files. It has none where prepare does not run other generators.</param>
internal sealed record OtherSources(
    IReadOnlyList<GeneratedSource> Sources,
    IReadOnlyList<string> Analyzers,
    IReadOnlyList<string> Suppressed,
    IReadOnlyList<string> Reports,
    Lazy<Compilation?> Compilation
)
{
    public static readonly OtherSources None = new([], [], [], [], new(() => null));
}

/// <summary>
/// Runs the project's other generators on the sources as the user wrote them. So whatever they look up by body, by place or by path is the same
/// as in production builds. The compiler then gets the files that they wrote instead of the generators.
/// </summary>
internal static class OtherGenerators
{
    /// <summary>The SDK's own rules. They contain no suppressor for a warning of the compiler.</summary>
    private static readonly string[] s_sdkRules =
    [
        "Microsoft.CodeAnalysis.NetAnalyzers",
        "Microsoft.CodeAnalysis.CSharp.NetAnalyzers",
        "Microsoft.CodeAnalysis.CodeStyle",
        "Microsoft.CodeAnalysis.CSharp.CodeStyle",
        "ILLink.RoslynAnalyzer",
    ];

    public static OtherSources Run(Request request, IEnumerable<SourceFile> files)
    {
        if (request.Arguments is not { } arguments)
        {
            return OtherSources.None;
        }

        string[] assemblies =
        [
            .. arguments
                .AnalyzerReferences.Select(reference => Path.GetFullPath(reference.FilePath, request.Project))
                .Distinct(StringComparer.Ordinal)
                .Where(path => path != request.OwnGenerator && File.Exists(path)),
        ];
        var loader = new AnalyzerLoader(Path.GetDirectoryName(typeof(Compilation).Assembly.Location)!);
        foreach (string assembly in assemblies)
        {
            loader.AddDependencyLocation(assembly);
        }

        var generators = new List<ISourceGenerator>();
        var analyzers = new List<string>();
        var suppressed = new SortedSet<string>(StringComparer.Ordinal);
        var reports = new List<string>();
        foreach (string assembly in assemblies)
        {
            var reference = new AnalyzerFileReference(assembly, loader);
            reference.AnalyzerLoadFailed += (_, failure) => reports.AddRange(Failed(assembly, failure));
            var found = reference.GetGenerators(LanguageNames.CSharp);
            generators.AddRange(found);
            if (found.IsEmpty)
            {
                analyzers.Add(assembly);
            }

            if (!s_sdkRules.Contains(Path.GetFileNameWithoutExtension(assembly)))
            {
                suppressed.UnionWith(
                    reference
                        .GetAnalyzers(LanguageNames.CSharp)
                        .OfType<DiagnosticSuppressor>()
                        .SelectMany(suppressor => suppressor.SupportedSuppressions)
                        .Select(suppression => suppression.SuppressedDiagnosticId)
                );
            }
        }

        var others =
            generators.Count > 0
                ? Run(request, arguments, files, generators)
                : OtherSources.None with
                {
                    Compilation = new(() => Compile(request, arguments, files, BuildOptions.Read(arguments.AnalyzerConfigPaths))),
                };
        return others with { Analyzers = analyzers, Suppressed = [.. suppressed], Reports = [.. reports.Distinct(), .. others.Reports] };
    }

    /// <summary>
    /// The compiler's message about an assembly that cannot be loaded. In production builds the compiler loads the assembly and reports this itself.
    /// </summary>
    private static IEnumerable<string> Failed(string assembly, AnalyzerLoadFailureEventArgs failure) =>
        failure.ErrorCode switch
        {
            AnalyzerLoadFailureEventArgs.FailureErrorCode.UnableToLoadAnalyzer =>
            [
                $"CSC : warning CS8034: Unable to load Analyzer assembly {assembly} : {failure.Message.ReplaceLineEndings(" ")}",
            ],
            AnalyzerLoadFailureEventArgs.FailureErrorCode.UnableToCreateAnalyzer =>
            [
                $"CSC : warning CS8032: An instance of analyzer {failure.TypeName} cannot be created from {assembly} : "
                    + $"{failure.Message.ReplaceLineEndings(" ")}",
            ],
            AnalyzerLoadFailureEventArgs.FailureErrorCode.ReferencesNewerCompiler =>
            [
                $"CSC : warning CS9057: The analyzer assembly {assembly} references version {failure.ReferencedCompilerVersion} of the compiler, "
                    + $"which is newer than the one that runs",
            ],
            _ => [],
        };

    /// <summary>The project as it is compiled in production, without what other generators add.</summary>
    private static CSharpCompilation Compile(
        Request request,
        CSharpCommandLineArguments arguments,
        IEnumerable<SourceFile> files,
        BuildOptions options
    ) =>
        CSharpCompilation.Create(
            arguments.CompilationName,
            files.Select(file => file.Tree),
            arguments
                .MetadataReferences.Select(reference => (Path: Path.GetFullPath(reference.Reference, request.Project), reference.Properties))
                .Where(reference => File.Exists(reference.Path))
                .Select(reference => MetadataReference.CreateFromFile(reference.Path, reference.Properties)),
            arguments.CompilationOptions.WithSyntaxTreeOptionsProvider(options.Severities).WithSourceReferenceResolver(request.PathResolver)
        );

    private static OtherSources Run(
        Request request,
        CSharpCommandLineArguments arguments,
        IEnumerable<SourceFile> files,
        List<ISourceGenerator> generators
    )
    {
        var options = BuildOptions.Read(arguments.AnalyzerConfigPaths);
        var compilation = Compile(request, arguments, files, options);

        // Generated files have paths in production too.
        string folder = Path.GetFullPath(arguments.GeneratedFilesOutputDirectory ?? arguments.OutputDirectory, request.Project);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            generators,
            arguments.AdditionalFiles.Select(file => new AdditionalFile(file.Path)),
            arguments.ParseOptions,
            options,
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: false, baseDirectory: folder)
        );
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out var complete, out var reported);
        return OtherSources.None with
        {
            Compilation = new(() => complete),
            Sources =
            [
                .. driver
                    .GetRunResult()
                    .Results.Where(result => result.Exception is null)
                    .SelectMany(result => result.GeneratedSources)
                    .Select(source => new GeneratedSource(Path.GetRelativePath(folder, source.SyntaxTree.FilePath), source.SyntaxTree)),
            ],
            Reports =
            [
                .. reported
                    .Where(diagnostic => diagnostic is { Severity: >= DiagnosticSeverity.Warning, IsSuppressed: false })
                    .Select(diagnostic => CSharpDiagnosticFormatter.Instance.Format(diagnostic, CultureInfo.InvariantCulture)),
            ],
        };
    }
}
