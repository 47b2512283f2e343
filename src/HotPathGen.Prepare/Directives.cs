using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Prepare;

/// <summary>Keeps the directives of a file correct in a copy of it in another folder.</summary>
internal static class Directives
{
    private static readonly string s_heard = string.Join(
        ", ",
        new[] { RuleIds.LeftPlain, RuleIds.NotPrepared, RuleIds.WithoutSites }.Concat(RuleIds.Errors).Order(StringComparer.Ordinal)
    );

    /// <summary>
    /// The text above the first line of a copy. After it, every position is that of the user's file. It turns off the warnings about null values: the
    /// analysis of these values only decides about warnings, and it takes the compiler a third of its time.
    /// </summary>
    public static string Header(string path, SourceText source)
    {
        string algorithm = source.ChecksumAlgorithm switch
        {
            SourceHashAlgorithm.Sha1 => "ff1816ec-aa5e-4d10-87f7-6f4963833460",
            _ => "8829d00f-11b8-4213-878b-770e8597ac16",
        };
        return $"""
            #pragma checksum "{path}" "{algorithm}" "{Convert.ToHexStringLower([.. source.GetChecksum()])}"
            #pragma warning disable
            #pragma warning restore {s_heard}
            #nullable disable warnings
            #line 1 "{path}"

            """;
    }

    /// <summary>The reason why nothing in a file is measured whose path no directive can name.</summary>
    public const string CannotName = "its file's path holds letters that no #line directive can; rename the file";

    /// <summary>Whether a directive can name a path. Directives have no escapes.</summary>
    public static bool CanName(string path) => !path.Any(letter => letter is '"' or '\r' or '\n' or '\u0085' or '\u2028' or '\u2029');

    public static void Keep(SyntaxNode root, string path, SourceText source, TextEdits edits)
    {
        if (!root.ContainsDirectives)
        {
            return;
        }

        foreach (var trivia in root.DescendantTrivia().Where(trivia => trivia.IsDirective))
        {
            switch (trivia.GetStructure())
            {
                // "default" would mean the copy's own lines.
                case LineDirectiveTriviaSyntax { Line.RawKind: (int)SyntaxKind.DefaultKeyword } directive:
                    edits.Replace(directive.Line.Span, $"{source.Lines.GetLinePosition(directive.SpanStart).Line + 2} \"{path}\"");
                    break;

                // A relative path is relative to the file it stands in.
                case LineOrSpanDirectiveTriviaSyntax { File: { RawKind: (int)SyntaxKind.StringLiteralToken } file }:
                    MakeAbsolute(file, path, edits);
                    break;

                case PragmaChecksumDirectiveTriviaSyntax { File: var file }:
                    MakeAbsolute(file, path, edits);
                    break;

                case PragmaWarningDirectiveTriviaSyntax { DisableOrRestoreKeyword.ValueText: not "disable" } directive:
                    RestoreCoverageAlone(directive, edits);
                    break;

                case NullableDirectiveTriviaSyntax { TargetToken.RawKind: (int)SyntaxKind.WarningsKeyword } directive:
                    edits.Replace(directive.SettingToken.Span, "disable");
                    break;

                case NullableDirectiveTriviaSyntax { TargetToken.RawKind: 0 } directive:
                    edits.Insert(directive.SettingToken.Span.End, " annotations");
                    break;

                // "#!" and "#:" are only allowed at the top of a file, and in the copy they are not at the top any more.
                case ShebangDirectiveTriviaSyntax
                or IgnoredDirectiveTriviaSyntax:
                    edits.Replace(new TextSpan(trivia.SpanStart, 2), "//");
                    break;
            }
        }
    }

    /// <summary>
    /// Limits a directive to the rules that say what is not measured. All other warnings of a file are reported where its own text is compiled,
    /// which is in production builds. Those rules are reported in measured builds too.
    /// </summary>
    private static void RestoreCoverageAlone(PragmaWarningDirectiveTriviaSyntax directive, TextEdits edits)
    {
        string[] own = [.. directive.ErrorCodes.Select(code => code.ToString()).Where(code => s_heard.Contains(code, StringComparison.Ordinal))];
        if (directive.ErrorCodes.Count == 0)
        {
            edits.Insert(directive.DisableOrRestoreKeyword.Span.End, " " + s_heard);
        }
        else if (own.Length > 0)
        {
            edits.Replace(directive.ErrorCodes.Span, string.Join(", ", own));
        }
        else
        {
            edits.Replace(directive.DisableOrRestoreKeyword.Span, "disable");
        }
    }

    private static void MakeAbsolute(SyntaxToken file, string path, TextEdits edits)
    {
        if (file.ValueText.Length > 0 && !Path.IsPathRooted(file.ValueText))
        {
            edits.Replace(file.Span, $"\"{Path.GetFullPath(file.ValueText, Path.GetDirectoryName(path)!)}\"");
        }
    }
}
