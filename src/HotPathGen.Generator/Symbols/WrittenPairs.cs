using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Symbols;

/// <summary>Finds pairs that the user wrote.</summary>
internal static class WrittenPairs
{
    public const string Suffix = "Core";

    /// <summary>Whether a method is a partial method that waits for its body.</summary>
    public static bool IsDeclaration(IMethodSymbol method) => method.IsPartialDefinition && method.PartialImplementationPart is null;

    /// <summary>Whether a declaration is one of a partial method that waits for its body.</summary>
    public static bool IsDeclaration(SyntaxNode node) =>
        node is MethodDeclarationSyntax { Body: null, ExpressionBody: null } method && method.Modifiers.Any(SyntaxKind.PartialKeyword);

    /// <summary>
    /// The core of a declaration. It has the same name with "Core" behind it, the same result, and the same parameters, with pooled parameters behind
    /// them.
    /// </summary>
    public static IMethodSymbol? Core(IMethodSymbol method) =>
        method.ContainingType.GetMembers(method.Name + Suffix).OfType<IMethodSymbol>().FirstOrDefault(core => Matches(method, core));

    /// <summary>The declaration whose core a method is, whether the declaration has a body or not.</summary>
    public static IMethodSymbol? Declaration(IMethodSymbol core) =>
        !core.Name.EndsWith(Suffix, StringComparison.Ordinal)
            ? null
            : core
                .ContainingType.GetMembers(core.Name.Substring(0, core.Name.Length - Suffix.Length))
                .OfType<IMethodSymbol>()
                .FirstOrDefault(method => method.IsPartialDefinition && SymbolEqualityComparer.Default.Equals(Core(method), core));

    /// <summary>Whether the code of a pair may name a member of its type or of a base type.</summary>
    public static bool Reaches(IMethodSymbol core, ISymbol member) =>
        member.DeclaredAccessibility != Accessibility.Private || SymbolEqualityComparer.Default.Equals(member.ContainingType, core.ContainingType);

    private static bool Matches(IMethodSymbol method, IMethodSymbol core)
    {
        if (
            core.Arity != method.Arity
            || core.Parameters.Length < method.Parameters.Length
            || core.IsStatic != method.IsStatic
            || core.RefKind != method.RefKind
        )
        {
            return false;
        }

        var closed = core.IsGenericMethod ? core.Construct([.. method.TypeParameters]) : core;
        IParameterSymbol[] own = [.. closed.Parameters.Where(parameter => PooledRequest.Of(parameter) is null)];
        return own.Length == method.Parameters.Length
            && SymbolEqualityComparer.Default.Equals(closed.ReturnType, method.ReturnType)
            && own.Zip(method.Parameters, (a, b) => a.RefKind == b.RefKind && SymbolEqualityComparer.Default.Equals(a.Type, b.Type))
                .All(same => same);
    }
}
