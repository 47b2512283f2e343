namespace HotPathGen.Generator.Models;

/// <summary>A partial declaration whose body calls its core.</summary>
/// <param name="Key">The key of its <see cref="MethodModel"/>.</param>
/// <param name="Scopes">The file and its namespaces, outermost first, with their usings if the head or the body needs them.</param>
/// <param name="Types">The containing types to reopen, outermost first, as <c>partial class Name&lt;T&gt;</c>.</param>
/// <param name="Head">Modifiers, return type, name, parameters and constraints, as the implementing part repeats them.</param>
/// <param name="Call">The call of the core with all arguments.</param>
/// <param name="ProbingCall">The call of the instrumented body; null if there is none.</param>
/// <param name="Use">Which calls run the instrumented body.</param>
/// <param name="Returns">The text between <c>return</c> and the value.</param>
/// <param name="Inlined">Whether the wrapper may be marked for inlining. It may not if the user's own <c>[MethodImpl]</c> decides that.</param>
/// <param name="Kind">The way in which the core's body runs.</param>
/// <param name="Annotated">Whether the language version knows nullable annotations.</param>
/// <param name="Provision">What the half does for pooled parameters of the core; null if the core has none.</param>
internal sealed record PairModel(
    string Key,
    EquatableArray<ScopeModel> Scopes,
    EquatableArray<string> Types,
    string Head,
    string Call,
    string? ProbingCall,
    CopyUse Use,
    PairReturn Returns,
    bool Inlined,
    BodyKind Kind,
    bool Annotated,
    ProvisionModel? Provision
);

/// <summary>The way in which a body runs.</summary>
internal enum BodyKind
{
    /// <summary>It runs from the call to its return.</summary>
    Call,

    /// <summary>It runs in segments between awaits.</summary>
    Async,

    /// <summary>It runs in steps that a consumer asks for.</summary>
    Iterator,

    /// <summary>It runs in segments between awaits and in steps that a consumer asks for.</summary>
    AsyncIterator,
}

/// <summary>How a pair hands back its result.</summary>
internal enum PairReturn
{
    Nothing,
    Value,
    Reference,
    ReadOnlyReference,
}

/// <summary>One hot method: its entry in the report and, for a pair, the half and the instrumented body to generate.</summary>
internal sealed record HotMethodModel(MethodModel Method, PairModel? Pair, InstrumentedBodyModel? Instrumented)
{
    /// <summary>What is to be generated for a pair; null for a method that is not one of a pair.</summary>
    public WrittenPairModel? Written => Pair is null ? null : new(Method.Name, Pair, Instrumented);
}

/// <summary>What is to be generated for a pair.</summary>
/// <param name="Name">The method's name in reports.</param>
/// <param name="Pair">The half.</param>
/// <param name="Instrumented">The instrumented body; null if there is none.</param>
internal sealed record WrittenPairModel(string Name, PairModel Pair, InstrumentedBodyModel? Instrumented)
{
    /// <summary>Whether the pair takes a list whose type has yet to be generated into the assembly.</summary>
    public bool NeedsList => Pair.Provision?.Buffers.Any(static buffer => buffer.NeedsList) == true;
}
