namespace HotPathGen.Generator.Models;

/// <summary>What the half of a pair does for the pooled parameters of its core.</summary>
/// <param name="Buffers">The parameters, in their order.</param>
/// <param name="Arena">What several of them share; null where none do.</param>
/// <param name="Flow">How the core's body is followed to its end.</param>
/// <param name="SkipsInit">Whether the stack may be left as it is: nothing promises what a buffer holds.</param>
/// <param name="Head">The head of the half, if that provides the buffers itself.</param>
/// <param name="CopyHead">The head of the private method that does so for a half that opens a frame.</param>
/// <param name="CopyCall">Its call.</param>
/// <param name="ProbingHead">The same for the instrumented body; null where there is none.</param>
/// <param name="ProbingCall">Its call.</param>
internal sealed record ProvisionModel(
    EquatableArray<PooledModel> Buffers,
    ArenaModel? Arena,
    BodyFlow Flow,
    bool SkipsInit,
    string Head,
    string CopyHead,
    string CopyCall,
    string? ProbingHead,
    string? ProbingCall
);

/// <summary>
/// One piece of memory for several spans: one rent costs less than two, and one that is on the stack no more. Each span begins at a multiple
/// of 8 bytes, as large as any primitive and where arrays begin.
/// </summary>
/// <param name="Members">The places of the spans among the buffers, in their order.</param>
/// <param name="StackLimit">Bytes that may be on the stack: what the spans may have together.</param>
/// <param name="Local">The local that holds it.</param>
/// <param name="LengthLocal">The local that holds its length in bytes.</param>
/// <param name="RentedLocal">The local that holds what was rented.</param>
internal sealed record ArenaModel(EquatableArray<int> Members, int StackLimit, string Local, string LengthLocal, string RentedLocal);

/// <summary>One pooled parameter.</summary>
/// <param name="Source">The parameter as the user wrote it.</param>
/// <param name="Parameter">Its name.</param>
/// <param name="Kind">What the core gets.</param>
/// <param name="Type">Its type.</param>
/// <param name="Element">The element type; empty for objects.</param>
/// <param name="ElementSize">Bytes of an element, as an expression; empty for objects.</param>
/// <param name="Length">The length, as an expression; empty for objects.</param>
/// <param name="IsConstant">Whether it is a constant, which is not negative.</param>
/// <param name="LengthIsLong">Whether its method returns a <c>long</c>.</param>
/// <param name="StackLimit">Bytes that may be on the stack.</param>
/// <param name="StackCapacity">Elements that may be on the stack, as an expression; empty where none may.</param>
/// <param name="AlwaysOnStack">Whether the stack is all it takes.</param>
/// <param name="Pool">What rents, as an expression.</param>
/// <param name="Rent">The method that does.</param>
/// <param name="KeepsPool">Whether the pool is read once and kept, so that what is rented goes back where it came from.</param>
/// <param name="IsShared">Whether that is <c>ArrayPool&lt;T&gt;.Shared</c>.</param>
/// <param name="Clear">The condition under which it is cleared: <c>true</c>, an expression, or empty for never.</param>
/// <param name="Local">The local that the core is given, or that its argument is made from.</param>
/// <param name="LengthLocal">The local that holds the length; the constant itself where there is one.</param>
/// <param name="RentedLocal">The local that holds what was rented.</param>
/// <param name="PoolLocal">The local that holds the pool; the pool itself where none is needed.</param>
/// <param name="StartLocal">The local that holds where it begins in an arena.</param>
/// <param name="NeedsList">Whether the list's type has yet to be written into the assembly.</param>
internal sealed record PooledModel(
    string Source,
    string Parameter,
    PooledKind Kind,
    string Type,
    string Element,
    string ElementSize,
    string Length,
    bool IsConstant,
    bool LengthIsLong,
    int StackLimit,
    string StackCapacity,
    bool AlwaysOnStack,
    string Pool,
    string Rent,
    bool KeepsPool,
    bool IsShared,
    string Clear,
    string Local,
    string LengthLocal,
    string RentedLocal,
    string PoolLocal,
    string StartLocal,
    bool NeedsList
);

/// <summary>When a core has ended, and what it hands back.</summary>
internal enum BodyFlow
{
    /// <summary>When it returns.</summary>
    Call,

    /// <summary>When what it returned completes.</summary>
    Task,
    TaskOfResult,
    Awaitable,
    AwaitableOfResult,

    /// <summary>When what it returned has been enumerated, or is disposed.</summary>
    Sequence,
    Enumerator,
    UntypedEnumerator,
    AsyncSequence,
    AsyncEnumerator,
}
