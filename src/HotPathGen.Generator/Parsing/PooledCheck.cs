using HotPathGen.Generator.Models;
using HotPathGen.Generator.Symbols;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Parsing;

/// <summary>The ways in which a pooled parameter cannot be provided. Each of them is a rule.</summary>
internal enum PooledFault
{
    NotProvided,
    NotScoped,
    WrongLength,
    WrongSource,
    SpanInDeferred,
}

/// <summary>
/// Decides whether the pooled parameters of a core can be provided. If not, the analyzer reports the answer, and the generator skips the pair.
/// </summary>
internal static class PooledCheck
{
    /// <summary>The rule that a core breaks, its text, and the parameter at fault; null if there is none.</summary>
    public static (PooledFault Rule, string Text, IParameterSymbol Parameter)? Of(IMethodSymbol core)
    {
        var requests = PooledRequest.All(core);
        // If prepare has split a method, the check is made at its half.
        if (requests.Count == 0 || core.Name.Contains(Marks.Core))
        {
            return null;
        }

        if (WrittenPairs.Declaration(core) is not { } declaration)
        {
            string name = core.Name.EndsWith(WrittenPairs.Suffix, StringComparison.Ordinal)
                ? core.Name.Substring(0, core.Name.Length - WrittenPairs.Suffix.Length)
                : core.Name;
            string pair = name.Length == core.Name.Length ? $"call its method '{name}{WrittenPairs.Suffix}' and declare" : "declare";
            return (
                PooledFault.NotProvided,
                $"its method is not the core of a pair: {pair} a partial method '{name}' with the other parameters and the same result",
                requests[0].Parameter
            );
        }

        foreach (var request in requests)
        {
            if (Check(request, core, declaration) is var (rule, text))
            {
                return (rule, text, request.Parameter);
            }
        }

        return null;
    }

    private static (PooledFault Rule, string Text)? Check(PooledRequest request, IMethodSymbol core, IMethodSymbol declaration)
    {
        var parameter = request.Parameter;
        if (core.Parameters.Skip(parameter.Ordinal).Any(other => PooledRequest.Of(other) is null))
        {
            return (PooledFault.NotProvided, "pooled parameters come last");
        }

        if (parameter.RefKind != (request.Kind == PooledKind.List ? RefKind.Ref : RefKind.None) || parameter.IsParams)
        {
            return (PooledFault.NotProvided, request.Kind == PooledKind.List ? "a PooledList grows: take it by ref" : "take it by value");
        }

        if (request.Kind == PooledKind.Object && request.Source is null)
        {
            return (
                PooledFault.NotProvided,
                "its type is none of Span<T>, Memory<T>, ArraySegment<T>, T[] and PooledList<T>; name a Source that hands it out"
            );
        }

        var flow = BodyFlows.Of(core);
        if (request.Kind is PooledKind.Span or PooledKind.List && flow != BodyFlow.Call)
        {
            return (PooledFault.SpanInDeferred, request.Kind == PooledKind.Span ? "Memory<T> or an array" : "an array");
        }

        if (request.Kind == PooledKind.Span && parameter.ScopedKind != ScopedKind.ScopedValue)
        {
            return (PooledFault.NotScoped, "");
        }

        return CheckLength(request, core) ?? CheckSource(request, core) ?? CheckFlow(core, declaration, flow) ?? CheckList(request, core);
    }

    private static (PooledFault Rule, string Text)? CheckLength(PooledRequest request, IMethodSymbol core) =>
        request switch
        {
            { Kind: PooledKind.Object } => request.Constant is null && request.Length is null
                ? null
                : (PooledFault.WrongLength, "what a source hands out whole has none"),
            { Constant: null, Length: null } => (PooledFault.WrongLength, "there is none; write [Pooled(256)] or [Pooled(Length = nameof(Method))]"),
            { Constant: not null, Length: not null } => (PooledFault.WrongLength, "there are two"),
            { Constant: < 0 } => (PooledFault.WrongLength, "it is negative"),
            { Length: not null } => LengthMethod.Of(request, core).UnsupportedReason is { } unsupportedReason
                ? (PooledFault.WrongLength, unsupportedReason)
                : null,
            _ => null,
        };

    private static (PooledFault Rule, string Text)? CheckSource(PooledRequest request, IMethodSymbol core) =>
        request.Source is null ? null
        : request.Kind == PooledKind.List ? (PooledFault.WrongSource, "a PooledList rents from ArrayPool<T>.Shared")
        : PooledSource.Of(request, core).UnsupportedReason is { } unsupportedReason ? (PooledFault.WrongSource, unsupportedReason)
        : null;

    /// <summary>Checks a half that waits for the end of its core. Such a half cannot have parameters that live only on the stack.</summary>
    private static (PooledFault Rule, string Text)? CheckFlow(IMethodSymbol core, IMethodSymbol declaration, BodyFlow flow)
    {
        if (core is { IsAsync: true, ReturnsVoid: true })
        {
            return (PooledFault.NotProvided, "an async void core ends unseen; return a task");
        }

        if (
            flow != BodyFlow.Call
            && declaration.Parameters.FirstOrDefault(other => other.RefKind != RefKind.None || other.Type.IsRefLikeType) is { } reference
        )
        {
            return (PooledFault.NotProvided, $"it is returned when what the core returned has ended, and '{reference.Name}' does not live that long");
        }

        return null;
    }

    /// <summary>
    /// Checks a list against the core's results and its ref and out parameters. For the compiler, the contents of a list on the stack could leave the
    /// call through any of these.
    /// </summary>
    private static (PooledFault Rule, string Text)? CheckList(PooledRequest request, IMethodSymbol core)
    {
        if (request.Kind != PooledKind.List)
        {
            return null;
        }

        bool leaves =
            core.ReturnType.IsRefLikeType
            || core.ReturnsByRef
            || core.ReturnsByRefReadonly
            || core.Parameters.Any(other =>
                other.RefKind is RefKind.Ref or RefKind.Out && other.Type.IsRefLikeType && PooledRequest.Of(other) is null
            );
        return leaves
            ? (
                PooledFault.NotProvided,
                "its contents could leave through what the core returns, or through its ref and out parameters; use a span there, or hand the "
                    + "result over in another way"
            )
            : null;
    }
}
