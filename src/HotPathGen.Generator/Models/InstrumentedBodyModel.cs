namespace HotPathGen.Generator.Models;

/// <summary>An instrumented body: a copy of a core's original body, with probes at its sites.</summary>
/// <param name="Scopes">The file and its namespaces, outermost first. Their usings hold for the copy.</param>
/// <param name="Types">The containing types to reopen, outermost first.</param>
/// <param name="Nullable">The argument of the <c>#nullable</c> directive.</param>
/// <param name="Head">Attributes, modifiers, return type, name, parameters and constraints.</param>
/// <param name="Line">The one-based line of the body in the user's file; 0 where debuggers do not see it.</param>
/// <param name="File">The user's file.</param>
/// <param name="Body">The copy.</param>
/// <param name="SiteCount">The number of sites, including that of exceptions.</param>
/// <param name="Use">Which calls run the copy.</param>
/// <param name="Symbols">Directives that define and undefine the same symbols as the user's file, one on each line.</param>
/// <param name="KnowsUtf8">
/// Whether the language version has UTF-8 literals. They are stored as data; the strings of an assembly have room for only 16 MB.
/// </param>
/// <param name="Sites">A line for each site: line, column, kind, type and text, separated by tabs.</param>
/// <param name="Functions">The lambdas and local functions in the body that have frames of their own in the copy.</param>
/// <param name="Intercepted">The calls in the body that interceptors replace.</param>
internal sealed record InstrumentedBodyModel(
    EquatableArray<ScopeModel> Scopes,
    EquatableArray<string> Types,
    string Nullable,
    string Head,
    int Line,
    string File,
    string Body,
    int SiteCount,
    CopyUse Use,
    string Symbols,
    bool KnowsUtf8,
    string Sites,
    EquatableArray<FunctionModel> Functions,
    EquatableArray<InterceptedModel> Intercepted
);

/// <summary>A call in a copy that is to be intercepted as it is in the original body.</summary>
/// <param name="Position">The position of the called name in the copy.</param>
/// <param name="Head">Return type, name, parameters and constraints of the interceptor.</param>
/// <param name="Call">The call of the original body's interceptor.</param>
internal sealed record InterceptedModel(int Position, string Head, string Call);

/// <summary>A lambda or local function that has a frame of its own in the instrumented body that contains it.</summary>
/// <param name="Method">How the report names it.</param>
/// <param name="Sites">A line for each site; empty if nothing in it can allocate.</param>
internal sealed record FunctionModel(MethodModel Method, string Sites);

/// <summary>A namespace with its usings, or, with an empty name, the file with its usings.</summary>
internal sealed record ScopeModel(string Name, EquatableArray<string> Usings);
