using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Prepare;

/// <summary>The names by which prepared text, the generator and the runtime find each other.</summary>
internal static class Markers
{
    private const string Runtime = "global::HotPathGen.Runtime";
    private const string Methods = "global::HotPathGen.Generated.HotPathMethods";

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

    /// <summary>Says, behind what is inserted on the first line of a body, where the user's text goes on.</summary>
    public static string Column(SyntaxNode node, int position) =>
        $"{Marks.Column}{node.SyntaxTree.GetText().Lines.GetLinePosition(position).Character + 1}*/ ";

    public static string OpenFrame(string key) =>
        $"var __hotpath_frame = {Runtime}.Frame.Enter({Methods}.M_{key}); var __hotpath_completed = false; try {{ ";

    public static string BeginInitializer(string key) => $"{Runtime}.Initializer.Begin({Methods}.M_{key})";

    /// <summary>Whether the last initializer in a part of a type ends a call of the row. The generator decides it.</summary>
    public static string EndsCall(string key) => $"{Methods}.C_{key}";

    /// <summary>The name of the frame is the mark of the lambda, because not every lambda can have attributes.</summary>
    public static string OpenLambda(string key) => OpenLambda(key, Marks.LambdaFrame, completed: true);

    /// <summary>The same for a lambda whose results are marked.</summary>
    public static string OpenMarkedLambda(string key) => OpenLambda(key, Marks.LambdaFrame, completed: false);

    /// <summary>The same for an async lambda, whose body is a local function.</summary>
    public static string OpenAsyncLambda(string key, string builder) =>
        builder.Length > 0
            ? $"{OpenLambda(key, Marks.AsyncLambdaFrame, completed: false)}{Marks.AsyncLambdaFrame}.Starts(); "
            : OpenLambda(key, Marks.StartedLambdaFrame, completed: false);

    private static string OpenLambda(string key, string frame, bool completed) =>
        $"var {frame} = {Runtime}.Frame.Enter({Methods}.M_{key}); var __hotpath_completed = {(completed ? "true" : "false")}; try {{ ";

    public const string CloseLambda =
        $"}} catch when ({Runtime}.Frame.Fails(out __hotpath_completed)) {{ throw; }} finally {{ {Marks.LambdaFrame}.Exit(__hotpath_completed); }} ";

    /// <summary>Says that a body starts which goes on after the call.</summary>
    public const string Starts = "__hotpath_frame.Starts(); ";

    public const string CloseMarkedLambda = $"}} finally {{ {Marks.LambdaFrame}.Exit(__hotpath_completed); }} ";

    public static string CloseAsyncLambda(string builder) =>
        $"}} finally {{ {(builder.Length > 0 ? Marks.AsyncLambdaFrame : Marks.StartedLambdaFrame)}.ExitStarted(__hotpath_completed); }} ";

    public const string Completed = "__hotpath_completed = true; ";

    public const string CloseFrame = "} finally { __hotpath_frame.Exit(__hotpath_completed); } ";

    /// <summary>The end of a call whose body may continue after it.</summary>
    public const string CloseStarted = "} finally { __hotpath_frame.ExitStarted(__hotpath_completed); } ";
}
