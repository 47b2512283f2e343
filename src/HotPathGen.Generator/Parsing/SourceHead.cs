using System.Collections.Immutable;
using HotPathGen.Generator.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Parsing;

/// <summary>
/// A head in the user's own words, and the usings that give them meaning: for types that symbols cannot name from another
/// file, because another generator writes them or an extern alias hides them.
/// </summary>
internal static class SourceHead
{
    public static bool IsNeeded(IMethodSymbol method, Compilation compilation) => TypeParts.AnyOfHead(method, type => type is IErrorTypeSymbol
        || (type.ContainingAssembly is { } assembly && compilation.GetMetadataReference(assembly)?.Properties.Aliases is { IsEmpty: false } aliases && !aliases.Contains("global")));

    /// <param name="declaration">The method that the head is of.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="handle">A parameter before the others; empty for none.</param>
    public static string Print(MethodDeclarationSyntax declaration, string name, string handle)
    {
        IEnumerable<string> parameters = declaration.ParameterList.Parameters.Select(parameter =>
            string.Concat(parameter.Modifiers.Select(modifier => modifier.Text + " ")) + $"{Tokens(parameter.Type)} {parameter.Identifier.Text}");
        return $"{Tokens(declaration.ReturnType)} {name}{Tokens(declaration.TypeParameterList)}({string.Join(", ", handle.Length > 0 ? parameters.Prepend(handle) : parameters)})"
            + string.Concat(declaration.ConstraintClauses.Select(clause => " " + Tokens(clause)));
    }

    /// <summary>What the file says above its namespaces.</summary>
    public static EquatableArray<string> OfFile(MethodDeclarationSyntax declaration) => Usings(declaration.Ancestors().OfType<CompilationUnitSyntax>()
        .Select(file => (file.Externs, file.Usings)));

    /// <summary>What it says within them.</summary>
    public static EquatableArray<string> OfNamespaces(MethodDeclarationSyntax declaration) => Usings(declaration.Ancestors().OfType<BaseNamespaceDeclarationSyntax>()
        .Reverse().Select(space => (space.Externs, space.Usings)));

    private static EquatableArray<string> Usings(IEnumerable<(SyntaxList<ExternAliasDirectiveSyntax> Externs, SyntaxList<UsingDirectiveSyntax> Usings)> places)
    {
        var all = places.ToArray();
        return new([
            .. all.SelectMany(place => place.Externs).Select(Tokens),
            .. all.SelectMany(place => place.Usings).Where(directive => directive.GlobalKeyword.IsKind(SyntaxKind.None)).Select(Tokens),
        ]);
    }

    /// <summary>Tokens only: comments and directives stay behind.</summary>
    public static string Tokens(SyntaxNode? node) => node switch
    {
        null => "",
        IdentifierNameSyntax { Identifier: var name } => name.Text,
        PredefinedTypeSyntax { Keyword: var keyword } => keyword.Text,
        _ => string.Join(" ", node.DescendantTokens().Select(static token => token.Text)),
    };
}
