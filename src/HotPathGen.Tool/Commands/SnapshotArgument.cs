using System.CommandLine;

namespace HotPathGen.Tool.Commands;

/// <summary>The argument for the snapshots that a command reads. Every command calls it <c>FILE…</c>.</summary>
internal static class SnapshotArgument
{
    public static Argument<string[]> Create() =>
        new("FILE") { Description = "Snapshots (*.hotpath.json); a folder stands for those in it.", Arity = ArgumentArity.OneOrMore };
}
