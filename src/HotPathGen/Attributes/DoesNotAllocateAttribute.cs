using System;
using System.Diagnostics;

namespace HotPathGen;

/// <summary>
/// Vouches for a method, a property or all that a type holds: a contract of zero bytes (<see cref="InstrumentAttribute.MaxBytesPerCall"/>) takes
/// a call of it as one that allocates nothing, and what its body does is not looked into.
/// </summary>
/// <remarks>A measured build still counts what it allocates. The attribute is never written to metadata.</remarks>
[Conditional("HOTPATH_KEEP_ATTRIBUTES")]
[AttributeUsage(
    AttributeTargets.Method
        | AttributeTargets.Constructor
        | AttributeTargets.Property
        | AttributeTargets.Event
        | AttributeTargets.Class
        | AttributeTargets.Struct
        | AttributeTargets.Interface,
    Inherited = false
)]
public sealed class DoesNotAllocateAttribute : Attribute;
