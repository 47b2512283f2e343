using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Prepare;

/// <summary>The names by which prepared text, the generator and the runtime find each other.</summary>
internal static class Markers
{
    private const string Runtime = "global::HotPathGen.Runtime";

    public static string Attribute(string key, string core, SyntaxNode declaration, string builder = "")
    {
        string kind = (Shape.IsAsync(declaration), Shape.IsIterator(declaration)) switch
        {
            (true, true) => "async-iterator",
            (true, false) => Async(builder),
            (false, true) => "iterator",
            _ => "call",
        };
        return Attribute(key, core, kind);
    }

    /// <summary>The kind of an async method. Only a builder of the runtime sees more of it than its first segment.</summary>
    public static string Async(string builder) => builder.Length > 0 ? "async" : "async-first-segment";

    public static string Attribute(string key, string core, string kind) => $"[{Runtime}.Prepared(\"{key}\", \"{core}\", \"{kind}\")] ";

    public static string OpenFrame(string key) =>
        $"var __hotpath_frame = {Runtime}.Frame.Enter(global::HotPathGen.Generated.HotPathMethods.M_{key}); var __hotpath_completed = false; try {{ ";

    public const string Completed = "__hotpath_completed = true; ";

    public const string CloseFrame = "} finally { __hotpath_frame.Exit(__hotpath_completed); } ";

    /// <summary>The end of a call whose body may continue after it.</summary>
    public const string CloseStarted = "} finally { __hotpath_frame.ExitStarted(__hotpath_completed); } ";
}
