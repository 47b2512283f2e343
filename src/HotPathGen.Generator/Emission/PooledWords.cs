using HotPathGen.Generator.Models;

namespace HotPathGen.Generator.Emission;

/// <summary>Prints the calls of a half to its pools. In measured builds they also go to the runtime, which counts.</summary>
/// <param name="key">The key of the hot method; null in production builds.</param>
internal sealed class PooledWords(string? key)
{
    private const string SharedBytes = "global::System.Buffers.ArrayPool<byte>.Shared";
    private const string Counts = "global::HotPathGen.Runtime.PooledCounts";

    public static PooledWords Production { get; } = new(null);

    public string Rent(PooledModel buffer, int index)
    {
        string rent = $"{buffer.PoolLocal}.{buffer.Rent}({buffer.LengthLocal})";
        // Arguments are evaluated in their order: first the bytes before, then the rent.
        return key is null ? rent
            : buffer.Kind == PooledKind.Object ? $"{Counts}.Rented({Place(index)}, {Counts}.Bytes(), {rent})"
            : $"{Counts}.Rented({Place(index)}, {Counts}.Bytes(), {rent}, {buffer.LengthLocal})";
    }

    public string Return(PooledModel buffer, int index)
    {
        string back = $"{buffer.PoolLocal}.Return({buffer.RentedLocal})";
        return key is null ? back
            : buffer.IsShared ? $"{Counts}.Return({Place(index)}, {buffer.RentedLocal})"
            : $"{Counts}.Returned({Place(index)});\n{back}";
    }

    /// <summary>The text behind the statements that got a buffer.</summary>
    public string Got(PooledModel buffer, int index) =>
        key is null || buffer is not { Kind: PooledKind.Span, StackCapacity.Length: > 0 } ? ""
        : buffer.AlwaysOnStack ? $"\n{Counts}.OnStack<{buffer.Element}>({Place(index)}, {buffer.LengthLocal});"
        : $"\nif ({buffer.RentedLocal} == null)\n    {Counts}.OnStack<{buffer.Element}>({Place(index)}, {buffer.LengthLocal});";

    public string RentArena(ArenaModel arena)
    {
        string rent = $"{SharedBytes}.Rent((int){arena.LengthLocal})";
        return key is null ? rent : $"{Counts}.Rented({Place(arena.Members[0])}, {Counts}.Bytes(), {rent})";
    }

    /// <summary>The text behind the statements that got an arena. The first member counts as the rent, and each member has its own length.</summary>
    public string GotArena(ArenaModel arena, PooledModel[] members) =>
        key is null
            ? ""
            : string.Concat(
                members.Select(
                    (member, i) =>
                    {
                        string sliced =
                            $"{Counts}.Sliced<{member.Element}>({Place(arena.Members[i])}, {member.LengthLocal}, {(i == 0 ? "true" : "false")});";
                        return arena.StackLimit == 0
                            ? "\n" + sliced
                            : $"\nif ({arena.RentedLocal} == null)\n    {Counts}.OnStack<{member.Element}>({Place(arena.Members[i])}, "
                                + $"{member.LengthLocal});\nelse\n    {sliced}";
                    }
                )
            );

    public string ReturnArena(ArenaModel arena) =>
        key is null
            ? $"{SharedBytes}.Return({arena.RentedLocal})"
            : string.Concat(arena.Members.Skip(1).Select(member => $"{Counts}.Returned({Place(member)});\n"))
                + $"{Counts}.Return({Place(arena.Members[0])}, {arena.RentedLocal})";

    /// <summary>The text before a list is given back.</summary>
    public string Done(PooledModel buffer, int index) => key is null ? "" : $"{Counts}.Listed({Place(index)}, ref {buffer.Local});\n";

    private string Place(int index) => $"global::HotPathGen.Generated.HotPathMethods.M_{key}, {index}";
}
