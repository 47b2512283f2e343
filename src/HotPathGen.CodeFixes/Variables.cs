using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.CodeFixes;

/// <summary>Finds where a local or a parameter is used, and what is done to it there.</summary>
internal static class Variables
{
    public static IEnumerable<IdentifierNameSyntax> References(
        SemanticModel model,
        SyntaxNode scope,
        ISymbol variable,
        CancellationToken cancellation
    ) =>
        scope
            .DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Where(name =>
                name.Identifier.ValueText == variable.Name
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, variable)
            );

    /// <summary>Whether a variable always keeps the value that it was declared with.</summary>
    public static bool IsFixed(Place place, ISymbol variable) =>
        variable switch
        {
            IParameterSymbol { RefKind: not (RefKind.None or RefKind.In) } => false,
            ILocalSymbol { IsRef: true } => false,
            ILocalSymbol { DeclaringSyntaxReferences: [var reference] }
                when reference.GetSyntax() is VariableDeclaratorSyntax { Initializer: null } => false,
            IParameterSymbol or ILocalSymbol => !References(place.Model, place.Member!, variable, place.Cancellation).Any(IsWritten),
            _ => false,
        };

    /// <summary>Whether an expression is written to: assigned, incremented or decremented, or passed by reference.</summary>
    public static bool IsWritten(ExpressionSyntax target) =>
        target.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == target,
            PrefixUnaryExpressionSyntax unary => unary.Kind()
                is SyntaxKind.PreIncrementExpression
                    or SyntaxKind.PreDecrementExpression
                    or SyntaxKind.AddressOfExpression,
            PostfixUnaryExpressionSyntax unary => unary.Kind() is SyntaxKind.PostIncrementExpression or SyntaxKind.PostDecrementExpression,
            ArgumentSyntax { Parent: TupleExpressionSyntax tuple } argument => argument.Expression == target && IsWritten(tuple),
            ArgumentSyntax argument => argument.RefKindKeyword.Kind() is SyntaxKind.RefKeyword or SyntaxKind.OutKeyword,
            RefExpressionSyntax => true,
            ForEachVariableStatementSyntax loop => loop.Variable == target,
            ParenthesizedExpressionSyntax parenthesized => IsWritten(parenthesized),
            _ => false,
        };

    /// <summary>Whether a copy of a value can replace the variable, because nothing in the value can change.</summary>
    public static bool IsImmutable(ITypeSymbol type) =>
        type.IsReferenceType
        || type.TypeKind is TypeKind.Enum or TypeKind.Pointer
        || type is INamedTypeSymbol { IsReadOnly: true }
        || type.SpecialType
            is >= SpecialType.System_Boolean
                and <= SpecialType.System_Double
                or SpecialType.System_Decimal
                or SpecialType.System_IntPtr
                or SpecialType.System_UIntPtr
                or SpecialType.System_DateTime
        || (
            type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var underlying] }
            && IsImmutable(underlying)
        );
}
