using System.Collections.Immutable;
using System.Text;
using HotPathGen.Generator.Emission;
using HotPathGen.Generator.Models;
using HotPathGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator;

/// <summary>
/// Writes the bodies of pairs, the table of a measured assembly's hot methods, and, where production code calls it, the
/// <c>HotPath</c> that does nothing.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class HotPathGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<bool> measured = context.ParseOptionsProvider
            .Select(static (options, _) => Parser.IsMeasured(options))
            .WithTrackingName(Steps.Measured);

        IncrementalValuesProvider<HotFileModel> written = context.SyntaxProvider
            .ForAttributeWithMetadataName(Parser.InstrumentAttribute, MayHoldPairs, Parser.Written)
            .SelectMany(static (pairs, _) => pairs)
            .WithTrackingName(Steps.WrittenPairs);

        IncrementalValuesProvider<HotFileModel> unmeasured = context.SyntaxProvider
            .ForAttributeWithMetadataName(Parser.DoNotInstrumentAttribute, static (node, _) => IsPair(node), Parser.Unmeasured)
            .SelectMany(static (pairs, _) => pairs)
            .WithTrackingName(Steps.UnmeasuredPairs);

        IncrementalValuesProvider<(HotFileModel? Pair, bool IsHot)> pooledPairs = context.SyntaxProvider
            .ForAttributeWithMetadataName(PooledRequest.Attribute, static (node, _) => node is ParameterSyntax, Parser.Pooled)
            .WithTrackingName(Steps.PooledPairs);

        IncrementalValuesProvider<HotFileModel> pooled = pooledPairs
            .Where(static pair => pair is { Pair: not null, IsHot: false })
            .Select(static (pair, _) => pair.Pair!);

        IncrementalValuesProvider<HotFileModel> hotPooled = pooledPairs
            .Where(static pair => pair is { Pair: not null, IsHot: true })
            .Select(static (pair, _) => pair.Pair!);

        IncrementalValuesProvider<HotFileModel> prepared = context.CompilationProvider
            .SelectMany(PreparedFiles.Of)
            .WithTrackingName(Steps.PreparedFiles);

        IncrementalValueProvider<EquatableArray<MethodModel>> methods = written.Collect().Combine(prepared.Collect()).Combine(hotPooled.Collect())
            .Select(static (sets, _) => Sorted(sets.Left.Left.AddRange(sets.Left.Right).AddRange(sets.Right)))
            .WithTrackingName(Steps.Methods);

        IncrementalValueProvider<EquatableArray<PlainModel>> plain = context.AdditionalTextsProvider
            .Where(Parser.IsCoverage)
            .Select(Parser.Coverage)
            .Collect()
            .Select(static (files, _) => files.FirstOrDefault())
            .WithTrackingName(Steps.Coverage);

        IncrementalValueProvider<(string? Assembly, string? Directory)> project = context.CompilationProvider
            .Select(static (compilation, _) => compilation.AssemblyName)
            .Combine(context.AnalyzerConfigOptionsProvider.Select(static (options, _) =>
                options.GlobalOptions.TryGetValue(Parser.ProjectDirectoryOption, out string? directory) ? Parser.ProjectDirectory(directory) : null))
            .WithTrackingName(Steps.Project);

        IncrementalValueProvider<bool> callsApi = context.CompilationProvider
            .Select(UnmeasuredApi.IsMissing)
            .WithTrackingName(Steps.ApiCalls);

        IncrementalValueProvider<bool> needsList = NeedsList(written).Combine(NeedsList(unmeasured)).Combine(NeedsList(pooled)).Combine(NeedsList(hotPooled))
            .Select(static (needs, _) => needs.Left.Left.Left || needs.Left.Left.Right || needs.Left.Right || needs.Right)
            .WithTrackingName(Steps.PooledLists);

        foreach (IncrementalValuesProvider<HotFileModel> files in (IncrementalValuesProvider<HotFileModel>[])[written, prepared, hotPooled, unmeasured, pooled])
        {
            context.RegisterSourceOutput(Files(files), static (output, file) => Add(output, file.Name, file.Text));
        }

        context.RegisterSourceOutput(methods.Combine(plain).Combine(project).Combine(measured), static (output, source) =>
        {
            var (((methods, plain), (assembly, directory)), measured) = source;
            if (measured)
            {
                Add(output, "HotPathMethods", MethodsEmitter.Emit(assembly ?? "", directory ?? "", methods, plain));
            }
        });
        context.RegisterSourceOutput(needsList, static (output, needed) =>
        {
            if (needed)
            {
                Add(output, PooledRequest.ListName, PooledListEmitter.Text);
            }
        });
        context.RegisterSourceOutput(callsApi, static (output, called) =>
        {
            if (called)
            {
                Add(output, "HotPath", ApiEmitter.Text);
            }
        });
    }

    /// <summary>The root of a file stands for attributes on the assembly.</summary>
    private static bool MayHoldPairs(SyntaxNode node, CancellationToken cancellation) => node is TypeDeclarationSyntax or CompilationUnitSyntax || IsPair(node);

    private static bool IsPair(SyntaxNode node) =>
        node is MethodDeclarationSyntax { Body: null, ExpressionBody: null } method && method.Modifiers.Any(SyntaxKind.PartialKeyword);

    private static EquatableArray<MethodModel> Sorted(ImmutableArray<HotFileModel> files) =>
        new([.. files.SelectMany(file => file.Methods).OrderBy(method => method.Id, StringComparer.Ordinal).ThenBy(method => method.Key, StringComparer.Ordinal)]);

    /// <summary>Without places: in production, a line more above a pair does not write it anew.</summary>
    private static IncrementalValuesProvider<GeneratedFile> Files(IncrementalValuesProvider<HotFileModel> files) => files
        .Where(static file => file.File is not null)
        .Select(static (file, _) => file.File!)
        .WithTrackingName(Steps.Files);

    /// <summary>Whether a pair takes a list whose type is not there yet.</summary>
    private static IncrementalValueProvider<bool> NeedsList(IncrementalValuesProvider<HotFileModel> pairs) => pairs
        .Where(static pair => pair.NeedsList)
        .Collect()
        .Select(static (users, _) => users.Length > 0);

    private static void Add(SourceProductionContext output, string name, string text) =>
        output.AddSource($"{name}.g.cs", SourceText.From(text, Encoding.UTF8));
}
