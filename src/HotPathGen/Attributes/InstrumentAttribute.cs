using System;
using System.Diagnostics;

namespace HotPathGen;

/// <summary>
/// Marks hot methods: a measured build (<c>-p:HotPathInstrumentation=true</c>) counts their calls, time and allocated
/// bytes; a production build compiles them as if the attribute were not there.
/// </summary>
/// <remarks>
/// On a type or an assembly it covers the methods, constructors, operators and non-trivial accessors in it.
/// <see cref="DoNotInstrumentAttribute"/> on a member or a nested type excludes that. The attribute is never written to metadata.
/// </remarks>
[Conditional("HOTPATH_KEEP_ATTRIBUTES")]
[AttributeUsage(
    AttributeTargets.Method
        | AttributeTargets.Constructor
        | AttributeTargets.Property
        | AttributeTargets.Event
        | AttributeTargets.Class
        | AttributeTargets.Struct
        | AttributeTargets.Interface
        | AttributeTargets.Assembly,
    Inherited = false
)]
public sealed class InstrumentAttribute : Attribute
{
    /// <summary>
    /// The budget: how many bytes a call may allocate, together with everything that it calls, on average over a run. <c>dotnet hotpath check</c>
    /// fails if a method allocates more, or if a method with a budget never ran. The value is 0 or more. Without it, there is no budget.
    /// </summary>
    /// <remarks>
    /// On a type or an assembly it is the budget of each method in it. The nearest <c>[Instrument]</c> decides, even if it has no budget.
    /// </remarks>
    public int MaxBytesPerCall { get; set; }
}
