using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Prepare;

/// <summary>Finds hot code outside all bodies, where no frame can be opened.</summary>
internal static class OutsideBodies
{
    /// <summary>One entry for each type whose initializers do more than move values, and a further one for its static initializers.</summary>
    public static IEnumerable<PlainMethod> Of(SourceFile file, HotCode code) =>
        from type in file.Root.DescendantNodes().OfType<TypeDeclarationSyntax>()
        from member in type.Members
        let value = Values(member).FirstOrDefault(value => !Hotness.OnlyMovesValues(value))
        where value is not null && code.IsHot(member)
        group value by (Type: type, IsStatic: member.Modifiers.Any(SyntaxKind.StaticKeyword)) into values
        select PlainMethod.At(
            $"{Hotness.QualifiedName(values.Key.Type)}.{(values.Key.IsStatic ? "static" : "new")}",
            file,
            values.First().GetFirstToken(),
            "what fields and properties start with runs before a constructor's body; assign it in the body to have it measured"
        );

    private static IEnumerable<ExpressionSyntax> Values(MemberDeclarationSyntax member) =>
        member switch
        {
            BaseFieldDeclarationSyntax field when !field.Modifiers.Any(SyntaxKind.ConstKeyword) => field
                .Declaration.Variables.Where(variable => variable.Initializer is not null)
                .Select(variable => variable.Initializer!.Value),
            PropertyDeclarationSyntax { Initializer.Value: { } value } => [value],
            _ => [],
        };
}
