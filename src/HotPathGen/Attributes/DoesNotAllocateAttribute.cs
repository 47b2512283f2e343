using System;
using System.Diagnostics;

namespace HotPathGen;

/// <summary>
/// Declares that a method, a property or every member of a type does not allocate. The rules do not read its body: for a method with a
/// contract of zero bytes (<see cref="InstrumentAttribute.MaxBytesPerCall"/>), a call of it allocates nothing.
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
