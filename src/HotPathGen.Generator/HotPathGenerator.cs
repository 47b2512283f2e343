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

        IncrementalValuesProvider<HotMethodModel> written = context.SyntaxProvider
            .ForAttributeWithMetadataName(Parser.InstrumentAttribute, MayHoldPairs, Parser.Written)
            .SelectMany(static (pairs, _) => pairs)
            .WithTrackingName(Steps.WrittenPairs);

        IncrementalValuesProvider<HotMethodModel> unmeasured = context.SyntaxProvider
            .ForAttributeWithMetadataName(Parser.DoNotInstrumentAttribute, static (node, _) => IsPair(node), Parser.Written)
            .SelectMany(static (pairs, _) => pairs)
            .WithTrackingName(Steps.UnmeasuredPairs);

        IncrementalValuesProvider<(HotMethodModel? Method, bool IsHot)> pooledPairs = context.SyntaxProvider
            .ForAttributeWithMetadataName(PooledRequest.Attribute, static (node, _) => node is ParameterSyntax, Parser.Pooled)
            .WithTrackingName(Steps.PooledPairs);

        IncrementalValuesProvider<HotMethodModel> pooled = pooledPairs
            .Where(static pair => pair is { Method: not null, IsHot: false })
            .Select(static (pair, _) => pair.Method!);

        IncrementalValuesProvider<HotMethodModel> hotPooled = pooledPairs
            .Where(static pair => pair is { Method: not null, IsHot: true })
            .Select(static (pair, _) => pair.Method!);

        IncrementalValuesProvider<HotMethodModel> prepared = context.SyntaxProvider
            .ForAttributeWithMetadataName(Parser.PreparedAttribute, static (_, _) => true, PreparedMethods.Of)
            .Where(static method => method is not null)
            .Select(static (method, _) => method!)
            .WithTrackingName(Steps.PreparedMethods);

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

        IncrementalValueProvider<bool> callsApi = context.SyntaxProvider
            .CreateSyntaxProvider(UnmeasuredApi.IsNamed, static (name, _) => name.Node)
            .Collect()
            .Combine(context.CompilationProvider)
            .Select(static (source, cancellation) => UnmeasuredApi.IsMissing(source.Left, source.Right, cancellation))
            .WithTrackingName(Steps.ApiCalls);

        IncrementalValueProvider<bool> needsList = NeedsList(written).Combine(NeedsList(unmeasured)).Combine(NeedsList(pooled)).Combine(NeedsList(hotPooled))
            .Select(static (needs, _) => needs.Left.Left.Left || needs.Left.Left.Right || needs.Left.Right || needs.Right)
            .WithTrackingName(Steps.PooledLists);

        context.RegisterSourceOutput(Pairs(written).Combine(measured), WritePair);
        context.RegisterSourceOutput(Pairs(prepared).Combine(measured), WritePair);
        context.RegisterSourceOutput(Pairs(hotPooled).Combine(measured), WritePair);
        context.RegisterSourceOutput(Pairs(unmeasured), static (output, pair) => WritePair(output, (pair, Measured: false)));
        context.RegisterSourceOutput(Pairs(pooled), static (output, pair) => WritePair(output, (pair, Measured: false)));
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

    private static EquatableArray<MethodModel> Sorted(ImmutableArray<HotMethodModel> methods) =>
        new([.. methods.Select(method => method.Method).OrderBy(method => method.Id, StringComparer.Ordinal).ThenBy(method => method.Key, StringComparer.Ordinal)]);

    /// <summary>Without places: a line more above a pair does not print it anew.</summary>
    private static IncrementalValuesProvider<(PairModel Pair, TwinModel? Twin, string Name)> Pairs(IncrementalValuesProvider<HotMethodModel> methods) => methods
        .Where(static method => method.Pair is not null)
        .Select(static (method, _) => (method.Pair!, method.Twin, method.Method.Name))
        .WithTrackingName(Steps.Pairs);

    /// <summary>Whether a pair takes a list whose type is not there yet.</summary>
    private static IncrementalValueProvider<bool> NeedsList(IncrementalValuesProvider<HotMethodModel> methods) => methods
        .Where(static method => method.Pair?.Provision?.Buffers.Any(static buffer => buffer.NeedsList) == true)
        .Collect()
        .Select(static (users, _) => users.Length > 0);

    private static void WritePair(SourceProductionContext output, ((PairModel Pair, TwinModel? Twin, string Name) Named, bool Measured) source)
    {
        var ((pair, twin, name), measured) = source;
        Add(output, pair.Key, measured ? PairEmitter.Measure(pair, twin, name) : PairEmitter.Forward(pair, name));
    }

    private static void Add(SourceProductionContext output, string name, string text) =>
        output.AddSource($"{name}.g.cs", SourceText.From(text, Encoding.UTF8));
}
