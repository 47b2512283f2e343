using System.CommandLine;

namespace HotPathGen.Tool.Commands;

/// <summary>The snapshots that a command reads: what every one of them calls <c>FILE…</c>.</summary>
internal static class SnapshotArgument
{
    public static Argument<string[]> Create() =>
        new("FILE") { Description = "Snapshots (*.hotpath.json); a folder stands for those in it.", Arity = ArgumentArity.OneOrMore };
}
