using HotPathGen.Generator.Models;
using HotPathGen.Generator.Symbols;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Parsing;

/// <summary>Makes the model of the half of a pair that is generated.</summary>
internal static class PairParser
{
    /// <param name="pair">The pair.</param>
    /// <param name="probing">The name of the pair's instrumented body; null if there is none.</param>
    /// <param name="use">Which calls run the instrumented body.</param>
    public static PairModel Of(HotPair pair, string? probing, CopyUse use = CopyUse.Probing)
    {
        var (_, method, written, _, file, key, core, _, kind, measured) = pair;
        var body = kind switch
        {
            "call" => BodyKind.Call,
            "async" => BodyKind.Async,
            "iterator" => BodyKind.Iterator,
            _ => BodyKind.AsyncIterator,
        };
        var compilation = file.Compilation;
        string typeArguments = method.IsGenericMethod
            ? $"<{string.Join(", ", method.TypeParameters.Select(parameter => PairHead.Identifier(parameter.Name)))}>"
            : "";
        string arguments = string.Join(", ", method.Parameters.Select(PairHead.Argument));
        var (buffers, arena) = written is null ? default : PooledParser.Of(written, method, compilation);
        string all = string.Join(", ", method.Parameters.Select(PairHead.Argument).Concat(buffers.Select(PooledParser.Argument)));
        var declaration = (MethodDeclarationSyntax)method.DeclaringSyntaxReferences[0].GetSyntax();
        bool inSource = SourceHead.IsNeeded(method, compilation);
        var provision =
            buffers.Count == 0
                ? null
                : ProvisionParser.Of(
                    method,
                    written!,
                    compilation,
                    declaration,
                    inSource,
                    buffers,
                    arena,
                    typeArguments,
                    arguments,
                    body,
                    probing is not null
                );
        return new(
            key,
            inSource || measured ? file.Of(declaration.SyntaxTree).Scopes(declaration) : WithoutUsings(method.ContainingNamespace),
            PairHead.Types(method),
            PairHead.Modifiers(declaration) + "partial " + PairHead.Print(method, declaration, inSource, declaration.Identifier.Text),
            $"{core}{typeArguments}({all})",
            probing is null ? null : $"{probing}{typeArguments}({Handle(body, all)})",
            use,
            Returns(method),
            Inlined: PreparedMark.IsAlone(method)
                || !method
                    .GetAttributes()
                    .Any(attribute => attribute.AttributeClass?.ToDisplayString() == "System.Runtime.CompilerServices.MethodImplAttribute"),
            body,
            Annotated: declaration.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp8 },
            provision
        );
    }

    private static EquatableArray<ScopeModel> WithoutUsings(INamespaceSymbol space) =>
        new(space.IsGlobalNamespace ? [new("", default)] : [new("", default), new(space.ToDisplayString(), default)]);

    /// <summary>The argument that a body needs for its probes: a frame, the number of an async call, or nothing.</summary>
    private static string Handle(BodyKind body, string arguments)
    {
        string handle = body switch
        {
            BodyKind.Call => "__hotpath_frame",
            BodyKind.Async => "__hotpath_frame.Begin()",
            _ => "",
        };
        return handle.Length > 0 && arguments.Length > 0 ? $"{handle}, {arguments}" : handle + arguments;
    }

    private static PairReturn Returns(IMethodSymbol method) =>
        method switch
        {
            { ReturnsVoid: true } => PairReturn.Nothing,
            { ReturnsByRef: true } => PairReturn.Reference,
            { ReturnsByRefReadonly: true } => PairReturn.ReadOnlyReference,
            _ => PairReturn.Value,
        };
}
