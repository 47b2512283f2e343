using System.ComponentModel;

namespace HotPathGen.Runtime;

/// <summary>
/// Where a <c>dynamic</c> value is converted before a probe sees it: as an argument it would have the probe itself bound at run time, and a
/// cast would convert explicitly.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Converted<T>
{
    /// <summary>The value; what is assigned here is converted implicitly.</summary>
    public T Value { readonly get; set; }
}
