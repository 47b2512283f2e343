namespace HotPathGen.Runtime;

/// <summary>
/// What one assembly announced. Crosses load contexts as strings and numbers, because its own type would not be the same type there.
/// </summary>
internal sealed record Announcement(string Assembly, string Directory, HotMethod[] Methods, PlainMethod[] Plain)
{
    public string[] Strings =>
        [
            Assembly,
            Directory,
            .. Methods.SelectMany(static m => (string[])[m.Id, m.Name, m.File, m.Form, m.Sites, m.Obstacle, m.Pooled]),
            .. Plain.SelectMany(static p => (string[])[p.Name, p.File, p.Reason]),
        ];

    public int[] Numbers =>
        [Methods.Length, .. Methods.SelectMany(static m => (int[])[m.Line, m.MaxBytesPerCall]), .. Plain.Select(static p => p.Line)];

    public static Announcement From(string[] strings, int[] numbers)
    {
        var methods = new HotMethod[numbers[0]];
        var plain = new PlainMethod[numbers.Length - 1 - 2 * methods.Length];
        var text = strings.AsSpan(2);
        for (int i = 0; i < methods.Length; i++, text = text[7..])
        {
            methods[i] = new(
                text[0],
                text[1],
                text[2],
                numbers[1 + 2 * i],
                text[3],
                System.Text.Encoding.UTF8.GetBytes(text[4]),
                text[5],
                text[6],
                numbers[2 + 2 * i]
            );
        }

        for (int i = 0; i < plain.Length; i++, text = text[3..])
        {
            plain[i] = new(text[0], text[1], numbers[1 + 2 * methods.Length + i], text[2]);
        }

        return new(strings[0], strings[1], methods, plain);
    }

    public bool Announces(Announcement other) =>
        Assembly == other.Assembly
        && Directory == other.Directory
        && Methods.Select(static m => m.Id).SequenceEqual(other.Methods.Select(static m => m.Id), StringComparer.Ordinal)
        &&
        // Counters are laid out by sites.
        Methods.Select(static m => m.Sites).SequenceEqual(other.Methods.Select(static m => m.Sites), StringComparer.Ordinal);
}
