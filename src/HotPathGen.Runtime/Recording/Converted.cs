using System.ComponentModel;

namespace HotPathGen.Runtime;

/// <summary>
/// Converts a <c>dynamic</c> value before a probe gets it. If a dynamic value were an argument, the call of the probe itself would be bound at
/// run time. A cast would be an explicit conversion.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Converted<T>
{
    /// <summary>The value. Assigning to it converts implicitly.</summary>
    public T Value { readonly get; set; }
}
