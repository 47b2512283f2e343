extern alias prepare;

using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Prepare = prepare::HotPathGen.Prepare;
using PreparedSyntax = prepare::HotPathGen.Syntax;

namespace HotPathGen.Generator.Tests;

/// <summary>
/// One project in memory, built as the package builds a user's project: prepared if it is measured, then generated and compiled.
/// </summary>
internal sealed class Build
{
    public const string Folder = "/src/";

    /// <summary>The usings that samples do not write themselves.</summary>
    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Runtime.CompilerServices;
        global using System.Threading.Tasks;
        global using HotPathGen;
        """;

    private static readonly string s_framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private static readonly ImmutableArray<MetadataReference> s_frameworkReferences = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetDirectoryName(path) == s_framework)
        .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
        .ToImmutableArray();

    private static readonly MetadataReference s_runtime = MetadataReference.CreateFromFile(typeof(HotPath).Assembly.Location);
    private static readonly Lazy<MetadataReference> s_attributes = new(CompileAttributes);
    private static readonly Lazy<HashSet<string>> s_nameTakers = new(() =>
        [
            .. s_frameworkReferences
                .OfType<PortableExecutableReference>()
                .SelectMany(reference => Prepare.AssemblyFacts.NameTakers(reference.FilePath!, "Sample")),
        ]
    );

    private Build(CSharpCompilation input, GeneratorDriver driver)
    {
        Input = input;
        Driver = driver.RunGeneratorsAndUpdateCompilation(input, out var output, out var reported);
        Output = (CSharpCompilation)output;
        Assert.That(reported, Is.Empty, "the generator reports nothing; analyzers do");
        Assert.That(Result.Exception, Is.Null);
    }

    /// <summary>The compilation before the generator ran.</summary>
    public CSharpCompilation Input { get; }

    /// <summary>The same compilation with the files that the generator wrote.</summary>
    public CSharpCompilation Output { get; }

    public GeneratorDriver Driver { get; }

    public GeneratorRunResult Result => Driver.GetRunResult().Results[0];

    public ImmutableArray<AdditionalText> AdditionalTexts { get; private init; } = [];

    /// <summary>Generated files by hint name, in ordinal order.</summary>
    public IReadOnlyList<(string Name, string Text)> Files =>
        [
            .. Result
                .GeneratedSources.Select(source => (source.HintName, source.SourceText.ToString()))
                .OrderBy(file => file.HintName, StringComparer.Ordinal),
        ];

    public static Build Production(params string[] sources) => Of(new Project(sources));

    public static Build Measured(params string[] sources) => Of(new Project(sources) { IsMeasured = true });

    public static Build Of(Project project)
    {
        var options = new CSharpParseOptions(
            project.Language,
            DocumentationMode.Diagnose,
            preprocessorSymbols:
            [
                .. project.IsMeasured ? ["HOTPATH_INSTRUMENTATION"] : Array.Empty<string>(),
                .. project.IsMeasured && project.InstrumentsAll ? ["HOTPATH_INSTRUMENTATION_ALL"] : Array.Empty<string>(),
            ]
        );
        var files = project
            .Sources.Select((text, i) => (Path: $"{Folder}{(project.Sources.Count == 1 ? "Sample" : $"Sample{i + 1}")}.cs", Text: text))
            .ToList();
        ImmutableArray<AdditionalText> additional = [];
        if (project.IsMeasured)
        {
            (files, string coverage) = PrepareAll(files, options, project);
            additional = [new CoverageText(coverage)];
        }

        if (project.HasGlobalUsings)
        {
            files.Add((Folder + "GlobalUsings.cs", GlobalUsings));
        }

        var compilation = CSharpCompilation.Create(
            project.Name,
            files.Select(file => CSharpSyntaxTree.ParseText(SourceText.From(file.Text, Encoding.UTF8), options, file.Path)),
            [.. s_frameworkReferences, project.IsMeasured ? s_runtime : s_attributes.Value, .. project.References],
            new CSharpCompilationOptions(
                project.Output,
                optimizationLevel: project.IsOptimized ? OptimizationLevel.Release : OptimizationLevel.Debug,
                deterministic: true,
                checkOverflow: project.ChecksOverflow,
                allowUnsafe: project.AllowsUnsafe,
                nullableContextOptions: project.Nullable,
                warningLevel: 9999,
                specificDiagnosticOptions: [KeyValuePair.Create("CS1701", ReportDiagnostic.Suppress)]
            )
        );
        return new(compilation, CreateDriver(options, additional, project.OtherGenerators)) { AdditionalTexts = additional };
    }

    public static GeneratorDriver CreateDriver(
        CSharpParseOptions options,
        IEnumerable<AdditionalText> additional,
        IEnumerable<ISourceGenerator> others
    ) =>
        CSharpGeneratorDriver.Create(
            [new HotPathGenerator().AsSourceGenerator(), .. others],
            additional,
            options,
            new ProjectOptions(),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)
        );

    /// <summary>
    /// Checks that there is no error and no warning, with all warnings on. Only CS1591 is allowed in samples: public members without documentation.
    /// </summary>
    public Build MustCompile()
    {
        Diagnostic[] found = [.. Output.GetDiagnostics().Where(IsFinding)];
        Assert.That(found, Is.Empty, () => Explain(found));
        return this;
    }

    /// <summary>Compiles to an assembly and loads it. It is unloaded when the caller disposes it.</summary>
    public LoadedSample Load()
    {
        using var image = new MemoryStream();
        Diagnostic[] found = [.. Output.Emit(image).Diagnostics.Where(IsFinding)];
        Assert.That(found, Is.Empty, () => Explain(found));
        return new(Output.AssemblyName!, image.ToArray());
    }

    /// <summary>Prints, for a reader, everything that the compiler got from the samples and the generator.</summary>
    public string Print(bool withTable = true, bool withList = true)
    {
        var text = new StringBuilder();
        // The text of builders has a test of its own.
        foreach (var tree in Input.SyntaxTrees.Where(tree => Path.GetFileName(tree.FilePath) is not ("GlobalUsings.cs" or "builders.cs")))
        {
            text.Append("//// ").Append(tree.FilePath).Append('\n').Append(tree.ToString().ReplaceLineEndings("\n")).Append("\n\n");
        }

        foreach (
            var (name, content) in Files.Where(file =>
                (withTable || file.Name != "HotPathMethods.g.cs") && (withList || file.Name != "PooledList.g.cs")
            )
        )
        {
            text.Append("//// ").Append(name).Append('\n').Append(content).Append('\n');
        }

        return text.ToString();
    }

    private static bool IsFinding(Diagnostic diagnostic) =>
        diagnostic is { Severity: >= DiagnosticSeverity.Warning, IsSuppressed: false }
        && !(diagnostic.Id == "CS1591" && diagnostic.Location.SourceTree?.FilePath.StartsWith(Folder, StringComparison.Ordinal) == true);

    private string Explain(IReadOnlyCollection<Diagnostic> diagnostics) => string.Join('\n', diagnostics) + "\n\n" + Print();

    private static (List<(string Path, string Text)> Files, string Coverage) PrepareAll(
        List<(string Path, string Text)> files,
        CSharpParseOptions options,
        Project project
    )
    {
        bool everything = project.InstrumentsAll;
        var sources = files.ConvertAll(file => new Prepare.SourceFile(
            file.Path,
            SourceText.From(file.Text, Encoding.UTF8, SourceHashAlgorithm.Sha256),
            options
        ));
        var facts = sources.ConvertAll(Prepare.FileFacts.Of);
        var types = new Dictionary<string, bool>(facts.SelectMany(file => file.Types), StringComparer.Ordinal);
        var scope = new PreparedSyntax.HotScope(everything, facts.Select(file => file.Assembly).LastOrDefault(verdict => verdict is not null), types);
        var nameTakers = new HashSet<string>(s_nameTakers.Value, StringComparer.Ordinal);
        nameTakers.UnionWith(facts.SelectMany(file => file.NameTakers));

        var compilation = new Lazy<CSharpCompilation>(() =>
            CSharpCompilation.Create(
                project.Name,
                [
                    .. sources.Select(source => source.Tree),
                    .. project.HasGlobalUsings ? [CSharpSyntaxTree.ParseText(GlobalUsings, options)] : Array.Empty<SyntaxTree>(),
                ],
                [.. s_frameworkReferences, s_attributes.Value, .. project.References],
                new CSharpCompilationOptions(project.Output, allowUnsafe: project.AllowsUnsafe)
            )
        );
        var prepared = sources.ConvertAll(source =>
            Prepare.PreparedFile.Prepare(source, Path.GetFileName(source.Path), scope, nameTakers, tree => compilation.Value.GetSemanticModel(tree))
        );
        string coverage =
            (everything ? PreparedSyntax.Marks.Everything + "\n" : "")
            + string.Concat(
                prepared.SelectMany(file => file.Plain).Select(method => $"{method.File}\t{method.Line}\t{method.Name}\t{method.Reason}\n")
            );
        return (
            [
                .. files.Zip(prepared, (file, copy) => copy.Copy is null ? file : ($"{Folder}obj/hotpath/{Path.GetFileName(file.Path)}", copy.Copy)),
                .. Prepare.ObservingBuilder.Print(prepared.SelectMany(file => file.Builders)) is { Length: > 0 } builders
                    ? [($"{Folder}obj/hotpath/builders.cs", builders)]
                    : Array.Empty<(string, string)>(),
            ],
            coverage
        );
    }

    private static PortableExecutableReference CompileAttributes()
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp14);
        var tests = typeof(Build).Assembly;
        var trees = tests
            .GetManifestResourceNames()
            .Where(name => name.EndsWith("Attribute.cs", StringComparison.Ordinal))
            .Select(name =>
            {
                using var source = tests.GetManifestResourceStream(name)!;
                return CSharpSyntaxTree.ParseText(SourceText.From(source), options);
            });
        var compilation = CSharpCompilation.Create(
            "HotPathGen",
            trees,
            s_frameworkReferences,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
        using var image = new MemoryStream();
        Assert.That(compilation.Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    /// <summary>The project's properties that the package makes visible to the generator.</summary>
    private sealed class ProjectOptions : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, out string value)
            {
                value = key == "build_property.hotpathprojectdirectory" ? Convert.ToBase64String(Encoding.UTF8.GetBytes(Folder)) : "";
                return value.Length > 0;
            }
        }
    }

    private sealed class CoverageText(string text) : AdditionalText
    {
        public override string Path => Folder + "obj/hotpath/coverage.txt";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, Encoding.UTF8);
    }
}
