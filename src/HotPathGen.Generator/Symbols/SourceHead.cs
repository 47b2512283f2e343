using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Symbols;

/// <summary>
/// Prints a head in the user's own words. It is for types that symbols cannot name from another file, because another generator writes them or an
/// extern alias hides them.
/// </summary>
internal static class SourceHead
{
    public static bool IsNeeded(IMethodSymbol method, Compilation compilation) =>
        TypeParts.AnyOfHead(method, type =>
            type is IErrorTypeSymbol
            || (
                type.ContainingAssembly is { } assembly
                && compilation.GetMetadataReference(assembly)?.Properties.Aliases is { IsEmpty: false } aliases
                && !aliases.Contains("global")
            )
        );

    /// <param name="declaration">The method whose head is printed.</param>
    /// <param name="name">The name that the head gets.</param>
    /// <param name="handle">A parameter before the others; empty for none.</param>
    public static string Print(MethodDeclarationSyntax declaration, string name, string handle)
    {
        var parameters = declaration.ParameterList.Parameters.Select(parameter =>
            string.Concat(parameter.Modifiers.Select(modifier => modifier.Text + " ")) + $"{Tokens(parameter.Type)} {parameter.Identifier.Text}"
        );
        return $"{Tokens(declaration.ReturnType)} "
            + $"{name}{Tokens(declaration.TypeParameterList)}({string.Join(", ", handle.Length > 0 ? parameters.Prepend(handle) : parameters)})"
            + string.Concat(declaration.ConstraintClauses.Select(clause => " " + Tokens(clause)));
    }

    /// <summary>Prints only the tokens of a node, without comments and directives.</summary>
    public static string Tokens(SyntaxNode? node) =>
        node switch
        {
            null => "",
            IdentifierNameSyntax { Identifier: var name } => name.Text,
            PredefinedTypeSyntax { Keyword: var keyword } => keyword.Text,
            _ => string.Join(" ", node.DescendantTokens().Select(static token => token.Text)),
        };
}
