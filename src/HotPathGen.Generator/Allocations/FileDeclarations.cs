using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Allocations;

/// <summary>The declarations in one version of a file that may have a body.</summary>
internal sealed class FileDeclarations
{
    private static readonly ConditionalWeakTable<SyntaxTree, FileDeclarations> s_known = new();

    private readonly SyntaxNode[] _declarations;
    private readonly Dictionary<(int Start, int Kind), int> _indices = [];

    private FileDeclarations(SyntaxTree tree)
    {
        _declarations = [.. tree.GetRoot().DescendantNodes(MayHold).Where(IsDeclaration)];
        for (int i = 0; i < _declarations.Length; i++)
        {
            _indices[Key(_declarations[i])] = i;
        }
    }

    /// <summary>Stands for this version of the file, and does not keep its tree alive.</summary>
    public object Version { get; } = new();

    public static FileDeclarations Of(SyntaxTree tree) => s_known.GetValue(tree, static tree => new(tree));

    public SyntaxNode? Declaration(int index) => index < _declarations.Length ? _declarations[index] : null;

    /// <summary>The index of a declaration; -1 for any other node.</summary>
    public int IndexOf(SyntaxNode declaration) => _indices.TryGetValue(Key(declaration), out int index) ? index : -1;

    private static (int Start, int Kind) Key(SyntaxNode declaration) => (declaration.SpanStart, declaration.RawKind);

    private static bool MayHold(SyntaxNode node) =>
        node
            is CompilationUnitSyntax
                or BaseNamespaceDeclarationSyntax
                or TypeDeclarationSyntax
                or BasePropertyDeclarationSyntax
                or AccessorListSyntax;

    private static bool IsDeclaration(SyntaxNode node) =>
        node
            is TypeDeclarationSyntax
                or BaseMethodDeclarationSyntax
                or AccessorDeclarationSyntax
                or ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax };
}
