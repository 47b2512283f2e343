using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Sites;

/// <summary>The parts from which an <c>await foreach</c> is written out.</summary>
/// <param name="Item">The text that declares the loop's variables and gives them their values, up to the enumerator.</param>
/// <param name="Conversion">The cast of the sequence, in parentheses; empty if it needs none, null if its type cannot be named.</param>
/// <param name="Enumerator">The type of the enumerator.</param>
/// <param name="Dispose">The method that disposes of the enumerator; null if there is none.</param>
internal sealed record AwaitedLoop(string Item, string? Conversion, ITypeSymbol Enumerator, IMethodSymbol? Dispose);

/// <summary>Statements that await without an <c>await</c> expression of their own. Says whether they can be written out, and with what.</summary>
internal static class AwaitForms
{
    /// <summary>Finds the parts of a loop; null if the loop cannot be written out.</summary>
    public static AwaitedLoop? Of(CommonForEachStatementSyntax loop, OriginalBody body)
    {
        var info = body.Model.GetForEachStatementInfo(loop);
        string? item = loop switch
        {
            ForEachStatementSyntax { Type: RefTypeSyntax or ScopedTypeSyntax } => null,
            ForEachStatementSyntax { Type: { IsVar: true } } variable => $"var {variable.Identifier.Text} = ",
            ForEachStatementSyntax variable =>
                $"{SourceHead.Tokens(variable.Type)} {variable.Identifier.Text} = ({SourceHead.Tokens(variable.Type)})",
            ForEachVariableStatementSyntax variables => SourceHead.Tokens(variables.Variable) + " = ",
            _ => null,
        };
        if (
            item is null
            || info is not { GetEnumeratorMethod: { } start, MoveNextMethod: not null }
            || body.Model.GetTypeInfo(loop.Expression, body.Cancellation).Type is not { } type
        )
        {
            return null;
        }

        bool isCast = start.ContainingType.TypeKind == TypeKind.Interface && type.TypeKind is not (TypeKind.Interface or TypeKind.TypeParameter);
        string? conversion =
            !isCast ? ""
            : SpeakableTypes.Print(start.ContainingType) is { } sequence ? $"({sequence})"
            : null;
        return new(item, conversion, start.ReturnType, info.DisposeMethod);
    }

    /// <summary>Whether all variables of a declaration can be disposed of.</summary>
    public static bool CanDispose(VariableDeclarationSyntax declaration, OriginalBody body) =>
        declaration.Variables.All(variable => Disposed(variable, body) is not null);

    /// <summary>The type of a variable, and whether it is disposed of through the interface; null if nobody knows how to dispose of it.</summary>
    public static (ITypeSymbol Type, bool ByInterface)? Disposed(VariableDeclaratorSyntax variable, OriginalBody body) =>
        Disposed((body.Model.GetDeclaredSymbol(variable, body.Cancellation) as ILocalSymbol)?.Type, body);

    /// <summary>The type of a value, and whether it is disposed of through the interface; null if nobody knows how to dispose of it.</summary>
    public static (ITypeSymbol Type, bool ByInterface)? Disposed(ExpressionSyntax value, OriginalBody body) =>
        Disposed(body.Model.GetTypeInfo(value, body.Cancellation).Type, body);

    private static (ITypeSymbol, bool)? Disposed(ITypeSymbol? type, OriginalBody body)
    {
        if (
            type is null or { TypeKind: TypeKind.Dynamic } or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }
            || body.Model.Compilation.GetTypeByMetadataName("System.IAsyncDisposable") is not { } disposable
        )
        {
            return null;
        }

        return (type, body.Model.Compilation.ClassifyConversion(type, disposable) is { IsImplicit: true, IsUserDefined: false });
    }

    /// <summary>
    /// Whether code before a declaration calls a local function that stands behind it. The declaration opens a try block, and local functions behind
    /// it are inside that block. Code before the block cannot call them any more.
    /// </summary>
    public static bool IsCalledBefore(LocalDeclarationStatementSyntax statement, BlockSyntax block)
    {
        var later = new HashSet<string>(
            block
                .Statements.OfType<LocalFunctionStatementSyntax>()
                .Where(function => function.SpanStart > statement.SpanStart)
                .Select(static function => function.Identifier.ValueText)
        );
        return later.Count > 0
            && block
                .DescendantNodes()
                .OfType<IdentifierNameSyntax>()
                .Any(name => name.SpanStart < statement.SpanStart && later.Contains(name.Identifier.ValueText));
    }

    /// <summary>The type of the values that an async iterator yields; null if it cannot be named.</summary>
    public static string? Yielded(IMethodSymbol method) =>
        method.ReturnType is INamedTypeSymbol { TypeArguments: [var element] } ? SpeakableTypes.Print(element) : null;
}
