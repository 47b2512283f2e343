using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Exports;

/// <summary>The names of frames, for formats that have no file and line of their own.</summary>
internal static class StackNames
{
    /// <summary>The name where a thread had more contexts than are kept, so that the caller is not known.</summary>
    public const string BeyondBound = "(contexts beyond the bound)";

    public static string Of(SnapshotDocument snapshot, ContextNode context) =>
        context.Method is { } method ? snapshot.Methods[method].Name : BeyondBound;

    public static string Of(Method method, Site site)
    {
        string file = method.File[(method.File.LastIndexOf('/') + 1)..];
        return FormattableString.Invariant($"{file}:{site.Line}:{site.Column} {Words.Of(site.Kind)}{(site.Type.Length > 0 ? " " + site.Type : "")}");
    }

    /// <summary>The contexts from the outermost to <paramref name="context"/>.</summary>
    public static List<ContextNode> PathTo(SnapshotDocument snapshot, ContextNode context)
    {
        var path = new List<ContextNode> { context };
        while (path[^1].Parent is { } parent)
        {
            path.Add(snapshot.Contexts[parent]);
        }

        path.Reverse();
        return path;
    }
}
