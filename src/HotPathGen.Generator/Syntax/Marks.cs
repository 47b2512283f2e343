namespace HotPathGen.Syntax;

/// <summary>The names that prepare gives and by which the generator recognizes them.</summary>
internal static class Marks
{
    /// <summary>Stands behind the name of a method and marks its core. A number follows if there are overloads.</summary>
    public const string Core = "__plain";

    /// <summary>Stands behind a modifier that prepare inserted, because the user could have written the same modifier.</summary>
    public const string Inserted = "/**/";

    /// <summary>Stands behind the name of a method and marks the copy of its core that has probes.</summary>
    public const string Probing = "__probing";

    /// <summary>
    /// Stands behind the name of a method and marks the method that provides the pooled parameters of its core, and of its instrumented body.
    /// </summary>
    public const string Pooled = "__pooled";
    public const string PooledProbing = "__pooled_probing";

    /// <summary>The method that top-level statements become, and its name in documentation-comment ids of production.</summary>
    public const string TopLevel = "__hotpath_main";
    public const string TopLevelId = "{Main}$";

    /// <summary>Stands before the name of a builder of the base library and gives the runtime's builder that observes it.</summary>
    public const string ObservedBuilder = "global::HotPathGen.Runtime.Observed";

    /// <summary>The line of the coverage file that says that everything is hot.</summary>
    public const string Everything = "everything";

    /// <summary>The name of the local function that is the core of a method measured in place.</summary>
    public const string LocalCore = "__hotpath_plain";
}
