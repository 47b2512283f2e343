namespace DocSearch;

/// <summary>A version such as <c>10.0.1</c> or <c>11.0.0-preview.2</c>; a preview comes before its release.</summary>
internal sealed record PackVersion(Version Number, string Preview) : IComparable<PackVersion>
{
    public static PackVersion? Parse(string text)
    {
        string[] parts = text.Split('-', 2);
        return Version.TryParse(parts[0], out var number) ? new PackVersion(number, parts.Length > 1 ? parts[1] : "") : null;
    }

    public int CompareTo(PackVersion? other) =>
        other is null ? 1
        : Number != other.Number ? Number.CompareTo(other.Number)
        : (Preview == "", other.Preview == "") switch
        {
            (true, false) => 1,
            (false, true) => -1,
            _ => string.CompareOrdinal(Preview, other.Preview),
        };
}
