using System.ComponentModel;
using System.Diagnostics;

namespace HotPathGen.Runtime;

/// <summary>
/// Marks a method that prepare has edited, so that the generator can tell it from a pair written by hand. Never emitted to metadata.
/// </summary>
/// <param name="key">The key under which prepare and the generator know the method.</param>
/// <param name="core">The name of the original body; empty where the frame was opened in place.</param>
/// <param name="kind">How the body runs: <c>call</c>, <c>async</c>, <c>iterator</c> or <c>async-iterator</c>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.All, Inherited = false)]
[Conditional("HOTPATH_KEEP_ATTRIBUTES")]
public sealed class PreparedAttribute(string key, string core, string kind) : Attribute
{
    /// <summary>The key under which prepare and the generator know the method.</summary>
    public string Key { get; } = key;

    /// <summary>The name of the original body; empty where the frame was opened in place.</summary>
    public string Core { get; } = core;

    /// <summary>How the body runs: <c>call</c>, <c>async</c>, <c>iterator</c> or <c>async-iterator</c>.</summary>
    public string Kind { get; } = kind;
}
