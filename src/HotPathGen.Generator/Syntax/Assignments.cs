using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Syntax;

/// <summary>
/// Decides from syntax whether a body assigns what only constructors and init accessors may assign. Names of which the file does not say what they
/// are count as such. So a body may be kept in place without need, but none is moved wrongly.
/// </summary>
internal static class Assignments
{
    public static bool OnlyConstructorsMay(SyntaxNode declaration)
    {
        if (Shape.Body(declaration) is not { } body || declaration.Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault() is not { } type)
        {
            return true;
        }

        var locals = Locals(declaration);
        var (free, readOnly) = Members(type);
        bool isWhole = !type.Modifiers.Any(SyntaxKind.PartialKeyword);
        return body.DescendantNodes()
            .Any(node =>
                Targets(node).Any(target => Root(target) is not var (name, ofThis) || !((!ofThis && locals.Contains(name)) || free.Contains(name)))
                // A method of a readonly struct field changes a copy of the field everywhere but in the constructor.
                || Receiver(node) is { } receiver
                    && Root(receiver) is var (root, member)
                    && (member || !locals.Contains(root))
                    && !free.Contains(root)
                    && (readOnly.Contains(root) || !isWhole)
            );
    }

    /// <summary>The names that the body declares. Among them are the parameters.</summary>
    private static HashSet<string> Locals(SyntaxNode declaration) =>
        [
            .. declaration
                .DescendantNodes()
                .Select(node =>
                    node switch
                    {
                        ParameterSyntax parameter => parameter.Identifier.ValueText,
                        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
                        SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
                        ForEachStatementSyntax loop => loop.Identifier.ValueText,
                        CatchDeclarationSyntax caught => caught.Identifier.ValueText,
                        _ => "",
                    }
                ),
            .. declaration is AccessorDeclarationSyntax ? ["value"] : (string[])[],
        ];

    /// <summary>The members of a type that every method of it may assign, and its readonly fields, as far as the file declares them.</summary>
    private static (HashSet<string> Free, HashSet<string> ReadOnly) Members(TypeDeclarationSyntax type)
    {
        HashSet<string> free = [],
            readOnly = [];
        string name = Hotness.QualifiedName(type);
        foreach (var member in Parts().SelectMany(part => part.Members))
        {
            switch (member)
            {
                case BaseFieldDeclarationSyntax field:
                    (field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword) ? readOnly : free).UnionWith(
                        field.Declaration.Variables.Select(variable => variable.Identifier.ValueText)
                    );
                    break;

                case PropertyDeclarationSyntax { AccessorList.Accessors: var accessors } property
                    when accessors.Any(accessor => accessor.Keyword.IsKind(SyntaxKind.SetKeyword)):
                    free.Add(property.Identifier.ValueText);
                    break;
            }
        }

        return (free, readOnly);

        IEnumerable<TypeDeclarationSyntax> Parts() =>
            type.Modifiers.Any(SyntaxKind.PartialKeyword)
                ? type.SyntaxTree.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>().Where(part => Hotness.QualifiedName(part) == name)
                : [type];
    }

    /// <summary>The expressions that a node assigns, or of which it takes a reference.</summary>
    private static IEnumerable<ExpressionSyntax> Targets(SyntaxNode node) =>
        node switch
        {
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } => [],
            AssignmentExpressionSyntax assignment => Parts(assignment.Left),
            PrefixUnaryExpressionSyntax
            {
                RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.AddressOfExpression
            } unary => [unary.Operand],
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } unary =>
            [
                unary.Operand,
            ],
            ArgumentSyntax { RefKindKeyword.RawKind: not (0 or (int)SyntaxKind.InKeyword), Expression: var argument } => Parts(argument),
            RefExpressionSyntax reference => [reference.Expression],
            _ => [],
        };

    private static IEnumerable<ExpressionSyntax> Parts(ExpressionSyntax target) =>
        target switch
        {
            TupleExpressionSyntax tuple => tuple.Arguments.SelectMany(argument => Parts(argument.Expression)),
            DeclarationExpressionSyntax => [],
            IdentifierNameSyntax { Identifier.ValueText: "_" } => [],
            _ => [target],
        };

    private static ExpressionSyntax? Receiver(SyntaxNode node) =>
        node switch
        {
            MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax } access => access.Expression,
            ElementAccessExpressionSyntax access => access.Expression,
            CommonForEachStatementSyntax loop => loop.Expression,
            _ => null,
        };

    /// <summary>The name with which an expression begins, and whether it is a member of this object; null if it begins otherwise.</summary>
    private static (string Name, bool OfThis)? Root(ExpressionSyntax expression) =>
        expression switch
        {
            IdentifierNameSyntax name => (name.Identifier.ValueText, false),
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax name } => (name.Identifier.ValueText, true),
            MemberAccessExpressionSyntax access => Root(access.Expression),
            ElementAccessExpressionSyntax access => Root(access.Expression),
            ParenthesizedExpressionSyntax inner => Root(inner.Expression),
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } inner => Root(inner.Operand),
            _ => null,
        };
}
