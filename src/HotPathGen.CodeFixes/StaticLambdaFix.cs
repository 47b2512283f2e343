using System.Composition;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.CodeFixes;

/// <summary>
/// Passes what a lambda captures as state. This needs a method with an overload that takes state, or one that already takes some. The lambda becomes
/// static, and the compiler keeps one delegate for it. A lambda sees later values of what it captures, but state does not change. So only variables
/// that never change their value are passed.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class StaticLambdaFix() : Fix(RuleIds.AllocatesClosure, RuleIds.AllocatesDelegate, RuleIds.BreaksContract)
{
    private const string Key = "Hand captured variables over as state";

    /// <summary>Something outside a lambda that the lambda uses.</summary>
    /// <param name="Name">The name of a variable; null for <c>this</c>.</param>
    /// <param name="Value">The expression that passes it.</param>
    private sealed record Capture(string? Name, string Value, ITypeSymbol Type, List<SyntaxNode> Uses);

    /// <summary>A call that passes state: the state's place among the arguments, and its parameter's place among those of the lambda.</summary>
    /// <param name="IsTyped">Whether the state has its own type there; else it is an object.</param>
    /// <param name="Replaces">Whether the lambda has that parameter already, and gets null in it.</param>
    private sealed record Overload(IMethodSymbol Method, int State, int Parameter, bool IsTyped, bool Replaces = false);

    private protected override Proposal? Propose(Place place)
    {
        if (
            place.Node
                is not LambdaExpressionSyntax
                {
                    AttributeLists.Count: 0,
                    Parent: ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } list } argument
                } lambda
            || lambda.Modifiers.Any(SyntaxKind.StaticKeyword)
            || list.Arguments.Any(static other => other.NameColon is not null)
            || place.SymbolOf(call) is not IMethodSymbol method
            || Captures(place, lambda) is not { Count: > 0 } captures
        )
        {
            return null;
        }

        int index = list.Arguments.IndexOf(argument);
        if (Existing(method, index) is { } existing)
        {
            return Extend(place, call, lambda, captures, existing);
        }

        foreach (var overload in Overloads(place, call, method, index).OrderByDescending(static overload => overload.IsTyped))
        {
            ParameterSyntax? replaced = null;
            if (overload.Replaces && (replaced = Unused(place, lambda, overload.Parameter)) is null)
            {
                continue;
            }

            if (Write(place, call, lambda, captures, overload, replaced) is { } proposal)
            {
                return proposal;
            }
        }

        return null;
    }

    /// <summary>What a lambda captures; null where state cannot replace one of the captures.</summary>
    private static List<Capture>? Captures(Place place, LambdaExpressionSyntax lambda)
    {
        if (place.Model.GetOperation(lambda, place.Cancellation) is not IAnonymousFunctionOperation function)
        {
            return null;
        }

        var captures = new Dictionary<string, Capture>();
        foreach (var operation in function.Descendants())
        {
            switch (operation)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation or ITranslatedQueryOperation:
                case IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction, IsStatic: false } }:
                case IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction, IsStatic: false } }:
                case IInstanceReferenceOperation { Syntax: BaseExpressionSyntax }:
                    return null;
                case ILocalReferenceOperation { Local: { IsConst: false } local } when !IsWithin(local):
                    if (!Add(local, local.Type, operation.Syntax))
                    {
                        return null;
                    }

                    break;
                case IParameterReferenceOperation { Parameter: var parameter }
                    when !SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, function.Symbol):
                    if (!Add(parameter, parameter.Type, operation.Syntax))
                    {
                        return null;
                    }

                    break;
                case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } reference:
                    if (reference.Syntax is not (ThisExpressionSyntax or SimpleNameSyntax))
                    {
                        return null;
                    }

                    Of("this", null, reference.Type!).Uses.Add(reference.Syntax);
                    break;
            }
        }

        return [.. captures.Values];

        bool IsWithin(ISymbol variable) => variable.DeclaringSyntaxReferences.FirstOrDefault() is { } declared && lambda.Span.Contains(declared.Span);

        bool Add(ISymbol variable, ITypeSymbol type, SyntaxNode use)
        {
            Of(variable.Name, variable.Name, type).Uses.Add(use);
            return use is IdentifierNameSyntax && Variables.IsFixed(place, variable) && Variables.IsImmutable(type);
        }

        Capture Of(string value, string? name, ITypeSymbol type)
        {
            if (!captures.TryGetValue(value, out var capture))
            {
                captures.Add(
                    value,
                    capture = new(name, SyntaxFacts.GetKeywordKind(value) == SyntaxKind.None || name is null ? value : "@" + value, type, [])
                );
            }

            return capture;
        }
    }

    /// <summary>The overloads that take one more argument and pass it to a lambda with one more parameter.</summary>
    private static IEnumerable<Overload> Overloads(Place place, InvocationExpressionSyntax call, IMethodSymbol method, int index)
    {
        int count = call.ArgumentList.Arguments.Count;
        if (
            call.Expression is GenericNameSyntax or MemberAccessExpressionSyntax { Name: GenericNameSyntax } or MemberBindingExpressionSyntax
            || index >= method.Parameters.Length
            || method.Parameters[index].Type is not INamedTypeSymbol { DelegateInvokeMethod.Parameters.Length: var own }
        )
        {
            yield break;
        }

        foreach (var candidate in place.Model.GetMemberGroup(call.Expression, place.Cancellation).OfType<IMethodSymbol>())
        {
            if (
                candidate.Parameters.Length <= count
                || candidate.Parameters.Skip(count + 1).Any(static parameter => !parameter.IsOptional && !parameter.IsParams)
            )
            {
                continue;
            }

            for (int state = 0; state <= count; state++)
            {
                int taker = index < state ? index : index + 1;
                if (state != taker && ParameterOf(candidate.Parameters[taker].Type, candidate.Parameters[state].Type, own + 1) is { } parameter)
                {
                    bool isTyped = candidate.Parameters[state].Type.TypeKind == TypeKind.TypeParameter;
                    yield return new(candidate, state, parameter, isTyped);
                }

                // The overload takes the same delegate, which gets no state from the shorter overload. Only the name shows which object is state.
                if (
                    state != taker
                    && candidate.Parameters[state] is { Name: "state", Type.SpecialType: SpecialType.System_Object }
                    && SymbolEqualityComparer.Default.Equals(candidate.Parameters[taker].Type, method.Parameters[index].Type)
                    && ParameterOf(candidate.Parameters[taker].Type, candidate.Parameters[state].Type, own) is { } given
                )
                {
                    yield return new(candidate, state, given, IsTyped: false, Replaces: true);
                }
            }
        }
    }

    /// <summary>The lambda's parameter at an index, where the lambda does not use it.</summary>
    private static ParameterSyntax? Unused(Place place, LambdaExpressionSyntax lambda, int index)
    {
        var parameter = lambda is SimpleLambdaExpressionSyntax simple
            ? simple.Parameter
            : ((ParenthesizedLambdaExpressionSyntax)lambda).ParameterList.Parameters[index];
        return
            parameter.Type is null
            && place.Model.GetDeclaredSymbol(parameter, place.Cancellation) is { } symbol
            && !Variables.References(place.Model, lambda.Body, symbol, place.Cancellation).Any()
            ? parameter
            : null;
    }

    /// <summary>The lambda's parameter that gets the state: the only one with the state's type.</summary>
    private static int? ParameterOf(ITypeSymbol taker, ITypeSymbol state, int count)
    {
        if (
            taker is not INamedTypeSymbol { DelegateInvokeMethod.Parameters: var parameters }
            || parameters.Length != count
            || state is not ({ SpecialType: SpecialType.System_Object } or ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method })
        )
        {
            return null;
        }

        int[] same =
        [
            .. Enumerable
                .Range(0, parameters.Length)
                .Where(i => parameters[i].RefKind == RefKind.None && SymbolEqualityComparer.Default.Equals(parameters[i].Type, state)),
        ];
        return same is [var parameter] ? parameter : null;
    }

    /// <summary>The state that a call already passes.</summary>
    private static Overload? Existing(IMethodSymbol method, int index)
    {
        var definition = method.OriginalDefinition;
        for (int state = 0; state < definition.Parameters.Length && index < definition.Parameters.Length; state++)
        {
            if (
                state != index
                && definition.Parameters[state].Type is ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } type
                && definition.Parameters[index].Type is INamedTypeSymbol { DelegateInvokeMethod.Parameters.Length: var count }
                && ParameterOf(definition.Parameters[index].Type, type, count) is { } parameter
            )
            {
                return new(method, state, parameter, IsTyped: true);
            }
        }

        return null;
    }

    /// <summary>Adds to the state. What is already passed stays first. A constant that the lambda does not use is replaced.</summary>
    private static Proposal? Extend(
        Place place,
        InvocationExpressionSyntax call,
        LambdaExpressionSyntax lambda,
        List<Capture> captures,
        Overload overload
    )
    {
        if (
            overload.State >= call.ArgumentList.Arguments.Count
            || call.Expression is GenericNameSyntax or MemberAccessExpressionSyntax { Name: GenericNameSyntax }
            || lambda is not ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: var parameters }
            || parameters.Any(static parameter => parameter.Type is not null)
        )
        {
            return null;
        }

        var value = call.ArgumentList.Arguments[overload.State].Expression;
        var given = parameters[overload.Parameter];
        if (place.Model.GetDeclaredSymbol(given, place.Cancellation) is not { } state)
        {
            return null;
        }

        List<SyntaxNode> uses = [.. Variables.References(place.Model, lambda.Body, state, place.Cancellation)];
        if (uses.Count > 0 && (uses.Any(static use => Variables.IsWritten((ExpressionSyntax)use)) || !Variables.IsImmutable(state.Type)))
        {
            return null;
        }

        bool isConstant =
            place.Model.GetConstantValue(value, place.Cancellation).HasValue
            || value is LiteralExpressionSyntax or DefaultExpressionSyntax or CastExpressionSyntax { Expression: LiteralExpressionSyntax };
        if (uses.Count == 0 && !isConstant)
        {
            return null;
        }

        if (uses.Count > 0)
        {
            captures.Insert(
                0,
                new(
                    state.Name,
                    value is IdentifierNameSyntax { Identifier.ValueText: var name } && name == state.Name ? name : $"{state.Name}: {value}",
                    state.Type,
                    uses
                )
            );
        }

        return Write(place, call, lambda, captures, overload, replaced: given);
    }

    private static Proposal? Write(
        Place place,
        InvocationExpressionSyntax call,
        LambdaExpressionSyntax lambda,
        List<Capture> captures,
        Overload overload,
        ParameterSyntax? replaced
    )
    {
        var arguments = call.ArgumentList.Arguments;
        bool isOne = captures.Count == 1;
        if (!overload.IsTyped && !isOne)
        {
            return null;
        }

        // A single variable is passed under its own name, which hides the variable in a static lambda. So the body stays the same.
        string parameter = isOne && overload.IsTyped ? (captures[0].Name is null ? place.Unused("self") : captures[0].Value) : place.Unused("state");
        string value = isOne
            ? captures[0].Value
            : $"({string.Join(", ", captures.Select(capture => capture.Name is null ? $"{Member(capture)}: this" : capture.Value))})";
        string type = isOne
            ? place.Write(captures[0].Type)
            : $"({string.Join(", ", captures.Select(capture => $"{place.Write(capture.Type)} {Member(capture)}"))})";
        bool isNullable =
            (place.Model.GetNullableContext(lambda.SpanStart) & NullableContext.AnnotationsEnabled) != 0
            && !(captures[0].Type.NullableAnnotation == NullableAnnotation.Annotated);
        var proposal = new Proposal(
            $"Hand {string.Join(", ", captures.Select(static capture => $"'{capture.Name ?? "this"}'"))} over as state and make the lambda static",
            Key
        );
        proposal.Insert(place.Tree, lambda.SpanStart, "static ");
        foreach (var capture in captures)
        {
            string access =
                !overload.IsTyped ? $"(({type}){parameter}{(isNullable ? "!" : "")})"
                : isOne ? parameter
                : $"{parameter}.{Member(capture)}";
            foreach (var use in capture.Uses)
            {
                if (capture.Name is null && use is SimpleNameSyntax)
                {
                    proposal.Insert(place.Tree, use.SpanStart, access + ".");
                }
                else if (use.ToString() != access)
                {
                    proposal.Replace(use, access);
                }
            }
        }

        WriteParameter(proposal, lambda, overload, parameter, type, replaced);
        if (replaced is not null && !overload.Replaces)
        {
            proposal.Replace(arguments[overload.State].Expression, value);
        }
        else if (overload.State < arguments.Count)
        {
            proposal.Insert(place.Tree, arguments[overload.State].SpanStart, value + ", ");
        }
        else
        {
            proposal.Insert(place.Tree, arguments.Last().Span.End, ", " + value);
        }

        return IsBoundTo(place, call, overload, proposal) ? proposal : null;

        static string Member(Capture capture) => capture.Name ?? "self";
    }

    private static void WriteParameter(
        Proposal proposal,
        LambdaExpressionSyntax lambda,
        Overload overload,
        string parameter,
        string type,
        ParameterSyntax? replaced
    )
    {
        switch (lambda)
        {
            case LambdaExpressionSyntax when replaced is not null:
                if (replaced.Identifier.Text != parameter)
                {
                    proposal.Replace(replaced, parameter);
                }

                break;
            case SimpleLambdaExpressionSyntax simple:
                proposal.Replace(
                    simple.Parameter,
                    overload.Parameter == 0 ? $"({parameter}, {simple.Parameter})" : $"({simple.Parameter}, {parameter})"
                );
                break;
            case ParenthesizedLambdaExpressionSyntax { ParameterList: var list }:
                string text = list.Parameters.Any(static other => other.Type is not null) ? $"{type} {parameter}" : parameter;
                if (list.Parameters.Count == 0)
                {
                    proposal.Insert(lambda.SyntaxTree, list.OpenParenToken.Span.End, text);
                }
                else if (overload.Parameter < list.Parameters.Count)
                {
                    proposal.Insert(lambda.SyntaxTree, list.Parameters[overload.Parameter].SpanStart, text + ", ");
                }
                else
                {
                    proposal.Insert(lambda.SyntaxTree, list.Parameters.Last().Span.End, ", " + text);
                }

                break;
        }
    }

    /// <summary>
    /// Whether the changed call is bound to the intended overload, with the same result, and converts its other arguments as before.
    /// </summary>
    private static bool IsBoundTo(Place place, InvocationExpressionSyntax call, Overload overload, Proposal proposal)
    {
        var compilation = proposal.ApplyTo(place.Compilation);
        if (proposal.Find(compilation, call) is not { } changed)
        {
            return false;
        }

        var after = compilation.GetSemanticModel(changed.SyntaxTree);
        return after.GetSymbolInfo(changed, place.Cancellation).Symbol is IMethodSymbol method
            && Definition(method) == Definition(overload.Method)
            && Print(after.GetTypeInfo(changed, place.Cancellation).Type) == Print(place.TypeOf(call));

        static string Definition(IMethodSymbol method) => (method.ReducedFrom ?? method).OriginalDefinition.ToDisplayString();

        static string? Print(ITypeSymbol? type) => type?.ToDisplayString();
    }
}
