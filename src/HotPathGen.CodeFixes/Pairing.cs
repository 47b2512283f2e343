using System.Text;
using HotPathGen.Generator.Parsing;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.CodeFixes;

/// <summary>Splits a method into a partial declaration, which keeps comment and attributes, and its core, which keeps the body.</summary>
internal static class Pairing
{
    /// <param name="pooled">A parameter that only the core has; empty for none.</param>
    /// <param name="beside">A member to write after the core; empty for none.</param>
    public static void Split(Proposal proposal, MethodDeclarationSyntax method, string pooled = "", string beside = "")
    {
        var tree = method.SyntaxTree;
        string line = NewLine(method);
        string indent = Indent(method);
        bool isAccessible = method.Modifiers.Any(static modifier =>
            modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.PrivateKeyword
        );
        // Partial methods that return something must state their accessibility.
        if (!isAccessible)
        {
            proposal.Insert(tree, method.Modifiers.Count > 0 ? method.Modifiers[0].SpanStart : method.ReturnType.SpanStart, "private ");
        }

        foreach (var modifier in method.Modifiers.Where(static modifier => modifier.IsKind(SyntaxKind.AsyncKeyword)))
        {
            proposal.Change(tree, TextSpan.FromBounds(modifier.SpanStart, modifier.GetNextToken().SpanStart), "");
        }

        proposal.Insert(tree, method.ReturnType.SpanStart, "partial ");
        var head = method.ConstraintClauses.Count > 0 ? method.ConstraintClauses.Last().GetLastToken() : method.ParameterList.CloseParenToken;
        proposal.Insert(tree, head.Span.End, $";{line}{line}{indent}{CoreHead(method, pooled)}");
        if (beside.Length > 0)
        {
            proposal.Insert(tree, method.Span.End, $"{line}{line}{indent}{beside}");
        }

        foreach (var type in method.Ancestors().OfType<TypeDeclarationSyntax>().Where(static type => !type.Modifiers.Any(SyntaxKind.PartialKeyword)))
        {
            proposal.Insert(tree, type.Keyword.SpanStart, "partial ");
        }
    }

    /// <summary>The line end of the file.</summary>
    public static string NewLine(SyntaxNode node) =>
        node.SyntaxTree.GetText() is { Lines: [var first, _, ..] } text
        && text.ToString(new(first.End, first.EndIncludingLineBreak - first.End)) is { Length: > 0 } end
            ? end
            : "\n";

    /// <summary>The white space at the beginning of a node's line.</summary>
    public static string Indent(SyntaxNode node)
    {
        string line = node.SyntaxTree.GetText().Lines.GetLineFromPosition(node.SpanStart).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    private static string CoreHead(MethodDeclarationSyntax method, string pooled)
    {
        string modifiers = string.Concat(
            method
                .Modifiers.Where(static modifier =>
                    modifier.Kind() is SyntaxKind.StaticKeyword or SyntaxKind.ReadOnlyKeyword or SyntaxKind.UnsafeKeyword or SyntaxKind.AsyncKeyword
                )
                .Select(static modifier => modifier.Text + " ")
        );
        string constraints = string.Concat(method.ConstraintClauses.Select(static clause => " " + clause.ToString()));
        return $"{BodyAttributes.Of(method.AttributeLists, static node => node.ToString())}private {modifiers}{method.ReturnType} "
            + $"{Pairable.CoreName(method.Identifier.Text)}{method.TypeParameterList}{Parameters(method.ParameterList, pooled)}{constraints}";
    }

    /// <summary>
    /// The parameters, on several lines where the method's own are on several. Comments are left out, because they stay on the declaration.
    /// </summary>
    private static string Parameters(ParameterListSyntax list, string pooled)
    {
        var text = new StringBuilder("(").Append(Blanks(list.OpenParenToken.TrailingTrivia));
        for (int i = 0; i < list.Parameters.Count; i++)
        {
            var parameter = list.Parameters[i];
            text.Append(Blanks(parameter.GetLeadingTrivia())).Append(Parameter(parameter));
            if (i < list.Parameters.SeparatorCount)
            {
                text.Append(',').Append(Blanks(list.Parameters.GetSeparator(i).TrailingTrivia));
            }
        }

        text.Append(list.Parameters.Count > 0 && pooled.Length > 0 ? ", " : "").Append(pooled);
        return text.Append(')').ToString();
    }

    /// <summary>
    /// A parameter of the core. Defaults, caller-info attributes and <c>this</c> are left out, because they are for callers. Other attributes are
    /// kept, because the compiler uses them for the body too.
    /// </summary>
    private static string Parameter(ParameterSyntax parameter)
    {
        var attributes = parameter
            .AttributeLists.SelectMany(static list => list.Attributes)
            .Where(static attribute => !AttributeNames.Simple(attribute).StartsWith("Caller", StringComparison.Ordinal))
            .Select(static attribute => $"[{attribute}] ");
        var modifiers = parameter
            .Modifiers.Where(static modifier => modifier.Kind() is not (SyntaxKind.ThisKeyword or SyntaxKind.ParamsKeyword))
            .Select(static modifier => modifier.Text + " ");
        return $"{string.Concat(attributes)}{string.Concat(modifiers)}{parameter.Type} {parameter.Identifier.Text}";
    }

    private static string Blanks(SyntaxTriviaList trivia) =>
        string.Concat(
            trivia
                .Where(static piece => piece.Kind() is SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia)
                .Select(static piece => piece.ToString())
        );
}
