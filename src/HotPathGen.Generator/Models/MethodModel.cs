namespace HotPathGen.Generator.Models;

/// <summary>A hot method as the report names it.</summary>
/// <param name="Key">The key of the method, unique within the assembly. It is part of an identifier.</param>
/// <param name="Id">The documentation-comment id.</param>
/// <param name="Name">Namespace, types, name and parameter types.</param>
/// <param name="File">The path of the user's file.</param>
/// <param name="Line">The one-based line in that file.</param>
/// <param name="Form">The form in which the method is measured.</param>
/// <param name="SitesKey">
/// The key of the type that describes the sites of the method's instrumented body. There is one such type for each file. Null if the method has no
/// sites.
/// </param>
/// <param name="UnsupportedReason">Why the body has no probes although something in it can allocate; null otherwise.</param>
/// <param name="Pooled">
/// The pooled parameters, one on each line: name, kind, element type and stack limit, separated by tabs; empty if there are none.
/// </param>
/// <param name="MaxBytesPerCall">The number of bytes that a call may allocate by its attribute; negative if the attribute sets no budget.</param>
internal sealed record MethodModel(
    string Key,
    string Id,
    string Name,
    string File,
    int Line,
    string Form,
    string? SitesKey,
    string? UnsupportedReason,
    string Pooled,
    int MaxBytesPerCall
)
{
    /// <summary>
    /// For the initializers in a part of a type, the number of the part, from 1; 0 for a method. They are in the row of the method with the same
    /// id, if it is measured. Otherwise all parts of the type are one row.
    /// </summary>
    public int InitializersPart { get; init; }
}

/// <summary>A hot method that is left plain.</summary>
internal sealed record PlainModel(string Name, string File, int Line, string Reason);
