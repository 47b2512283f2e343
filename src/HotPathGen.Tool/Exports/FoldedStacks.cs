using System.Globalization;
using System.Text;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Exports;

/// <summary>Folded stacks, one on each line, as flame-graph scripts read them: <c>outer;inner 123</c>, in nanoseconds or bytes.</summary>
internal static class FoldedStacks
{
    public static string Write(SnapshotDocument snapshot, StackValue value, bool withSites)
    {
        var text = new StringBuilder();
        foreach (var (context, site, weight) in WeighedStacks.Of(snapshot, value, withSites))
        {
            var frames = StackNames.PathTo(snapshot, context).Select(frame => StackNames.Of(snapshot, frame));
            if (site is not null)
            {
                frames = frames.Append(StackNames.Of(snapshot.Methods[context.Method!.Value], site));
            }

            text.AppendJoin(';', frames.Select(Frame)).Append(CultureInfo.InvariantCulture, $" {weight}\n");
        }
        return text.ToString();
    }

    // A semicolon separates frames and a line feed separates stacks, so a name must contain neither.
    private static string Frame(string name) => VisibleText.Name(name).Replace(';', ',');
}
