namespace HotPathGen.Generator.Models;

/// <summary>A hot method as the report names it.</summary>
/// <param name="Key">Unique within the assembly; part of an identifier.</param>
/// <param name="Id">Documentation-comment id.</param>
/// <param name="Name">Namespace, types, name and parameter types.</param>
/// <param name="File">The user's path.</param>
/// <param name="Line">One-based.</param>
/// <param name="Form">How it is measured.</param>
/// <param name="SitesKey">The key of the type that has the sites of its instrumented body, one for each file; null where it has none.</param>
/// <param name="UnsupportedReason">Why its body has no probes although something in it can allocate; null otherwise.</param>
/// <param name="Pooled">Its pooled parameters, a line each: name, kind, element type and stack limit, between tabs; empty where it has none.</param>
/// <param name="MaxBytesPerCall">What its attribute lets a call allocate; negative where it says nothing.</param>
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
);

/// <summary>A hot method that is left as it is.</summary>
internal sealed record PlainModel(string Name, string File, int Line, string Reason);
