using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Syntax;

/// <summary>Knows the compile-time symbols that a file defines or undefines at its top.</summary>
internal static class FileSymbols
{
    /// <summary>The directives, one on each line. A copy of a part of the file has to begin with them.</summary>
    public static string Directives(SyntaxTree tree)
    {
        var lines = new StringBuilder();
        foreach (var (name, isDefined) in Of(tree))
        {
            lines.Append(isDefined ? "#define " : "#undef ").Append(name).Append('\n');
        }

        return lines.ToString();
    }

    public static bool IsDefined(SyntaxTree tree, string symbol)
    {
        foreach (var (name, isDefined) in Of(tree).Reverse())
        {
            if (name == symbol)
            {
                return isDefined;
            }
        }

        return tree.Options.PreprocessorSymbolNames.Contains(symbol);
    }

    private static IEnumerable<(string Name, bool IsDefined)> Of(SyntaxTree tree)
    {
        var root = tree.GetRoot();
        if (!root.ContainsDirectives)
        {
            yield break;
        }

        foreach (var trivia in root.GetFirstToken(includeZeroWidth: true).LeadingTrivia)
        {
            switch (trivia.IsDirective ? trivia.GetStructure() : null)
            {
                case DefineDirectiveTriviaSyntax { IsActive: true } directive:
                    yield return (directive.Name.ValueText, true);
                    break;
                case UndefDirectiveTriviaSyntax { IsActive: true } directive:
                    yield return (directive.Name.ValueText, false);
                    break;
            }
        }
    }
}
