namespace HotPathGen.Runtime;

/// <summary>
/// What generated code says of one assembly. Crosses load contexts as lines of text, because its own type would not be the same type there.
/// </summary>
internal sealed record MethodRegistration(string Assembly, string Directory, HotMethod[] Methods, PlainMethod[] Plain)
{
    /// <summary>In no name, path or source text.</summary>
    public const char Separator = '\0';

    private const string Hot = "hot",
        NotMeasured = "plain";

    public string[] Print() =>
        [
            string.Join(Separator, Assembly, Directory),
            .. Methods.Select(static method => string.Join(Separator, Hot, method.Print())),
            .. Plain.Select(static method => string.Join(Separator, NotMeasured, method.Print())),
        ];

    public static MethodRegistration Parse(string[] lines)
    {
        string[][] parts = [.. lines.Select(static line => line.Split(Separator))];
        return new(
            parts[0][0],
            parts[0][1],
            [.. parts.Skip(1).Where(static line => line[0] == Hot).Select(static line => HotMethod.Parse(line[1..]))],
            [.. parts.Skip(1).Where(static line => line[0] == NotMeasured).Select(static line => PlainMethod.Parse(line[1..]))]
        );
    }

    public bool IsSameAs(MethodRegistration other) =>
        Assembly == other.Assembly
        && Directory == other.Directory
        && Methods.Select(static m => m.Id).SequenceEqual(other.Methods.Select(static m => m.Id), StringComparer.Ordinal)
        // Counters are laid out by sites.
        && Methods.Select(static m => m.Sites).SequenceEqual(other.Methods.Select(static m => m.Sites), StringComparer.Ordinal);
}
