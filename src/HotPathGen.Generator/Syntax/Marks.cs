namespace HotPathGen.Syntax;

/// <summary>The names that prepare gives and by which the generator recognizes them.</summary>
internal static class Marks
{
    /// <summary>Stands behind the name of a method and marks its core. A number follows if there are overloads.</summary>
    public const string Core = "__plain";

    /// <summary>Stands behind the name of a member and marks the declaration of the pair that the member calls. A number follows.</summary>
    public const string Forwarded = "__framed";

    /// <summary>The beginning of a comment that gives the column, in the user's text, of what stands behind the comment.</summary>
    public const string Column = "/*hotpath:";

    /// <summary>Stands behind the name of a method and marks the copy of its core that has probes.</summary>
    public const string Probing = "__probing";

    /// <summary>
    /// Stands behind the name of a method and marks the method that provides the pooled parameters of its core, and of its instrumented body.
    /// </summary>
    public const string Pooled = "__pooled";
    public const string PooledProbing = "__pooled_probing";

    /// <summary>The prefix of the classes through which other files can call the interceptors of a file.</summary>
    public const string Interceptors = "HotPathInterceptors_";

    /// <summary>The method that top-level statements become, and its name in documentation-comment ids of production.</summary>
    public const string TopLevel = "__hotpath_main";
    public const string TopLevelId = "{Main}$";

    /// <summary>Stands before the name of an async method's builder and gives the one that observes it, and the field there that holds it.</summary>
    public const string ObservingBuilder = "Observing";
    public const string ObservedBuilder = "_builder";

    /// <summary>The line of the coverage file that says that everything is hot.</summary>
    public const string Everything = "everything";

    /// <summary>The name of the local function that is the core of a method measured in place.</summary>
    public const string LocalCore = "__hotpath_plain";

    /// <summary>Stands before the key of a method in the name of the field that has its number.</summary>
    public const string Number = "M_";

    /// <summary>The name of the frame that prepare opened in a lambda.</summary>
    public const string LambdaFrame = "__hotpath_lambda";

    /// <summary>
    /// The same for an async lambda: one that has a builder of the runtime, and one that is measured up to its first await that waits.
    /// </summary>
    public const string AsyncLambdaFrame = LambdaFrame + "_async";
    public const string StartedLambdaFrame = LambdaFrame + "_started";

    /// <summary>Stands behind the name of a field or property and marks the method that computes its initial value.</summary>
    public const string Initial = "__initial";

    /// <summary>The kinds of the marks on the first measured initializer in a part of a type.</summary>
    public const string Initializers = "initializers";
    public const string StaticInitializers = "static-initializers";
}
