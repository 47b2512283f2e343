using System;
using System.Diagnostics;

namespace HotPathGen;

/// <summary>
/// Marks hot methods: a measured build (<c>-p:HotPathInstrumentation=true</c>) counts their calls, time and allocated
/// bytes; a production build compiles them as if the attribute were not there.
/// </summary>
/// <remarks>
/// On a type or an assembly it covers the methods, constructors, operators and non-trivial accessors in it.
/// <see cref="DoNotInstrumentAttribute"/> on something nearer takes it back. The attribute is never written to metadata.
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
    /// What a call may allocate, in bytes, on the average of a run and with all that it calls: <c>dotnet hotpath check</c> fails where a
    /// method allocates more, and where one that has this budget never ran. 0 or more; without it there is no budget.
    /// </summary>
    /// <remarks>
    /// On a type or an assembly it is the budget of each method in it. The nearest <c>[Instrument]</c> counts, with its budget or without one.
    /// </remarks>
    public int MaxBytesPerCall { get; set; }
}
