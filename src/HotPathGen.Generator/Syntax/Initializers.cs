using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Syntax;

/// <summary>The expressions that fields and properties start with.</summary>
internal static class Initializers
{
    /// <summary>The initial values that a member computes at run time.</summary>
    public static IEnumerable<ExpressionSyntax> Of(MemberDeclarationSyntax member) =>
        member switch
        {
            BaseFieldDeclarationSyntax field when !field.Modifiers.Any(SyntaxKind.ConstKeyword) => field
                .Declaration.Variables.Where(static variable => variable.Initializer is not null)
                .Select(static variable => variable.Initializer!.Value),
            PropertyDeclarationSyntax { Initializer.Value: var value } => [value],
            _ => [],
        };

    /// <summary>The initial values in a part of a type that do more than move values, with their members.</summary>
    public static IEnumerable<(MemberDeclarationSyntax Member, ExpressionSyntax Value)> In(TypeDeclarationSyntax type) =>
        from member in type.Members
        from value in Of(member)
        where !Hotness.OnlyMovesValues(value)
        select (member, value);

    /// <summary>The type to which the initial values of a member convert.</summary>
    public static TypeSyntax? Type(MemberDeclarationSyntax member) =>
        member switch
        {
            BaseFieldDeclarationSyntax field => field.Declaration.Type,
            PropertyDeclarationSyntax property => property.Type,
            _ => null,
        };

    /// <summary>The reason why the initial values of a member cannot be measured; null if they can.</summary>
    public static string? Reason(MemberDeclarationSyntax member) =>
        Type(member) is PointerTypeSyntax or FunctionPointerTypeSyntax or RefTypeSyntax
            ? "the initial value of a pointer cannot be measured; assign it in the constructor"
            : null;

    /// <summary>Whether a member holds an expression tree. The lambda that it is made of never runs as it stands.</summary>
    public static bool IsTree(MemberDeclarationSyntax member) => AttributeNames.Rightmost(NotNull(Type(member)!)) == "Expression";

    /// <summary>
    /// The initializer that contains a lambda, if its expression can become the body of a method, so that the lambdas in it can be measured; null if
    /// it cannot, or if there is none.
    /// </summary>
    public static EqualsValueClauseSyntax? PairAround(SyntaxNode function) =>
        function.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
        && Of(member).FirstOrDefault(value => value.Span.Contains(function.Span)) is { Parent: EqualsValueClauseSyntax clause }
        && CanBePair(clause, member)
            ? clause
            : null;

    /// <summary>
    /// Whether an expression can become the body of a static method. It must not use a parameter of the primary constructor. Other parts of a partial
    /// type may have such parameters.
    /// </summary>
    public static bool CanBePair(EqualsValueClauseSyntax clause, MemberDeclarationSyntax member) =>
        Hotness.FunctionsIn(clause).Any()
        && member.Parent is TypeDeclarationSyntax type and not InterfaceDeclarationSyntax
        && !member.Ancestors().OfType<TypeDeclarationSyntax>().Any(static outer => outer.Modifiers.Any(SyntaxKind.FileKeyword))
        && member is not PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: not null }
        && (member is not BaseFieldDeclarationSyntax field || clause.Parent == field.Declaration.Variables.Last())
        && Reason(member) is null
        && !IsTree(member)
        && !Shape.ReadsItsOwnFrame(clause)
        && (
            member.Modifiers.Any(SyntaxKind.StaticKeyword)
            || (!type.Modifiers.Any(SyntaxKind.PartialKeyword) && !UsesParameter(clause, type.ParameterList))
        );

    private static bool UsesParameter(SyntaxNode code, ParameterListSyntax? parameters) =>
        parameters is not null
        && code.DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Any(name => parameters.Parameters.Any(parameter => parameter.Identifier.ValueText == name.Identifier.ValueText));

    /// <summary>A type without the <c>?</c> behind it, as <c>new</c> takes it.</summary>
    public static TypeSyntax NotNull(TypeSyntax type) => type is NullableTypeSyntax { ElementType: var element } ? element : type;

    /// <summary>The constructors in a part of a type that run initializers.</summary>
    public static IEnumerable<ConstructorDeclarationSyntax> Constructors(TypeDeclarationSyntax type, bool isStatic) =>
        type
            .Members.OfType<ConstructorDeclarationSyntax>()
            .Where(constructor => AreRunBy(constructor) && constructor.Modifiers.Any(SyntaxKind.StaticKeyword) == isStatic);

    /// <summary>
    /// The verdict of the attributes on the constructors in a part of a type that run initializers. It holds for the initializers if one constructor
    /// is hot, or if all are left out.
    /// </summary>
    public static bool? Verdict(TypeDeclarationSyntax type, bool isStatic)
    {
        var verdicts = Constructors(type, isStatic).Select(Hotness.OwnVerdict).ToList();
        if (type.ParameterList is not null && !isStatic)
        {
            verdicts.Add(VerdictOfPrimary(type));
        }

        return verdicts.Contains(true) ? true
            : verdicts.Count > 0 && verdicts.TrueForAll(static verdict => verdict is false) ? false
            : null;
    }

    /// <summary>The verdict of the attributes on a primary constructor. They stand on its type.</summary>
    public static bool? VerdictOfPrimary(TypeDeclarationSyntax type) =>
        Hotness.Verdict([.. type.AttributeLists.Where(static list => list.Target?.Identifier.ValueText == "method")]);

    /// <summary>
    /// Why a marked primary constructor is not measured; null if it is. It has no body, but its row has what the initializers in its part of the type
    /// take.
    /// </summary>
    public static string? ReasonOfPrimary(TypeDeclarationSyntax type)
    {
        MemberDeclarationSyntax[] members =
        [
            .. In(type)
                .Select(static one => one.Member)
                .Where(static member => !member.Modifiers.Any(SyntaxKind.StaticKeyword) && Hotness.OwnVerdict(member) is not false),
        ];
        return members.Length == 0
                ? "a primary constructor is measured by the initializers that it runs, and none here does more than move values; "
                    + "write a constructor with a body"
            : members.Any(static member => Reason(member) is null) ? null
            : Reason(members[0]);
    }

    /// <summary>
    /// Whether a constructor runs the initializers of its type. One that calls another constructor does not, nor does one that copies a record.
    /// </summary>
    public static bool AreRunBy(ConstructorDeclarationSyntax constructor) =>
        constructor.Initializer is not { ThisOrBaseKeyword.RawKind: (int)SyntaxKind.ThisKeyword } && !Copies(constructor);

    private static bool Copies(ConstructorDeclarationSyntax constructor) =>
        constructor
            is {
                Parent: RecordDeclarationSyntax { RawKind: (int)SyntaxKind.RecordDeclaration } record,
                ParameterList.Parameters: [{ Type: { } type }]
            }
        && AttributeNames.Rightmost(NotNull(type)) == record.Identifier.ValueText;
}
