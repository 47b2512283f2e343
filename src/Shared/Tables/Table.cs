using System.Globalization;

namespace HotPathGen.Shared;

/// <summary>
/// Rows of raw figures, and how each column is to be read: summary, terminal, markdown, CSV and JSON show the same table. Without a column
/// for people, rows are sentences.
/// </summary>
/// <param name="Key">Its name in JSON.</param>
/// <param name="Title">The heading of the first column.</param>
/// <param name="Columns">All but the first, which is of names.</param>
/// <param name="Rows">Those that are shown.</param>
internal sealed record Table(string Key, string Title, Column[] Columns, Row[] Rows)
{
    /// <summary>Rows that were left out.</summary>
    public int More { get; init; }

    /// <summary>What its rows have in common, where a report has several tables.</summary>
    public string Caption { get; init; } = "";

    /// <summary>What holds of all rows; empty for nothing.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Whether a reader can do without it at first.</summary>
    public bool IsDetail { get; init; }

    /// <summary>What is said instead of it, where it is all that was asked for and has no rows.</summary>
    public string WhenEmpty { get; init; } = "Nothing of this kind was recorded.";

    /// <summary>Whether what it shows is text, which needs room, and not figures, which need little.</summary>
    public bool IsOfText => Columns.Any(static column => column is { IsForPeople: true, Unit: Unit.Text });

    public bool IsOfSentences => Columns.All(static column => !column.IsForPeople);

    /// <summary>Places of the columns for people whose rank is not above this.</summary>
    public int[] Shown(int mostRank = int.MaxValue)
    {
        var places = new List<int>();
        for (int i = 0; i < Columns.Length; i++)
        {
            if (Columns[i].IsForPeople && Columns[i].Rank <= mostRank)
            {
                places.Add(i);
            }
        }
        return [.. places];
    }

    public string Text(Row row, int column, bool isUnicode) => Format(Columns[column].Unit, row.Cell(column), isUnicode);

    /// <summary>One whose figures are text already: the first column is of names, the others are of figures.</summary>
    public static Table OfFigures(string caption, string[] headings, IEnumerable<string[]> rows)
    {
        Column<string[]>[] columns =
        [
            .. headings.Skip(1).Select((heading, i) => new Column<string[]>("", heading, Unit.Figure, i, row => row[i + 1])),
        ];
        return new("", headings[0], columns, [.. rows.Select(row => Row.Of(row[0], "", "", columns, row))]) { Caption = caption };
    }

    private static string Format(Unit unit, object? value, bool isUnicode) =>
        value switch
        {
            null => "-",
            long number => unit switch
            {
                Unit.Count => Units.Count(number),
                Unit.Ns => Units.Time(number, isUnicode),
                Unit.Bytes => Units.Bytes(number),
                Unit.WholeBytes => string.Create(CultureInfo.InvariantCulture, $"{number} B"),
                _ => number.ToString(CultureInfo.InvariantCulture),
            },
            double share when unit == Unit.Share => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %"),
            double factor => string.Create(CultureInfo.InvariantCulture, $"x{factor:0.00}"),
            _ => value.ToString()!,
        };
}

/// <param name="Key">Its name in JSON and CSV; empty where it is in neither, because others say the same.</param>
/// <param name="Title">Its heading for people.</param>
/// <param name="Unit">What its figures are.</param>
/// <param name="Rank">The lowest stay where there is no room for all.</param>
/// <param name="Help">What its figures are, where there is room to say it.</param>
/// <param name="Compared">How its figures compare between snapshots.</param>
internal record Column(string Key, string Title, Unit Unit, int Rank, string Help, Compared Compared)
{
    /// <summary>The rank of columns that only programs see.</summary>
    public const int ForPrograms = int.MaxValue;

    public bool IsForPeople => Rank < ForPrograms;
}

/// <summary>A column and where its figures come from: each a number, a <see cref="bool"/>, text, or null for what is not known.</summary>
internal sealed record Column<T>(
    string Key,
    string Title,
    Unit Unit,
    int Rank,
    Func<T, object?> Of,
    string Help = "",
    Compared Compared = Compared.Not
) : Column(Key, Title, Unit, Rank, Help, Compared)
{
    /// <summary>One that only programs see.</summary>
    public Column(string key, Func<T, object?> of, Unit unit = Unit.Text)
        : this(key, "", unit, ForPrograms, of) { }
}

internal enum Compared
{
    /// <summary>They do not: no run proves that they changed.</summary>
    Not,

    /// <summary>By run, since they are sums.</summary>
    ByRun,

    /// <summary>As they are: of one call, hit or use.</summary>
    AsIs,

    /// <summary>The same, of what is better when there is more of it.</summary>
    MoreIsBetter,
}

internal enum Unit
{
    Text,

    /// <summary>Text of a figure.</summary>
    Figure,
    Count,
    Ns,
    Bytes,

    /// <summary>Bytes to the last one: what somebody may write into source.</summary>
    WholeBytes,
    Share,
    Factor,
}

/// <param name="Name">The first cell, which is shortened where there is little room.</param>
/// <param name="Marks">What there is to know about the row's figures.</param>
/// <param name="Detail">A second line below the first cell; empty for none.</param>
/// <param name="Cell">By the place of its column; asked for what is shown alone.</param>
internal sealed record Row(string Name, string Marks, string Detail, Func<int, object?> Cell)
{
    /// <summary>How deep it is below the row that it belongs to.</summary>
    public int Depth { get; init; }

    public static Row Of<T>(string name, string marks, string detail, Column<T>[] columns, T item) =>
        new(name, marks, detail, column => columns[column].Of(item));
}
