using System.Runtime.CompilerServices;
using HotPathGen.Generator.Symbols;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Parsing;

/// <summary>Finds out whether production code names the class <c>HotPath</c>, which only measured builds have.</summary>
internal static class UnmeasuredApi
{
    private const string Name = "HotPath";
    private const string Space = "HotPathGen";

    private static readonly ConditionalWeakTable<SyntaxTree, SyntaxNode[]> s_names = new();

    /// <summary>
    /// Whether any of the names refers to nothing yet. If nothing else has that name, none of them can refer to anything, and nothing needs to be
    /// bound. This matters because the question comes at every keystroke.
    /// </summary>
    public static bool IsMissing(Compilation compilation, CancellationToken cancellation)
    {
        SyntaxNode[] names = [.. compilation.SyntaxTrees.SelectMany(Names)];
        if (names.Length == 0)
        {
            return false;
        }

        bool declared = IsDeclared(compilation, cancellation);
        return names.Any(name =>
            (!declared && !IsDeclaredNearby(name)) || compilation.GetSemanticModel(name.SyntaxTree).GetSymbolInfo(name, cancellation).Symbol is null
        );
    }

    /// <summary>The places of a file that have the name. Each file is searched once, however often others are edited.</summary>
    private static SyntaxNode[] Names(SyntaxTree tree) =>
        s_names.GetValue(tree, static tree => [.. Mentions.Round<IdentifierNameSyntax>(Name, tree, CancellationToken.None).Where(IsNamed)]);

    /// <summary>Whether a node may name the class. As a member, it can only be a member of our namespace.</summary>
    private static bool IsNamed(IdentifierNameSyntax node) =>
        node.Identifier.ValueText == Name
        && node.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == node => AttributeNames.Rightmost(access.Expression) == Space,
            QualifiedNameSyntax qualified when qualified.Right == node => AttributeNames.Rightmost(qualified.Left) == Space,
            MemberBindingExpressionSyntax or NameColonSyntax or GotoStatementSyntax => false,
            NameEqualsSyntax { Parent: not UsingDirectiveSyntax } => false,
            _ => true,
        };

    private static bool IsDeclared(Compilation compilation, CancellationToken cancellation) =>
        compilation.ContainsSymbolsWithName(Name, SymbolFilter.All, cancellation)
        || compilation.SourceModule.ReferencedAssemblySymbols.Any(assembly =>
            assembly.TypeNames.Contains(Name) || assembly.NamespaceNames.Contains(Name)
        );

    /// <summary>
    /// Whether the name is declared in the surrounding member. Parameters, variables and the like are not among the symbols of a compilation.
    /// </summary>
    private static bool IsDeclaredNearby(SyntaxNode node) =>
        node.FirstAncestorOrSelf<MemberDeclarationSyntax>(static member =>
            member is not (BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax)
        )
            is { } member
        && member
            .DescendantTokens()
            .Any(static token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == Name && token.Parent is not IdentifierNameSyntax);
}
