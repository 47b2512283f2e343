using System;
using System.Diagnostics;

namespace HotPathGen;

/// <summary>
/// Excludes a method, or all methods of a type or an assembly, from an <see cref="InstrumentAttribute"/> on something that contains it, and
/// from <c>HotPathInstrumentAll</c>.
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
