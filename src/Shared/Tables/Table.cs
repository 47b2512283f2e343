using System.Globalization;

namespace HotPathGen.Shared;

/// <summary>
/// Rows of raw figures, and how to read each column. The summary, terminal, markdown, CSV, JSON and the HTML page show the same table. If text
/// shows no column, the rows are sentences.
/// </summary>
/// <param name="Key">The table's name in JSON.</param>
/// <param name="Title">The heading of the first column.</param>
/// <param name="Columns">All columns except the first, which has the names.</param>
/// <param name="Rows">The rows that are shown.</param>
internal sealed record Table(string Key, string Title, Column[] Columns, Row[] Rows)
{
    /// <summary>The number of rows that were left out.</summary>
    public int More { get; init; }

    /// <summary>What its rows have in common, for a report with several tables.</summary>
    public string Caption { get; init; } = "";

    /// <summary>A text that is true for all rows; empty for none.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Whether the table is a detail that a reader does not need at first.</summary>
    public bool IsDetail { get; init; }

    /// <summary>The text that is shown instead of the table if nothing else was requested and it has no rows.</summary>
    public string WhenEmpty { get; init; } = "Nothing of this kind was recorded.";

    /// <summary>Whether the table shows text, which needs much space, and not figures, which need little.</summary>
    public bool IsOfText => Columns.Any(static column => column is { IsInText: true, Unit: Unit.Text });

    public bool IsOfSentences => Columns.All(static column => !column.IsInText);

    /// <summary>Returns the places of the columns in text whose rank is not above <paramref name="mostRank"/>.</summary>
    public int[] Shown(int mostRank = int.MaxValue)
    {
        var places = new List<int>();
        for (int i = 0; i < Columns.Length; i++)
        {
            if (Columns[i].IsInText && Columns[i].Rank <= mostRank)
            {
                places.Add(i);
            }
        }
        return [.. places];
    }

    public string Text(Row row, int column, bool isUnicode) => Format(Columns[column].Unit, row.Cell(column), isUnicode);

    /// <summary>Creates a table whose figures are already text. The first column has names, the others have figures.</summary>
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

/// <param name="Key">Its name in JSON and CSV; empty if it is in neither, because other columns say the same.</param>
/// <param name="Title">Its heading for people.</param>
/// <param name="Unit">The unit of its figures.</param>
/// <param name="Rank">Its importance. The columns with the lowest rank stay if there is no room for all.</param>
/// <param name="Help">An explanation of its figures, shown if there is room.</param>
/// <param name="Compared">How its figures are compared between snapshots.</param>
internal record Column(string Key, string Title, Unit Unit, int Rank, string Help, Compared Compared)
{
    /// <summary>The rank of columns that only programs get.</summary>
    public const int ForPrograms = int.MaxValue;

    /// <summary>The rank of columns that no table shows, only the details of one row on the HTML page.</summary>
    public const int OnlyInDetail = ForPrograms - 1;

    /// <summary>The rank of columns that only tables of the HTML page show, because in text the name of a row says the same.</summary>
    public const int OnlyOnPage = OnlyInDetail - 1;

    public bool IsForPeople => Rank < ForPrograms;
    public bool IsInText => Rank < OnlyOnPage;

    /// <summary>Whether the details of one row have it, too.</summary>
    public bool IsInDetail { get; init; } = true;

    public bool IsSum => Compared is Compared.ByRun or Compared.Sum;
    public bool IsCompared => Compared is not (Compared.Not or Compared.Sum);
}

/// <summary>A column and the source of its figures. Each figure is a number, a <see cref="bool"/>, a text, or null if it is not known.</summary>
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
    /// <summary>Creates a column that only programs get.</summary>
    public Column(string key, Func<T, object?> of, Unit unit = Unit.Text)
        : this(key, "", unit, ForPrograms, of) { }
}

internal enum Compared
{
    /// <summary>They are not compared: no run proves that they changed.</summary>
    Not,

    /// <summary>They are not compared either, but where two snapshots stand side by side they are per run, because they are sums.</summary>
    Sum,

    /// <summary>They are compared per run, because they are sums.</summary>
    ByRun,

    /// <summary>They are compared directly, because they are figures of one call, hit or use.</summary>
    AsIs,

    /// <summary>They are compared directly, and a larger figure is better.</summary>
    MoreIsBetter,
}

internal enum Unit
{
    Text,

    /// <summary>A figure that is already text.</summary>
    Figure,
    Count,
    Ns,
    Bytes,

    /// <summary>An exact number of bytes, because somebody may write it into source code.</summary>
    WholeBytes,
    Share,
    Factor,
}

/// <param name="Name">The first cell. It is shortened if there is little room.</param>
/// <param name="Marks">Marks that say something about the row's figures.</param>
/// <param name="Detail">A second line below the first cell; empty for none.</param>
/// <param name="Cell">Returns a cell by the place of its column. It is only called for cells that are shown.</param>
internal sealed record Row(string Name, string Marks, string Detail, Func<int, object?> Cell)
{
    /// <summary>The number of levels below the top row to which it belongs.</summary>
    public int Depth { get; init; }

    public static Row Of<T>(string name, string marks, string detail, Column<T>[] columns, T item) =>
        new(name, marks, detail, column => columns[column].Of(item));
}
