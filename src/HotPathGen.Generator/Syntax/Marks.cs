namespace HotPathGen.Syntax;

/// <summary>Names that prepare gives and the generator knows again.</summary>
internal static class Marks
{
    /// <summary>Behind the name of a method: its core. A number follows where there are overloads.</summary>
    public const string Core = "__plain";

    /// <summary>Behind a modifier that could be the user's: it is not.</summary>
    public const string Inserted = "/**/";

    /// <summary>Behind the name of a method: the copy of its core that probes.</summary>
    public const string Probing = "__probing";

    /// <summary>Behind the name of a method: what provides the pooled parameters of its core, and of its instrumented body.</summary>
    public const string Pooled = "__pooled";
    public const string PooledProbing = "__pooled_probing";

    /// <summary>The line of the coverage file that says that everything is hot.</summary>
    public const string Everything = "everything";

    /// <summary>The core of a method that is measured in place.</summary>
    public const string LocalCore = "__hotpath_plain";
}
