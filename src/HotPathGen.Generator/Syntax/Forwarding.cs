using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Syntax;

/// <summary>
/// Decides whether the body of a member can move to a private method beside it, which the member calls. That method can be a pair where the member
/// cannot.
/// </summary>
internal static class Forwarding
{
    /// <summary>Why a body that asks for its own name stays where it is.</summary>
    public const string OwnName = "it passes on or asks for its own name, which would be another one in a copy" + Advice;

    private const string Advice = "; let it call a method that does the work";

    /// <summary>
    /// Why the body of a generic override or explicit implementation stays where it is. The compiler knows what a method beside it has to repeat.
    /// </summary>
    public const string InheritsConstraints =
        "it inherits the constraints of its type parameters, which a method beside it would have to repeat" + Advice;

    private const string OnlyConstructor = "it may assign or change what only a constructor can: a readonly field or an init property" + Advice;

    /// <summary>The reason why the body has to stay; null if it can move.</summary>
    public static string? Reason(SyntaxNode declaration) =>
        declaration is LocalFunctionStatementSyntax ? "it is a function in a method that is not hot; mark the method"
        : declaration.Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault() is ExtensionBlockDeclarationSyntax
            ? "it is in an extension block, which takes no private method" + Advice
        : Shape.IsInFileLocalType(declaration) ? "no other file can name its type" + Advice
        : declaration switch
        {
            ConstructorDeclarationSyntax constructor => ReasonOf(constructor),
            MethodDeclarationSyntax method => ReasonOf(method),
            AccessorDeclarationSyntax accessor => ReasonOf(accessor),
            BasePropertyDeclarationSyntax property => ReasonOfAccessor(property, property),
            _ => null,
        };

    private static string? ReasonOf(MethodDeclarationSyntax method) =>
        method.TypeParameterList is not null && (method.ExplicitInterfaceSpecifier is not null || method.Modifiers.Any(SyntaxKind.OverrideKeyword))
            ? InheritsConstraints
        : method.ParameterList.DescendantTokens().Any(token => token.IsKind(SyntaxKind.ArgListKeyword))
            ? "a variable argument list cannot be passed on" + Advice
        : null;

    private static string? ReasonOf(ConstructorDeclarationSyntax constructor) =>
        constructor is { Parent: StructDeclarationSyntax or RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: (int)SyntaxKind.StructKeyword } }
        && !constructor.Modifiers.Any(SyntaxKind.StaticKeyword)
            ? "it is the constructor of a struct, which has to assign all fields itself" + Advice
        : constructor.Initializer?.DescendantNodes().Any(IsShared) == true
            ? "its body shares variables with the call of the other constructor" + Advice
        : Assignments.OnlyConstructorsMay(constructor) ? OnlyConstructor
        : null;

    /// <summary>Whether code in the call of the other constructor declares or assigns a variable that the body sees.</summary>
    private static bool IsShared(SyntaxNode node) =>
        node
            is SingleVariableDesignationSyntax
                or AnonymousFunctionExpressionSyntax
                or AssignmentExpressionSyntax
                or ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword };

    private static string? ReasonOf(AccessorDeclarationSyntax accessor) =>
        accessor.Keyword.IsKind(SyntaxKind.InitKeyword) && Assignments.OnlyConstructorsMay(accessor)
            ? OnlyConstructor
            : ReasonOfAccessor(accessor, accessor.FirstAncestorOrSelf<BasePropertyDeclarationSyntax>()!);

    private static string? ReasonOfAccessor(SyntaxNode accessor, BasePropertyDeclarationSyntax property) =>
        accessor.DescendantNodes().Any(node => node.IsKind(SyntaxKind.FieldExpression)) ? "it uses the field of its property" + Advice
        : property is PropertyDeclarationSyntax { Initializer: not null } ? "its property has an initial value" + Advice
        : accessor is AccessorDeclarationSyntax { Parent: AccessorListSyntax { Accessors: var all } }
        && accessor != all[^1]
        && property.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => AttributeNames.Simple(attribute) != "Instrument")
            // Such an attribute may take the line that it stands on.
            ? "the attributes of its property would move to another line" + Advice
        : accessor is AccessorDeclarationSyntax { Keyword.RawKind: (int)SyntaxKind.SetKeyword }
        && property is IndexerDeclarationSyntax indexer
        && indexer.ParameterList.Parameters.Any(parameter => parameter.Modifiers.Any(SyntaxKind.ParamsKeyword))
            ? "its indexer takes any number of arguments" + Advice
        : null;
}
