using System.Collections.Immutable;
using System.Text;
using HotPathGen.Generator.Emission;
using HotPathGen.Generator.Models;
using HotPathGen.Generator.Parsing;
using HotPathGen.Generator.Pipeline;
using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator;

/// <summary>
/// Generates the bodies of pairs and the table of a measured assembly's hot methods. If production code calls <c>HotPath</c>, it also generates a
/// <c>HotPath</c> that does nothing.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class HotPathGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var build = context
            .AdditionalTextsProvider.Where(MeasuredBuild.IsCoverage)
            .Select(MeasuredBuild.Coverage)
            .Collect()
            .Select(static (files, _) => files.FirstOrDefault());

        var kind = build
            .Select(
                static (build, _) =>
                    build switch
                    {
                        null => BuildKind.Production,
                        { Everything: true } => BuildKind.MeasuredAll,
                        _ => BuildKind.Measured,
                    }
            )
            .WithTrackingName(Steps.Measured);

        var plain = build.Select(static (build, _) => build?.Plain ?? default).WithTrackingName(Steps.Coverage);

        var written = context
            .SyntaxProvider.ForAttributeWithMetadataName(HotSymbols.InstrumentAttribute, MayHoldPairs, Parser.Written)
            .SelectMany(static (pairs, _) => pairs)
            .WithTrackingName(Steps.WrittenPairs)
            .Combine(kind)
            .Where(static pair => pair.Right == BuildKind.Production)
            .Select(static (pair, _) => pair.Left);

        var unmeasured = context
            .SyntaxProvider.ForAttributeWithMetadataName(
                HotSymbols.DoNotInstrumentAttribute,
                static (node, _) => WrittenPairs.IsDeclaration(node),
                Parser.Written
            )
            .SelectMany(static (pairs, _) => pairs)
            .WithTrackingName(Steps.UnmeasuredPairs);

        var pooled = context
            .SyntaxProvider.ForAttributeWithMetadataName(PooledRequest.Attribute, static (node, _) => node is ParameterSyntax, Parser.Pooled)
            .WithTrackingName(Steps.PooledPairs)
            .Combine(kind)
            .Where(static pair => pair is { Left.Pair: not null } && !(pair is { Left.MayBeHot: true, Right: BuildKind.MeasuredAll }))
            .Select(static (pair, _) => pair.Left.Pair!);

        // What is measured depends on all bodies of the compilation. That is acceptable, because nobody types while a measured build runs.
        var measured = context
            .CompilationProvider.Combine(kind)
            .SelectMany(
                static (source, cancellation) =>
                    source.Right == BuildKind.Production
                        ? []
                        : MeasuredFiles.Of(source.Left, everything: source.Right == BuildKind.MeasuredAll, cancellation)
            )
            .WithTrackingName(Steps.MeasuredFiles);

        var functions = measured
            .SelectMany(static (file, _) => file.Plain)
            .Collect()
            .Select(static (plain, _) => new EquatableArray<PlainModel>(plain))
            .WithTrackingName(Steps.Functions);

        var methods = measured.Collect().Select(static (files, _) => Sorted(files)).WithTrackingName(Steps.Methods);

        IncrementalValueProvider<(string? Assembly, string? Directory)> project = context
            .CompilationProvider.Select(static (compilation, _) => compilation.AssemblyName)
            .Combine(
                context.AnalyzerConfigOptionsProvider.Select(
                    static (options, _) =>
                        options.GlobalOptions.TryGetValue(MeasuredBuild.ProjectDirectoryOption, out string? directory)
                            ? MeasuredBuild.ProjectDirectory(directory)
                            : null
                )
            )
            .WithTrackingName(Steps.Project);

        var callsApi = context
            .CompilationProvider.Combine(kind)
            .Select(static (source, cancellation) => source.Right == BuildKind.Production && UnmeasuredApi.IsMissing(source.Left, cancellation))
            .WithTrackingName(Steps.ApiCalls);

        var needsList = NeedsList(written)
            .Combine(NeedsList(unmeasured))
            .Combine(NeedsList(pooled))
            .Combine(NeedsList(measured))
            .Select(static (needs, _) => needs.Left.Left.Left || needs.Left.Left.Right || needs.Left.Right || needs.Right)
            .WithTrackingName(Steps.PooledLists);

        var table = methods
            .Combine(plain.Combine(functions).Select(static (plain, _) => new EquatableArray<PlainModel>([.. plain.Left, .. plain.Right])))
            .Combine(project)
            .Combine(kind)
            .Select(
                static (source, _) =>
                {
                    var (((methods, plain), (assembly, directory)), kind) = source;
                    return kind == BuildKind.Production ? null : new TableModel(assembly ?? "", directory ?? "", methods, plain);
                }
            )
            .WithTrackingName(Steps.Table);

        // All values above are models. Here they become text, and nothing but the models is read.
        foreach (var files in (IncrementalValuesProvider<HotFileModel>[])[written, measured, unmeasured, pooled])
        {
            Write(context, Files(files).SelectMany(static (file, _) => FileEmitter.Files(file)));
        }

        Write(context, table.Select(static (table, _) => table is null ? null : new GeneratedFile("HotPathMethods", MethodsEmitter.Emit(table))));
        Write(context, needsList.Select(static (needed, _) => needed ? new GeneratedFile(PooledRequest.ListName, PooledListEmitter.Text) : null));
        Write(context, callsApi.Select(static (called, _) => called ? new GeneratedFile("HotPath", ApiEmitter.Text) : null));
    }

    private static void Write(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<GeneratedFile> files) =>
        context.RegisterSourceOutput(files.WithTrackingName(Steps.Emission), Add);

    private static void Write(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<GeneratedFile?> file) =>
        context.RegisterSourceOutput(file.WithTrackingName(Steps.Emission), static (output, file) =>
        {
            if (file is not null)
            {
                Add(output, file);
            }
        });

    private static void Add(SourceProductionContext output, GeneratedFile file) =>
        output.AddSource($"{file.Name}.g.cs", SourceText.From(file.Text, Encoding.UTF8));

    /// <summary>Whether a node may hold pairs. The root of a file stands for attributes on the assembly.</summary>
    private static bool MayHoldPairs(SyntaxNode node, CancellationToken cancellation) =>
        node is TypeDeclarationSyntax or CompilationUnitSyntax || WrittenPairs.IsDeclaration(node);

    private static EquatableArray<MethodModel> Sorted(ImmutableArray<HotFileModel> files) =>
        new([
            .. files
                .SelectMany(file => file.Methods)
                .OrderBy(method => method.Id, StringComparer.Ordinal)
                .ThenBy(method => method.Key, StringComparer.Ordinal),
        ]);

    private static IncrementalValuesProvider<PairFileModel> Files(IncrementalValuesProvider<HotFileModel> files) =>
        files.Where(static file => file.File is not null).Select(static (file, _) => file.File!).WithTrackingName(Steps.Files);

    /// <summary>Whether a pair takes a list whose type does not exist yet.</summary>
    private static IncrementalValueProvider<bool> NeedsList(IncrementalValuesProvider<HotFileModel> pairs) =>
        pairs.Where(static pair => pair.File?.NeedsList == true).Collect().Select(static (users, _) => users.Length > 0);

    private enum BuildKind
    {
        Production,
        Measured,
        MeasuredAll,
    }
}
