using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Library;

/// <summary>Finds the user's own methods whose source shows at first sight that they do not allocate. No body has to be bound for that.</summary>
internal static class SimpleMethods
{
    /// <summary>Whether a method is the user's, takes numbers, returns a number, and calls nothing.</summary>
    public static bool IsArithmetic(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary, DeclaringSyntaxReferences: [var reference] }
        && !Dispatch.MayBeReplaced(method)
        && method
            .Parameters.Select(parameter => parameter.Type)
            .Append(method.ReturnType)
            .All(type => type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_Double)
        && Shape.Body(reference.GetSyntax()) is { } body
        && !body.DescendantNodes().Any(node => node is MemberAccessExpressionSyntax)
        && Hotness.OnlyMovesValues(body, mayAdd: true)
        && NamesOnlyNumbers(method, body);

    /// <summary>
    /// Whether a body names only its own numbers, and fields of its type that are numbers. Then it has nothing that a number could be boxed into.
    /// </summary>
    private static bool NamesOnlyNumbers(IMethodSymbol method, SyntaxNode body)
    {
        var known = new HashSet<string>(method.Parameters.Select(static parameter => parameter.Name));
        foreach (var node in body.DescendantNodes())
        {
            switch (node)
            {
                case PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.ObjectKeyword or (int)SyntaxKind.StringKeyword }:
                    return false;
                case VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type: PredefinedTypeSyntax or { IsVar: true } } } variable:
                    known.Add(variable.Identifier.ValueText);
                    break;
            }
        }

        return body.DescendantNodes()
            .All(node =>
                node is not SimpleNameSyntax { Identifier.ValueText: var name } simple
                || known.Contains(name)
                || simple is IdentifierNameSyntax { IsVar: true }
                || method.ContainingType.GetMembers(name)
                    is [IFieldSymbol { Type.SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_Double }]
            );
    }

    /// <summary>Whether a method is an accessor or constructor of the user's whose source shows that it only moves values.</summary>
    public static bool OnlyMovesValues(IMethodSymbol method)
    {
        if (
            method.MethodKind is not (MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.Constructor)
            || method.DeclaringSyntaxReferences is not [var reference]
        )
        {
            return false;
        }

        var declaration = reference.GetSyntax();
        return declaration switch
        {
            ConstructorDeclarationSyntax { Initializer: not null } => false,
            ConstructorDeclarationSyntax => method.ContainingType.IsValueType
                && Moves(Shape.Body(declaration))
                && !HasInitializers(method.ContainingType),
            ArrowExpressionClauseSyntax arrow => Moves(arrow),
            _ => Moves(Shape.Body(declaration)),
        };

        static bool Moves(SyntaxNode? body) =>
            body is not null
            && !body.DescendantNodes().Any(node => node is MemberAccessExpressionSyntax or CastExpressionSyntax)
            && Hotness.OnlyMovesValues(body);
    }

    /// <summary>Whether a type has initializers that run before a constructor's body.</summary>
    private static bool HasInitializers(INamedTypeSymbol type) =>
        type
            .DeclaringSyntaxReferences.Select(static reference => reference.GetSyntax())
            .OfType<TypeDeclarationSyntax>()
            .SelectMany(static type => type.Members)
            .Any(static member =>
                !member.Modifiers.Any(SyntaxKind.StaticKeyword)
                && !member.Modifiers.Any(SyntaxKind.ConstKeyword)
                && (
                    member is PropertyDeclarationSyntax { Initializer: not null }
                    || (
                        member is FieldDeclarationSyntax field && field.Declaration.Variables.Any(static variable => variable.Initializer is not null)
                    )
                )
            );
}
