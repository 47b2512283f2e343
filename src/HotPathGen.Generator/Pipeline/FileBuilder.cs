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
    /// <summary>The methods whose copies with frames of their functions were refused.</summary>
    private readonly HashSet<int> _refused = [];

    public bool IsHot => isHot;

    public List<HotMethodModel> Methods { get; } = [];

    /// <summary>The pair of each method; null for a method that is not a pair.</summary>
    public List<HotPair?> Pairs { get; } = [];

    public List<ParsedBody> InstrumentedBodies { get; } = [];

    /// <summary>Whether the functions in the body of each method get frames of their own.</summary>
    public List<bool> WithFunctions { get; } = [];

    public string? Name { get; set; }

    public bool HasCopies => InstrumentedBodies.Exists(static instrumented => instrumented.Instrumented is not null);

    public bool NeedsList => File(measured: true)?.NeedsList == true;

    /// <summary>The keys of the methods, and of the functions in them that have frames of their own.</summary>
    public IEnumerable<string> Keys =>
        Methods.SelectMany(static method =>
            (method.Instrumented?.Functions ?? default).Select(static function => function.Method.Key).Prepend(method.Method.Key)
        );

    /// <summary>The keys of the initializers in parts of types.</summary>
    public IEnumerable<string> InitializerKeys =>
        Methods.Where(static method => method.Method.InitializersPart > 0).Select(static method => method.Method.Key);

    public void Add((HotMethodModel Model, HotPair? Pair) method)
    {
        Methods.Add(method.Model);
        Pairs.Add(method.Pair);
        InstrumentedBodies.Add(ParsedBody.None);
        WithFunctions.Add(true);
    }

    /// <summary>Leaves out a copy that cannot be used.</summary>
    public void Refuse(int index, string reason)
    {
        if (InstrumentedBodies[index].Instrumented is { Functions.Count: > 0 })
        {
            _refused.Add(index);
        }

        Take(index, new(null, reason, null));
    }

    public void Take(int index, ParsedBody instrumented)
    {
        InstrumentedBodies[index] = instrumented;
        Methods[index] = Parser.WithBody(Pairs[index]!, instrumented);
    }

    /// <summary>Has bodies copied without frames of their functions, if their copies with them were refused. Says whether there are any.</summary>
    public bool LeaveFunctions()
    {
        bool any = false;
        for (int i = 0; i < Methods.Count; i++)
        {
            if (WithFunctions[i] && _refused.Contains(i))
            {
                WithFunctions[i] = false;
                any = true;
            }
        }

        return any;
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
        return new(
            new([.. Methods.SelectMany(method => Described(method, sites))]),
            file,
            new([.. InstrumentedBodies.SelectMany(static instrumented => instrumented.Plain)])
        );
    }

    /// <summary>A method, and the functions in it that have frames of their own.</summary>
    private static IEnumerable<MethodModel> Described(HotMethodModel method, string? sites) =>
        method.Instrumented is null
            ? [method.Method]
            :
            [
                method.Method with
                {
                    SitesKey = sites,
                },
                .. method.Instrumented.Functions.Select(function =>
                    function.Sites.Length > 0 ? function.Method with { SitesKey = sites } : function.Method
                ),
            ];

    private PairFileModel? File(bool measured)
    {
        WrittenPairModel[] pairs = [.. Methods.Select(static method => method.Written).OfType<WrittenPairModel>()];
        return pairs.Length == 0 ? null : new(Name ?? Methods[0].Method.Key, measured, new([.. pairs]));
    }
}
