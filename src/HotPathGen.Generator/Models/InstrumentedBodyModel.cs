namespace HotPathGen.Generator.Models;

/// <summary>A copy of a core's body with probes at its sites.</summary>
/// <param name="Scopes">The file and its namespaces, outermost first: what their usings say holds for the copy.</param>
/// <param name="Types">The containing types to reopen, outermost first.</param>
/// <param name="Nullable">What the <c>#nullable</c> directive says.</param>
/// <param name="Head">Attributes, modifiers, return type, name, parameters and constraints.</param>
/// <param name="Line">The user's line of the body, one-based.</param>
/// <param name="File">The user's file.</param>
/// <param name="Body">The copy.</param>
/// <param name="SiteCount">How many sites it has, that of exceptions included.</param>
/// <param name="RunsAlways">Whether calls that do not probe run it, too, and the body as it was written is not run at all.</param>
/// <param name="Symbols">Directives that define and undefine what its file does, a line each.</param>
/// <param name="KnowsUtf8">Whether the language version has UTF-8 literals, which are data: the strings of an assembly have room for 16 MB.</param>
/// <param name="Sites">A line for each: line, column, kind, type and text, between tabs.</param>
internal sealed record InstrumentedBodyModel(
    EquatableArray<ScopeModel> Scopes,
    EquatableArray<string> Types,
    string Nullable,
    string Head,
    int Line,
    string File,
    string Body,
    int SiteCount,
    bool RunsAlways,
    string Symbols,
    bool KnowsUtf8,
    string Sites
);

/// <summary>A namespace, or the file for an empty name, and its usings.</summary>
internal sealed record ScopeModel(string Name, EquatableArray<string> Usings);
