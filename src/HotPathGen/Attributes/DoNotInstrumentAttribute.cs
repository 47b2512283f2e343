using System;
using System.Diagnostics;

namespace HotPathGen;

/// <summary>
/// Leaves a method, or what a type or an assembly holds, out of an <see cref="InstrumentAttribute"/> further out and out
/// of <c>HotPathInstrumentAll</c>.
/// </summary>
/// <remarks>The nearest of the two attributes decides. The attribute is never written to metadata.</remarks>
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
public sealed class DoNotInstrumentAttribute : Attribute;
