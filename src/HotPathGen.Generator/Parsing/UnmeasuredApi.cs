using System.Runtime.CompilerServices;
using HotPathGen.Generator.Symbols;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Parsing;

/// <summary>Finds out whether production code names the <c>HotPath</c> that only measured builds have.</summary>
internal static class UnmeasuredApi
{
    private const string Name = "HotPath";
    private const string Space = "HotPathGen";

    private static readonly ConditionalWeakTable<SyntaxTree, SyntaxNode[]> s_names = new();

    /// <summary>
    /// Whether any of the names stands for nothing yet. Where nothing else has that name, none of them can stand for it, and nothing
    /// needs to be bound: this is asked at every keystroke.
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

    /// <summary>Each file is searched once, however often others are edited.</summary>
    private static SyntaxNode[] Names(SyntaxTree tree) =>
        s_names.GetValue(tree, static tree => [.. Mentions.Round<IdentifierNameSyntax>(Name, tree, CancellationToken.None).Where(IsNamed)]);

    /// <summary>As a member it can only be one of our namespace's.</summary>
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

    /// <summary>Parameters, variables and the like are no symbols of a compilation.</summary>
    private static bool IsDeclaredNearby(SyntaxNode node) =>
        node.FirstAncestorOrSelf<MemberDeclarationSyntax>(static member =>
            member is not (BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax)
        )
            is { } member
        && member
            .DescendantTokens()
            .Any(static token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == Name && token.Parent is not IdentifierNameSyntax);
}
