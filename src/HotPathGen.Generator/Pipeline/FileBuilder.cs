using HotPathGen.Generator.Emission;
using HotPathGen.Generator.Models;
using HotPathGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.Pipeline;

/// <summary>Collects the content of one generated file: the marked methods of a source file, or a pair that the user wrote.</summary>
internal sealed class FileBuilder(SyntaxTree source, bool isHot)
{
    public bool IsHot => isHot;

    public List<HotMethodModel> Methods { get; } = [];

    /// <summary>The pair of each method; null for a method that is not a pair.</summary>
    public List<HotPair?> Pairs { get; } = [];

    public List<ParsedBody> InstrumentedBodies { get; } = [];

    public string? Name { get; set; }

    public bool HasCopies => InstrumentedBodies.Exists(static instrumented => instrumented.Instrumented is not null);

    public bool NeedsList => File(measured: true)?.NeedsList == true;

    public void Add((HotMethodModel Model, HotPair? Pair) method)
    {
        Methods.Add(method.Model);
        Pairs.Add(method.Pair);
        InstrumentedBodies.Add(ParsedBody.None);
    }

    public void Take(int index, ParsedBody instrumented)
    {
        InstrumentedBodies[index] = instrumented;
        Methods[index] = Parser.WithBody(Pairs[index]!, instrumented);
    }

    /// <summary>The file as the compiler will see it; null if no method of it is one of a pair.</summary>
    public SyntaxTree? Tree(bool measured, CancellationToken cancellation) =>
        File(measured && isHot) is { } file
            ? CSharpSyntaxTree.ParseText(SourceText.From(FileEmitter.Emit(file)), (CSharpParseOptions)source.Options, cancellationToken: cancellation)
            : null;

    public HotFileModel Model()
    {
        var file = File(measured: true);
        string? sites = file is null ? null : FileEmitter.SitesKey(file);
        return new(new([.. Methods.Select(method => method.Instrumented is null ? method.Method : method.Method with { SitesKey = sites })]), file);
    }

    private PairFileModel? File(bool measured)
    {
        WrittenPairModel[] pairs = [.. Methods.Select(static method => method.Written).OfType<WrittenPairModel>()];
        return pairs.Length == 0 ? null : new(Name ?? Methods[0].Method.Key, measured, new([.. pairs]));
    }
}
