using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Exports;

/// <summary>The frames of stacks as formats without places of their own name them.</summary>
internal static class StackNames
{
    /// <summary>Where a thread had more contexts than are kept, who called is not known.</summary>
    public const string BeyondBound = "(contexts beyond the bound)";

    public static string Of(SnapshotDocument snapshot, ContextNode context) =>
        context.Method is { } method ? snapshot.Methods[method].Name : BeyondBound;

    public static string Of(Method method, Site site)
    {
        string file = method.File[(method.File.LastIndexOf('/') + 1)..];
        return FormattableString.Invariant($"{file}:{site.Line}:{site.Column} {Words.Of(site.Kind)}{(site.Type.Length > 0 ? " " + site.Type : "")}");
    }

    /// <summary>From the outermost to <paramref name="context"/>.</summary>
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
