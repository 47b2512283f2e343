using System.Globalization;
using HotPathGen.Runtime;

namespace HotPathGen.Tool.Reports;

/// <summary>
/// Rows of raw figures, and how each column is to be read: a terminal, markdown and JSON show the same table. Without a column that has a
/// heading, rows are sentences.
/// </summary>
/// <param name="Key">Its name in JSON.</param>
/// <param name="Title">The heading of the first column.</param>
internal sealed record Table(string Key, string Title, Column[] Columns, Row[] Rows)
{
    /// <summary>Rows that were left out.</summary>
    public int More { get; init; }

    /// <summary>What is said instead of it, where it is all that was asked for and has no rows.</summary>
    public string WhenEmpty { get; init; } = "Nothing of this kind was recorded.";

    /// <summary>Whether what it shows is text, which needs room, and not figures, which need little.</summary>
    public bool IsOfText => Columns.Any(static column => column is { Title.Length: > 0, Unit: Unit.Text });

    public bool IsOfSentences => Columns.All(static column => column.Title.Length == 0);

    public static string Format(Column column, object? value, bool isUnicode) =>
        value switch
        {
            null => "-",
            long number => column.Unit switch
            {
                Unit.Count => Units.Count(number),
                Unit.Ns => Units.Time(number, isUnicode),
                Unit.Bytes => Units.Bytes(number),
                _ => number.ToString(CultureInfo.InvariantCulture),
            },
            double share when column.Unit == Unit.Share => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %"),
            double factor => string.Create(CultureInfo.InvariantCulture, $"x{factor:0.00}"),
            _ => value.ToString()!,
        };
}

/// <param name="Key">Its name in JSON; empty where it is not there, because others say the same.</param>
/// <param name="Title">Its heading; empty where it is in JSON alone.</param>
/// <param name="Unit">What its figures are.</param>
/// <param name="Rank">The lowest stay when there is no room for all.</param>
internal sealed record Column(string Key, string Title, Unit Unit, int Rank);

internal enum Unit
{
    Text,
    Count,
    Ns,
    Bytes,
    Share,
    Factor,
}

/// <param name="Name">The first cell, which is shortened where there is little room.</param>
/// <param name="Marks">What there is to know about the row's figures.</param>
/// <param name="Detail">A second line below the first cell; empty for none.</param>
/// <param name="Cells">By column: a <see cref="long"/>, a <see cref="double"/>, text, or null for what is not known.</param>
internal sealed record Row(string Name, string Marks, string Detail, object?[] Cells)
{
    /// <summary>How deep it is below the row that it belongs to.</summary>
    public int Depth { get; init; }
}
