using System.Composition;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.CodeFixes;

/// <summary>
/// Replaces <c>Any</c>, <c>All</c>, <c>Count</c> and <c>First</c> over a collection by a loop in a local function. A local function reaches captured
/// variables on the stack. A lambda needs an object for what it captures, and a delegate for that object.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class LoopFix() : Fix(RuleIds.AllocatesClosure, RuleIds.AllocatesDelegate, RuleIds.BreaksContract)
{
    private const string Deeper = "    ";

    /// <summary>The collections whose own enumerators are structs.</summary>
    private static readonly HashSet<string> s_collections = ["List", "HashSet", "Queue", "Stack", "Dictionary", "KeyCollection", "ValueCollection"];

    /// <param name="Name">The name of the function.</param>
    /// <param name="Before">The text after the opening brace.</param>
    /// <param name="Match">The statement for an element that meets the condition.</param>
    /// <param name="After">The statement after all elements.</param>
    private sealed record Loop(string Name, string Before, string Match, string After);

    private protected override Proposal? Propose(Place place)
    {
        if (
            place.Node
                is not LambdaExpressionSyntax
                {
                    ExpressionBody: { } condition,
                    Parent: ArgumentSyntax
                    {
                        NameColon: null,
                        Parent: ArgumentListSyntax
                        {
                            Arguments.Count: 1,
                            Parent: InvocationExpressionSyntax
                            {
                                Expression: MemberAccessExpressionSyntax
                                {
                                    Expression: var source,
                                    Name: IdentifierNameSyntax { Identifier.ValueText: var name }
                                }
                            } call
                        }
                    },
                } lambda
            || !LinqFix.IsLinq(place, call)
            || LinqFix.HasComment(call, source.Span.End)
            || place.Model.GetOperation(lambda, place.Cancellation) is not IAnonymousFunctionOperation { Symbol.Parameters: [var element] } function
            || place.TypeOf(source) is not { } type
            || !IsCollection(type)
            || !place.IsNotNull(source)
            || place.TypeOf(call) is not { } result
            || (type is INamedTypeSymbol { Name: "List" } && MayChange(function, type))
            || place.Model.GetEnclosingSymbol(call.SpanStart, place.Cancellation) is not IMethodSymbol { IsAsync: false, IsIterator: false }
            || LoopOf(place, name, Name(element)) is not { } loop
        )
        {
            return null;
        }

        string given = place.Unused("source");
        var proposal = new Proposal($"Write the loop of '{name}'", "Write loops instead of LINQ that captures");
        proposal.Insert(place.Tree, call.SpanStart, loop.Name + "(").Change(place.Tree, TextSpan.FromBounds(source.Span.End, call.Span.End), ")");
        string[] written =
        [
            $"{place.Write(result)} {loop.Name}({place.Write(type)} {given})",
            "{",
            .. loop.Before.Length > 0 ? [Deeper + loop.Before] : Array.Empty<string>(),
            $"{Deeper}foreach ({place.Write(element.Type)} {Name(element)} in {given})",
            Deeper + "{",
            $"{Deeper}{Deeper}if ({(name == "All" ? $"!({condition})" : condition.ToString())})",
            Deeper + Deeper + "{",
            Deeper + Deeper + Deeper + loop.Match,
            Deeper + Deeper + "}",
            Deeper + "}",
            "",
            Deeper + loop.After,
            "}",
        ];
        return Add(proposal, call, written) && MeansTheSame(place, proposal, condition, loop.Name, element) ? proposal : null;
    }

    private static Loop? LoopOf(Place place, string method, string element) =>
        method switch
        {
            "Any" => new(place.Unused("AnyMatch"), "", "return true;", "return false;"),
            "All" => new(place.Unused("AllMatch"), "", "return false;", "return true;"),
            "Count" when place.Unused("count") is var count => new(
                place.Unused("CountMatches"),
                $"int {count} = 0;",
                $"{count}++;",
                $"return {count};"
            ),
            "First" => new(
                place.Unused("FirstMatch"),
                "",
                $"return {element};",
                "throw new System.InvalidOperationException(\"Sequence contains no matching element\");"
            ),
            "FirstOrDefault" => new(place.Unused("FirstMatchOrDefault"), "", $"return {element};", "return default;"),
            _ => null,
        };

    private static string Name(IParameterSymbol element) =>
        SyntaxFacts.GetKeywordKind(element.Name) == SyntaxKind.None ? element.Name : "@" + element.Name;

    private static bool IsCollection(ITypeSymbol type) =>
        type is IArrayTypeSymbol { IsSZArray: true }
        || (type is INamedTypeSymbol named && Counted.IsCollection(named) && s_collections.Contains(named.Name));

    /// <summary>Whether a condition may add to the list that it is called for. LINQ would then continue, and a loop would throw.</summary>
    private static bool MayChange(IOperation condition, ITypeSymbol list)
    {
        return condition
            .Descendants()
            .Any(operation =>
                operation switch
                {
                    IInvocationOperation call => call.TargetMethod
                        is { DeclaringSyntaxReferences.Length: > 0 }
                            or { MethodKind: MethodKind.DelegateInvoke }
                        || IsList(call.Instance)
                        || call.Arguments.Any(argument => IsList(argument.Value)),
                    IAssignmentOperation or IIncrementOrDecrementOperation => true,
                    _ => false,
                }
            );

        bool IsList(IOperation? value) => SymbolEqualityComparer.Default.Equals(value?.Type, list);
    }

    /// <summary>Adds the function at the end of the block with the call. A body that is an expression becomes a block.</summary>
    private static bool Add(Proposal proposal, InvocationExpressionSyntax call, string[] function)
    {
        string line = Pairing.NewLine(call);
        switch (
            call.Ancestors()
                .First(static node =>
                    node is BlockSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax
                )
        )
        {
            case BlockSyntax { Statements: [.., var last] } block
                when block.CloseBraceToken.LeadingTrivia.All(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))
                    && Starts(block.CloseBraceToken):
                proposal.Insert(call.SyntaxTree, block.CloseBraceToken.FullSpan.Start, line + Text(Pairing.Indent(last)) + line);
                return true;
            case MethodDeclarationSyntax { ExpressionBody: { } arrow, ReturnType: var type } method
                when IsBlank(arrow.ArrowToken.GetPreviousToken().TrailingTrivia)
                    && IsBlank(arrow.ArrowToken.LeadingTrivia)
                    && IsBlank(arrow.ArrowToken.TrailingTrivia):
                string indent = Pairing.Indent(method);
                string begin =
                    $"{line}{indent}{{{line}{indent}{Deeper}"
                    + $"{(type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } ? "" : "return ")}";
                proposal
                    .Change(call.SyntaxTree, TextSpan.FromBounds(arrow.ArrowToken.GetPreviousToken().Span.End, arrow.Expression.SpanStart), begin)
                    .Insert(call.SyntaxTree, method.SemicolonToken.Span.End, line + line + Text(indent + Deeper) + line + indent + "}");
                return true;
            default:
                return false;
        }

        string Text(string indent) => string.Join(line, function.Select(text => text.Length > 0 ? indent + text : text));
    }

    private static bool Starts(SyntaxToken token) => token.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);

    private static bool IsBlank(SyntaxTriviaList trivia) =>
        trivia.All(static piece => piece.Kind() is SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia);

    /// <summary>Whether every name in the condition still means what it meant.</summary>
    private static bool MeansTheSame(Place place, Proposal proposal, ExpressionSyntax condition, string name, IParameterSymbol element)
    {
        var after = proposal.ApplyTo(place.Compilation);
        if (
            proposal.Find(after, place.Member!) is not { } member
            || member.DescendantNodes().OfType<LocalFunctionStatementSyntax>().FirstOrDefault(function => function.Identifier.ValueText == name)
                is not { } function
        )
        {
            return false;
        }

        var model = after.GetSemanticModel(member.SyntaxTree);
        var was = Names(condition)
            .Where(used => !SymbolEqualityComparer.Default.Equals(place.SymbolOf(used), element))
            .Select(used => Meaning(place.SymbolOf(used)));
        var now = Names(function.DescendantNodes().OfType<IfStatementSyntax>().First().Condition)
            .Select(used => model.GetSymbolInfo(used, place.Cancellation).Symbol)
            .Where(symbol => symbol is not ILocalSymbol { IsForEach: true, ContainingSymbol.Name: var owner } || owner != name)
            .Select(Meaning);
        return was.SequenceEqual(now);

        static IEnumerable<SimpleNameSyntax> Names(ExpressionSyntax expression) => expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>();

        static string Meaning(ISymbol? symbol) => $"{symbol?.Kind} {symbol?.ToDisplayString()}";
    }
}
