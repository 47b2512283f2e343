using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Prepare;

/// <summary>What fields and properties start with: it runs in constructors, but in no body that a frame could be round.</summary>
internal static class Initializers
{
    private const string Reason = "what fields and properties start with runs before a constructor's body; assign it in the body to have it measured";

    /// <summary>One line for each hot type whose initializers do more than move values, and one more for its static ones.</summary>
    public static IEnumerable<PlainMethod> Unmeasured(SourceFile file, HotScope scope) =>
        from type in file.Root.DescendantNodes().OfType<TypeDeclarationSyntax>()
        from member in type.Members
        let value = Values(member).FirstOrDefault(value => !Hotness.OnlyMovesValues(value))
        where value is not null && Hotness.IsHot(member, scope)
        group value by (Type: type, IsStatic: member.Modifiers.Any(SyntaxKind.StaticKeyword)) into values
        select new PlainMethod(
            $"{Hotness.QualifiedName(values.Key.Type)}.{(values.Key.IsStatic ? "static" : "new")}",
            file.Path,
            values.First().GetLocation().GetMappedLineSpan().StartLinePosition.Line + 1,
            Reason);

    private static IEnumerable<ExpressionSyntax> Values(MemberDeclarationSyntax member) => member switch
    {
        BaseFieldDeclarationSyntax field when !field.Modifiers.Any(SyntaxKind.ConstKeyword) =>
            field.Declaration.Variables.Where(variable => variable.Initializer is not null).Select(variable => variable.Initializer!.Value),
        PropertyDeclarationSyntax { Initializer.Value: { } value } => [value],
        _ => [],
    };
}
