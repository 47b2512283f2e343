using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Allocations;

/// <summary>
/// Names a method by its declaration, without its symbol. The id stays the same in all compilations that have the same declarations.
/// </summary>
/// <param name="File">The index of its file in the compilation.</param>
/// <param name="Declaration">
/// The index of its declaration in the file. A local function has no such index: it is known by its position, as a negative number.
/// </param>
/// <param name="Parameters">For a constructor that the compiler writes, the number of its parameters; -1 for all others.</param>
internal readonly record struct MethodId(int File, int Declaration, int Parameters)
{
    /// <summary>The place where a method is declared. A constructor that the compiler writes is declared with its type.</summary>
    public static SyntaxReference? Place(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.FirstOrDefault()
        ?? (IsWritten(method) ? method.ContainingType.DeclaringSyntaxReferences.FirstOrDefault() : null);

    /// <summary>The id of a method; null if it has no declaration that could have a body.</summary>
    public static MethodId? Of(IMethodSymbol method, int file, SyntaxNode declaration) =>
        declaration is LocalFunctionStatementSyntax ? new(file, -1 - declaration.SpanStart, -1)
        : FileDeclarations.Of(declaration.SyntaxTree).IndexOf(declaration) is >= 0 and var index
            ? new(file, index, IsWritten(method) ? method.Parameters.Length : -1)
        : null;

    /// <summary>The method with this id.</summary>
    public IMethodSymbol? Symbol(SemanticModel model)
    {
        int parameters = Parameters;
        var declaration =
            Declaration >= 0
                ? FileDeclarations.Of(model.SyntaxTree).Declaration(Declaration)
                : model.SyntaxTree.GetRoot().FindToken(-1 - Declaration).Parent?.FirstAncestorOrSelf<LocalFunctionStatementSyntax>();
        return declaration switch
        {
            null => null,
            TypeDeclarationSyntax type => (model.GetDeclaredSymbol(type) as INamedTypeSymbol)?.InstanceConstructors.FirstOrDefault(constructor =>
                parameters < 0
                    ? constructor.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax() is TypeDeclarationSyntax)
                    : constructor.IsImplicitlyDeclared && constructor.Parameters.Length == parameters
            ),
            ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax property } => (
                model.GetDeclaredSymbol(property) as IPropertySymbol
            )?.GetMethod,
            _ => model.GetDeclaredSymbol(declaration) as IMethodSymbol,
        };
    }

    private static bool IsWritten(IMethodSymbol method) => method is { MethodKind: MethodKind.Constructor, IsImplicitlyDeclared: true };
}
