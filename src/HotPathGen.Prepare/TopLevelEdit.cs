using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Prepare;

/// <summary>
/// Makes a pair of top-level statements. They become the core of a method of the same class, <c>Program</c>. One statement is left, which calls the
/// method, so that the entry point stays the same.
/// </summary>
internal static class TopLevelEdit
{
    private const string Task = "global::System.Threading.Tasks.Task";

    /// <summary>The reason why top-level statements cannot be measured; null if they can.</summary>
    public static string? Reason(IReadOnlyList<GlobalStatementSyntax> statements, Func<SyntaxNode, bool> passesName) =>
        statements.Any(statement => passesName(statement) || Shape.ReadsItsOwnFrame(statement))
            ? "they pass on or ask for the name of their own method; move them into a method to have them measured"
            : null;

    public static void Apply(IReadOnlyList<GlobalStatementSyntax> statements, string key, AsyncBuilders builders, TextEdits edits)
    {
        SyntaxNode[] nodes = [.. statements.SelectMany(statement => Shape.OwnNodes(statement))];
        bool isAsync = nodes.Any(IsAwait);
        bool returns = nodes.Any(node => node is ReturnStatementSyntax { Expression: not null });
        string result = (isAsync, returns) switch
        {
            (true, true) => $"{Task}<int>",
            (true, false) => Task,
            (false, true) => "int",
            _ => "void",
        };
        string builder = isAsync ? builders.OfTask(statements[0].SyntaxTree, returns) : "";
        string core = Marks.TopLevel + Marks.Core;
        int start = statements[0].GetFirstToken().SpanStart;
        edits.Insert(
            start,
            $"{(returns ? "return " : "")}{(isAsync ? "await " : "")}Program.{Marks.TopLevel}(args); partial class Program {{ "
                + $"{Markers.Attribute(key, core, isAsync ? Markers.Async(builder) : "call")}private static partial {result} {Marks.TopLevel}(string[] args); "
                + $"{builder}private static {(isAsync ? "async " : "")}{result} {core}(string[] args) {{ {Markers.Column(statements[0], start)}"
        );
        edits.Insert(statements[^1].GetLastToken().Span.End, " } }");
    }

    private static bool IsAwait(SyntaxNode node) =>
        node is AwaitExpressionSyntax
        || node switch
        {
            CommonForEachStatementSyntax loop => loop.AwaitKeyword,
            UsingStatementSyntax statement => statement.AwaitKeyword,
            LocalDeclarationStatementSyntax declaration => declaration.AwaitKeyword,
            _ => default,
        }
            is { RawKind: (int)SyntaxKind.AwaitKeyword };
}
