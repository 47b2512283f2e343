using System.ComponentModel;
using System.Diagnostics;

namespace HotPathGen.Runtime;

/// <summary>
/// Marks a method that prepare has edited, so that the generator can distinguish it from a pair written by hand. Never written to metadata.
/// </summary>
/// <param name="key">The key by which prepare and the generator identify the method.</param>
/// <param name="core">The name of the original body; empty if the frame is opened inside the method itself.</param>
/// <param name="kind">How the body runs: <c>call</c>, <c>async</c>, <c>iterator</c> or <c>async-iterator</c>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.All, Inherited = false)]
[Conditional("HOTPATH_KEEP_ATTRIBUTES")]
public sealed class PreparedAttribute(string key, string core, string kind) : Attribute
{
    /// <summary>The key by which prepare and the generator identify the method.</summary>
    public string Key { get; } = key;

    /// <summary>The name of the original body; empty if the frame is opened inside the method itself.</summary>
    public string Core { get; } = core;

    /// <summary>How the body runs: <c>call</c>, <c>async</c>, <c>iterator</c> or <c>async-iterator</c>.</summary>
    public string Kind { get; } = kind;
}
