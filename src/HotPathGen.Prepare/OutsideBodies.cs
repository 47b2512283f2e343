using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Prepare;

/// <summary>Hot code that is in no body that a frame could be round.</summary>
internal static class OutsideBodies
{
    public static IEnumerable<PlainMethod> Of(SourceFile file, HotScope scope) => [.. Initializers(file, scope), .. Statements(file, scope)];

    /// <summary>One line for each type whose initializers do more than move values, and one more for its static ones.</summary>
    private static IEnumerable<PlainMethod> Initializers(SourceFile file, HotScope scope) =>
        from type in file.Root.DescendantNodes().OfType<TypeDeclarationSyntax>()
        from member in type.Members
        let value = Values(member).FirstOrDefault(value => !Hotness.OnlyMovesValues(value))
        where value is not null && Hotness.IsHot(member, scope)
        group value by (Type: type, IsStatic: member.Modifiers.Any(SyntaxKind.StaticKeyword)) into values
        select Plain(
            file,
            $"{Hotness.QualifiedName(values.Key.Type)}.{(values.Key.IsStatic ? "static" : "new")}",
            values.First(),
            "what fields and properties start with runs before a constructor's body; assign it in the body to have it measured");

    private static IEnumerable<PlainMethod> Statements(SourceFile file, HotScope scope) =>
        from statement in file.Root.ChildNodes().OfType<GlobalStatementSyntax>().Take(1)
        where Hotness.IsHot(statement, scope)
        select Plain(file, "top-level statements", statement, "they are no method; move them into one to have them measured");

    private static PlainMethod Plain(SourceFile file, string name, SyntaxNode place, string reason) =>
        new(name, file.Path, place.GetLocation().GetMappedLineSpan().StartLinePosition.Line + 1, reason);

    private static IEnumerable<ExpressionSyntax> Values(MemberDeclarationSyntax member) => member switch
    {
        BaseFieldDeclarationSyntax field when !field.Modifiers.Any(SyntaxKind.ConstKeyword) =>
            field.Declaration.Variables.Where(variable => variable.Initializer is not null).Select(variable => variable.Initializer!.Value),
        PropertyDeclarationSyntax { Initializer.Value: { } value } => [value],
        _ => [],
    };
}
