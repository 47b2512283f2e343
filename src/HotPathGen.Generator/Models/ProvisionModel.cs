namespace HotPathGen.Generator.Models;

/// <summary>What the half of a pair does for the pooled parameters of its core.</summary>
/// <param name="Buffers">The parameters, in their order.</param>
/// <param name="Arena">The memory that several of them share; null if none do.</param>
/// <param name="Flow">The way in which the core's end is seen.</param>
/// <param name="SkipsInit">Whether the stack need not be cleared. No promise is made about what a buffer holds.</param>
/// <param name="Head">The head of the half, if the half provides the buffers itself.</param>
/// <param name="CopyHead">The head of the private method that provides the buffers for a half that opens a frame.</param>
/// <param name="CopyCall">The call of that method.</param>
/// <param name="ProbingHead">The head of such a method for the instrumented body; null if there is none.</param>
/// <param name="ProbingCall">The call of that method.</param>
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
/// One piece of memory for several spans. One rent costs less than two; a piece on the stack costs no more. Each span begins at a multiple of 8
/// bytes. That is the size of the largest primitive types, and also the alignment of an array's elements.
/// </summary>
/// <param name="Members">The indices of the spans among the buffers, in their order.</param>
/// <param name="StackLimit">The number of bytes that may be on the stack: the sum of what the spans may have there.</param>
/// <param name="Local">The local that holds the memory.</param>
/// <param name="LengthLocal">The local that holds the length of the memory in bytes.</param>
/// <param name="RentedLocal">The local that holds the rented array.</param>
internal sealed record ArenaModel(EquatableArray<int> Members, int StackLimit, string Local, string LengthLocal, string RentedLocal);

/// <summary>One pooled parameter.</summary>
/// <param name="Source">The parameter as the user wrote it.</param>
/// <param name="Parameter">The name of the parameter.</param>
/// <param name="Kind">The kind of buffer that the core gets.</param>
/// <param name="Type">The type of the parameter.</param>
/// <param name="Element">The element type; empty for objects.</param>
/// <param name="ElementSize">The size of an element in bytes, as an expression; empty for objects.</param>
/// <param name="Length">The length, as an expression; empty for objects.</param>
/// <param name="IsConstant">Whether the length is a constant, which is not negative.</param>
/// <param name="LengthIsLong">Whether the length method returns a <c>long</c>.</param>
/// <param name="StackLimit">The number of bytes that may be on the stack.</param>
/// <param name="StackCapacity">The number of elements that may be on the stack, as an expression; empty if none may.</param>
/// <param name="AlwaysOnStack">Whether the buffer is always on the stack.</param>
/// <param name="Pool">The pool that rents, as an expression.</param>
/// <param name="Rent">The method of the pool that rents.</param>
/// <param name="KeepsPool">Whether the pool is read once and kept, so that a rented buffer goes back to the pool that it came from.</param>
/// <param name="IsShared">Whether the pool is <c>ArrayPool&lt;T&gt;.Shared</c>.</param>
/// <param name="Clear">The condition under which the buffer is cleared: <c>true</c>, an expression, or empty for never.</param>
/// <param name="Local">The local that the core is given, or that its argument is made from.</param>
/// <param name="LengthLocal">The local that holds the length, or the constant itself if the length is constant.</param>
/// <param name="RentedLocal">The local that holds the rented buffer.</param>
/// <param name="PoolLocal">The local that holds the pool, or the pool itself if no local is needed.</param>
/// <param name="StartLocal">The local that holds the place where the buffer begins in an arena.</param>
/// <param name="NeedsList">Whether the list's type has yet to be generated into the assembly.</param>
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

/// <summary>When a core ends, and what it hands back.</summary>
internal enum BodyFlow
{
    /// <summary>The core ends when it returns.</summary>
    Call,

    /// <summary>The core ends when the task that it returned completes.</summary>
    Task,
    TaskOfResult,
    Awaitable,
    AwaitableOfResult,

    /// <summary>The core ends when the sequence that it returned has been enumerated, or is disposed.</summary>
    Sequence,
    Enumerator,
    UntypedEnumerator,
    AsyncSequence,
    AsyncEnumerator,
}
