using System.Composition;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.CodeFixes;

/// <summary>
/// Passes a part of a text without copying it. The called method must have an overload for spans, with the same result and in the same type: an
/// extension of the same name may compare by other rules. The holes of interpolated strings take spans too.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class SubstringFix() : Fix(RuleIds.CallAllocates, RuleIds.BreaksContract)
{
    private const string Title = "Use a span instead of a substring";

    private protected override Proposal? Propose(Place place)
    {
        var proposal = place.Node switch
        {
            InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier: { ValueText: "Substring" } name } } access
            } part
                when place.SymbolOf(part) is IMethodSymbol { ContainingType.SpecialType: SpecialType.System_String }
                    && place.IsNotNull(access.Expression) => new Proposal(Title, Title).Replace(name, "AsSpan"),
            ElementAccessExpressionSyntax { ArgumentList: { Arguments: [{ Expression: var range }] } brackets } part
                when place.TypeOf(part.Expression)?.SpecialType == SpecialType.System_String
                    && place.Model.GetTypeInfo(range, place.Cancellation).ConvertedType is { Name: "Range" }
                    && place.IsNotNull(part.Expression) => new Proposal(Title, Title)
                .Replace(brackets.OpenBracketToken, ".AsSpan(")
                .Replace(brackets.CloseBracketToken, ")"),
            _ => null,
        };
        return proposal is null
            ? null
            : place.Node.Parent switch
            {
                ArgumentSyntax { RefKindKeyword.RawKind: 0, Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } } argument
                    when TakesSpan(place, call, argument, proposal) => proposal,
                InterpolationSyntax { Parent: InterpolatedStringExpressionSyntax text } when IsSame(place, text, proposal) => proposal,
                _ => null,
            };
    }

    private static bool TakesSpan(Place place, InvocationExpressionSyntax call, ArgumentSyntax argument, Proposal proposal)
    {
        var compilation = proposal.ApplyTo(place.Compilation);
        if (
            place.Model.GetOperation(call, place.Cancellation) is not IInvocationOperation before
            || proposal.Find(compilation, call) is not { } changed
            || compilation.GetSemanticModel(changed.SyntaxTree).GetOperation(changed, place.Cancellation) is not IInvocationOperation after
            || Print(before.TargetMethod.ContainingType) != Print(after.TargetMethod.ContainingType)
            || Print(before.TargetMethod.ReturnType) != Print(after.TargetMethod.ReturnType)
        )
        {
            return false;
        }

        // In both calls the written arguments are in the order of the source.
        IArgumentOperation[] old = [.. before.Arguments.Where(static given => given.ArgumentKind == ArgumentKind.Explicit)];
        IArgumentOperation[] now = [.. after.Arguments.Where(static given => given.ArgumentKind == ArgumentKind.Explicit)];
        return old.Length == now.Length
            && old.Zip(now, (was, given) =>
                    was.Syntax == argument
                        ? was.Parameter?.Type.SpecialType == SpecialType.System_String && IsSpan(given.Parameter?.Type)
                        : Print(was.Parameter?.Type) == Print(given.Parameter?.Type)
                            || (
                                was.Parameter?.Type.SpecialType == SpecialType.System_String
                                && IsSpan(given.Parameter?.Type)
                                && was.Syntax is ArgumentSyntax { Expression: var other }
                                && place.IsNotNull(other)
                            )
                )
                .All(static same => same);
    }

    /// <summary>Whether the whole interpolated string still has the same result.</summary>
    private static bool IsSame(Place place, InterpolatedStringExpressionSyntax text, Proposal proposal)
    {
        var compilation = proposal.ApplyTo(place.Compilation);
        return proposal.Find(compilation, text) is { } changed
            && place.Model.GetTypeInfo(text, place.Cancellation).ConvertedType is { SpecialType: SpecialType.System_String }
            && compilation.GetSemanticModel(changed.SyntaxTree).GetTypeInfo(changed, place.Cancellation).ConvertedType
                is { SpecialType: SpecialType.System_String };
    }

    private static bool IsSpan(ITypeSymbol? type) =>
        type
            is INamedTypeSymbol
            {
                Name: "ReadOnlySpan",
                ContainingNamespace.Name: "System",
                TypeArguments: [{ SpecialType: SpecialType.System_Char }]
            };

    private static string? Print(ITypeSymbol? type) => type?.ToDisplayString();
}
