namespace HotPathGen.Runtime;

/// <summary>
/// The method registration of one assembly, from generated code. It is passed between load contexts as lines of text, because its own type would
/// be a different type in the other context.
/// </summary>
internal sealed record MethodRegistration(string Assembly, string Directory, HotMethod[] Methods, PlainMethod[] Plain)
{
    /// <summary>A separator that occurs in no name, path or source text.</summary>
    public const char Separator = '\0';

    private const string Hot = "hot",
        NotMeasured = "plain";

    // Uses loops, because generic methods over the two structs would have to be compiled while the program starts.
    public string[] Print()
    {
        string[] lines = new string[1 + Methods.Length + Plain.Length];
        lines[0] = string.Join(Separator, Assembly, Directory);
        for (int i = 0; i < Methods.Length; i++)
        {
            lines[1 + i] = string.Join(Separator, Hot, Methods[i].Print());
        }
        for (int i = 0; i < Plain.Length; i++)
        {
            lines[1 + Methods.Length + i] = string.Join(Separator, NotMeasured, Plain[i].Print());
        }
        return lines;
    }

    public static MethodRegistration Parse(string[] lines)
    {
        int hot = 0;
        while (1 + hot < lines.Length && lines[1 + hot].StartsWith(Hot + Separator, StringComparison.Ordinal))
        {
            hot++;
        }
        string[] head = lines[0].Split(Separator);
        var methods = new HotMethod[hot];
        for (int i = 0; i < hot; i++)
        {
            methods[i] = HotMethod.Parse(lines[1 + i].Split(Separator)[1..]);
        }
        var plain = new PlainMethod[lines.Length - 1 - hot];
        for (int i = 0; i < plain.Length; i++)
        {
            plain[i] = PlainMethod.Parse(lines[1 + hot + i].Split(Separator)[1..]);
        }
        return new(head[0], head[1], methods, plain);
    }

    public bool IsSameAs(MethodRegistration other) =>
        Assembly == other.Assembly
        && Directory == other.Directory
        && Methods.Select(static m => m.Id).SequenceEqual(other.Methods.Select(static m => m.Id), StringComparer.Ordinal)
        // The sites decide the layout of the counters.
        && Methods.Select(static m => m.Sites).SequenceEqual(other.Methods.Select(static m => m.Sites), StringComparer.Ordinal);
}
