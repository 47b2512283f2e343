using System.Collections.Immutable;
using HotPathGen.Generator.Models;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Symbols;

/// <summary>A file with hot methods, and what these methods share. For use on one thread.</summary>
/// <param name="compilation">The compilation that the file is part of.</param>
/// <param name="tree">The file.</param>
/// <param name="model">The model of an analyzer, which has bound the file already; null to bind it here.</param>
/// <param name="intercepted">The calls that interceptors replace, with the interceptors; null if there are none.</param>
internal sealed class SourceFile(
    Compilation compilation,
    SyntaxTree tree,
    SemanticModel? model = null,
    IReadOnlyDictionary<InterceptedPlace, MethodDeclarationSyntax?>? intercepted = null
)
{
    private readonly Dictionary<SyntaxNode, EquatableArray<ScopeModel>> _scopes = [];
    private SemanticModel? _model;
    private string? _text;
    private string? _contents;
    private bool? _declaresFileTypes;

    public SyntaxTree Tree => tree;

    /// <summary>The source text. The compiler keeps a long text in pieces.</summary>
    public string Text => _text ??= tree.GetText().ToString();

    /// <summary>This file, or another of the compilation.</summary>
    public SourceFile Of(SyntaxTree other) => other == tree ? this : new(compilation, other);

    public Compilation Compilation => compilation;

    /// <summary>The shared semantic model, for declarations.</summary>
    public SemanticModel Model => _model ??= model ?? WithoutNullableAnalysis(compilation, tree);

    /// <summary>A semantic model for one body. A model keeps all that it has bound, and the next body has no use for that.</summary>
    public SemanticModel ModelOfBody() => model ?? WithoutNullableAnalysis(compilation, tree);

    /// <summary>Whether the file has types that no other file can name.</summary>
    public bool DeclaresFileTypes => _declaresFileTypes ??= Declares(((CompilationUnitSyntax)tree.GetRoot()).Members);

    /// <summary>The directives that define and undefine symbols in the file, one on each line.</summary>
    public string SymbolDirectives => FileSymbols.Directives(tree);

    /// <summary>Whether an interceptor replaces a call.</summary>
    public bool IsIntercepted(InvocationExpressionSyntax call) =>
        intercepted is { Count: > 0 } && InterceptedPlace.NameOf(call) is { } name && intercepted.ContainsKey(PlaceOf(name));

    /// <summary>The method by which another file can call the interceptor of a call; null if there is none.</summary>
    public IMethodSymbol? Interceptor(InvocationExpressionSyntax call) =>
        IsIntercepted(call)
        && intercepted![PlaceOf(InterceptedPlace.NameOf(call)!)] is { } interceptor
        && InterceptedPlace.Opened(interceptor) is { } opened
            ? Of(opened.SyntaxTree).Model.GetDeclaredSymbol(opened)
            : null;

    private InterceptedPlace PlaceOf(SimpleNameSyntax name) => new(_contents ??= InterceptedPlace.ContentsOf(tree.GetText()), name.SpanStart);

    /// <summary>The file and the namespaces round a method, with the usings that say what names mean there.</summary>
    public EquatableArray<ScopeModel> Scopes(MethodDeclarationSyntax method)
    {
        var around = method.Parent!;
        while (around is TypeDeclarationSyntax)
        {
            around = around.Parent!;
        }

        if (!_scopes.TryGetValue(around, out var scopes))
        {
            _scopes[around] = scopes = FindScopes(around);
        }

        return scopes;
    }

    private EquatableArray<ScopeModel> FindScopes(SyntaxNode innermost)
    {
        var scopes = ImmutableArray.CreateBuilder<ScopeModel>();
        foreach (var node in innermost.AncestorsAndSelf())
        {
            switch (node)
            {
                case BaseNamespaceDeclarationSyntax space:
                    scopes.Insert(0, new(SourceHead.Tokens(space.Name).Replace(" ", ""), Usings(space.Externs, space.Usings)));
                    break;
                case CompilationUnitSyntax file:
                    scopes.Insert(0, new("", Usings(file.Externs, file.Usings)));
                    break;
            }
        }

        return new(scopes.ToImmutable());

        EquatableArray<string> Usings(SyntaxList<ExternAliasDirectiveSyntax> externs, SyntaxList<UsingDirectiveSyntax> usings) =>
            new([
                .. externs.Select(SourceHead.Tokens),
                .. usings.Where(directive => directive.GlobalKeyword.IsKind(SyntaxKind.None) && !NamesFileType(directive)).Select(SourceHead.Tokens),
            ]);
    }

    private bool NamesFileType(UsingDirectiveSyntax directive) =>
        DeclaresFileTypes
        && (directive.Alias is not null || directive.StaticKeyword.IsKind(SyntaxKind.StaticKeyword))
        && Model.GetSymbolInfo(directive.NamespaceOrType).Symbol is ITypeSymbol type
        && SpeakableTypes.IsFileLocal(type);

    private static bool Declares(SyntaxList<MemberDeclarationSyntax> members) =>
        members.Any(static member =>
            member switch
            {
                BaseNamespaceDeclarationSyntax space => Declares(space.Members),
                BaseTypeDeclarationSyntax type => type.Modifiers.Any(SyntaxKind.FileKeyword),
                DelegateDeclarationSyntax type => type.Modifiers.Any(SyntaxKind.FileKeyword),
                _ => false,
            }
        );

    /// <summary>
    /// A semantic model without nullable analysis. Which values may be null decides nothing here, and finding it out takes as long as all the rest.
    /// </summary>
    public static SemanticModel WithoutNullableAnalysis(Compilation compilation, SyntaxTree tree)
    {
        try
        {
            return Ask(compilation, tree);
        }
        catch (MissingMethodException)
        {
            // The option is experimental: a later compiler may not have it.
            return compilation.GetSemanticModel(tree);
        }

#pragma warning disable RSEXPERIMENTAL001
        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static SemanticModel Ask(Compilation compilation, SyntaxTree tree) =>
            compilation.GetSemanticModel(tree, SemanticModelOptions.DisableNullableAnalysis);
#pragma warning restore RSEXPERIMENTAL001
    }
}
