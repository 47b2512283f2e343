using System.Composition;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.CodeFixes;

/// <summary>
/// Uses a collection's own members: the number of elements instead of <c>Any</c> and <c>Count</c>, and the first element instead of <c>First</c>. It
/// also moves a filter into the call after it. For an empty collection an indexer throws another exception than <c>First</c>; the title says so.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class LinqFix() : Fix(RuleIds.CallsLinq, RuleIds.BreaksContract)
{
    private static readonly HashSet<string> s_filtering =
    [
        "Any",
        "Count",
        "LongCount",
        "First",
        "FirstOrDefault",
        "Last",
        "LastOrDefault",
        "Single",
        "SingleOrDefault",
    ];

    private protected override Proposal? Propose(Place place)
    {
        var call = place.Node as InvocationExpressionSyntax;
        if (
            call
                is {
                    Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Where" },
                    Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax outer } next
                }
            && next.Expression == call
        )
        {
            call = outer;
        }

        if (
            call
                is not {
                    ArgumentList.Arguments.Count: 0,
                    Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: var name } } access
                }
            || !IsLinq(place, call)
            || HasComment(call, access.Expression.Span.End)
        )
        {
            return null;
        }

        if (
            s_filtering.Contains(name)
            && access.Expression
                is InvocationExpressionSyntax
                {
                    ArgumentList.Arguments.Count: 1,
                    Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier: { ValueText: "Where" } where } }
                } filter
            && IsLinq(place, filter)
        )
        {
            var proposal = new Proposal($"Give the filter to '{name}'", "Give filters to what follows them");
            proposal.Replace(where, name).Change(place.Tree, TextSpan.FromBounds(filter.Span.End, call.Span.End), "");
            return IsBoundTo(place, call, proposal) ? proposal : null;
        }

        return place.TypeOf(access.Expression) is { } type && Counted.Property(type) is { } property && place.IsNotNull(access.Expression)
            ? Direct(place, call, access, name, type, property)
            : null;
    }

    private static Proposal? Direct(
        Place place,
        InvocationExpressionSyntax call,
        MemberAccessExpressionSyntax access,
        string name,
        ITypeSymbol type,
        string property
    )
    {
        var rest = TextSpan.FromBounds(access.Name.SpanStart, call.Span.End);
        switch (name)
        {
            case "Count":
                return new Proposal($"Use '{property}'", "Ask collections for their number of elements").Change(place.Tree, rest, property);
            case "Any":
                var asking = new Proposal($"Use '{property}'", "Ask collections for their number of elements");
                if (call.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } negation)
                {
                    asking.Change(place.Tree, TextSpan.FromBounds(negation.SpanStart, call.SpanStart), NeedsParentheses(negation) ? "(" : "");
                    return asking.Change(place.Tree, rest, $"{property} == 0{(NeedsParentheses(negation) ? ")" : "")}");
                }

                if (NeedsParentheses(call))
                {
                    asking.Insert(place.Tree, call.SpanStart, "(");
                }

                return asking.Change(place.Tree, rest, $"{property} > 0{(NeedsParentheses(call) ? ")" : "")}");
            case "First" when Counted.IsIndexed(type):
                string exception = type is IArrayTypeSymbol or { SpecialType: SpecialType.System_String }
                    ? "IndexOutOfRangeException"
                    : "ArgumentOutOfRangeException";
                return new Proposal(
                    $"Use '[0]' (when empty: {exception} instead of InvalidOperationException)",
                    "Use '[0]' (when empty: another exception)"
                ).Change(place.Tree, TextSpan.FromBounds(access.Expression.Span.End, call.Span.End), "[0]");
            default:
                return null;
        }
    }

    internal static bool IsLinq(Place place, InvocationExpressionSyntax call) =>
        place.SymbolOf(call) is IMethodSymbol { ReducedFrom: { } method } && IsLinq(method);

    private static bool IsLinq(IMethodSymbol method) =>
        method.ContainingType is { Name: "Enumerable", ContainingNamespace: { Name: "Linq", ContainingNamespace.Name: "System" } };

    internal static bool HasComment(InvocationExpressionSyntax call, int from) =>
        call.DescendantTrivia()
            .Any(trivia =>
                trivia.SpanStart >= from
                && trivia.Kind() is not (SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia)
                && trivia.Span.End <= call.Span.End
            );

    private static bool IsBoundTo(Place place, InvocationExpressionSyntax call, Proposal proposal)
    {
        var compilation = proposal.ApplyTo(place.Compilation);
        return proposal.Find(compilation, call) is { } changed
            && compilation.GetSemanticModel(changed.SyntaxTree) is var after
            && after.GetSymbolInfo(changed, place.Cancellation).Symbol is IMethodSymbol { ReducedFrom: { } method }
            && IsLinq(method)
            && after.GetTypeInfo(changed, place.Cancellation).Type?.ToDisplayString() == place.TypeOf(call)?.ToDisplayString();
    }

    private static bool NeedsParentheses(ExpressionSyntax expression) =>
        expression.Parent switch
        {
            BinaryExpressionSyntax binary => binary.Kind() is not (SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression),
            AssignmentExpressionSyntax assignment => assignment.Left == expression,
            ParenthesizedExpressionSyntax or LambdaExpressionSyntax or ConditionalExpressionSyntax => false,
            ExpressionSyntax => true,
            _ => false,
        };
}
