using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.Symbols;

/// <summary>A pair as prepare left it in the text: the declaration and, behind it, the core.</summary>
internal static class PreparedPair
{
    /// <summary>The core of a declaration; null if prepare did not make the pair.</summary>
    public static MethodDeclarationSyntax? Core(MethodDeclarationSyntax declaration)
    {
        var members = ((TypeDeclarationSyntax)declaration.Parent!).Members;
        return members.IndexOf(declaration) is var index && index + 1 < members.Count ? members[index + 1] as MethodDeclarationSyntax : null;
    }

    /// <summary>The declaration of a core; null if the user wrote the pair.</summary>
    public static MethodDeclarationSyntax? Declaration(MethodDeclarationSyntax core)
    {
        var members = ((TypeDeclarationSyntax)core.Parent!).Members;
        return core.Identifier.ValueText.Contains(Marks.Core) && members.IndexOf(core) is var index and > 0
            ? members[index - 1] as MethodDeclarationSyntax
            : null;
    }

    /// <summary>The parts of the text that prepare inserted between the start of the declaration and the body of the core.</summary>
    public static IEnumerable<TextSpan> Inserted(MethodDeclarationSyntax declaration, MethodDeclarationSyntax core)
    {
        if (declaration.Identifier.ValueText == Marks.TopLevel)
        {
            var call = ((CompilationUnitSyntax)declaration.SyntaxTree.GetRoot()).Members.OfType<GlobalStatementSyntax>().First();
            yield return TextSpan.FromBounds(call.SpanStart, core.Body!.OpenBraceToken.FullSpan.End);
            yield break;
        }

        if (declaration.Identifier.ValueText.EndsWith(Marks.Initial, StringComparison.Ordinal))
        {
            var members = ((TypeDeclarationSyntax)declaration.Parent!).Members;
            var member = members[members.IndexOf(declaration) - 1];
            if (PreparedMark.Of(member) is not null)
            {
                yield return TextSpan.FromBounds(member.SpanStart, member.AttributeLists[0].FullSpan.End);
            }

            yield return TextSpan.FromBounds(Initializers.Of(member).Last().SpanStart, core.ExpressionBody!.Expression.SpanStart);
            yield break;
        }

        yield return TextSpan.FromBounds(declaration.AttributeLists[0].SpanStart, declaration.AttributeLists[0].FullSpan.End);
        foreach (var modifier in declaration.Modifiers)
        {
            if (
                modifier.IsKind(SyntaxKind.PartialKeyword)
                || (
                    modifier.IsKind(SyntaxKind.PrivateKeyword)
                    && modifier.TrailingTrivia.ToString().StartsWith(Marks.Inserted, StringComparison.Ordinal)
                )
            )
            {
                yield return TextSpan.FromBounds(modifier.SpanStart, modifier.FullSpan.End);
            }
        }

        yield return TextSpan.FromBounds(declaration.SemicolonToken.SpanStart, Shape.Body(core)!.SpanStart);
    }
}
