using System.Globalization;
using System.Text;

namespace HotPathGen.Tool.Exports;

/// <summary>
/// Comma-separated values according to RFC 4180, with a header: all columns of a table, in nanoseconds and bytes.
/// </summary>
internal static class CsvTable
{
    public static string Of(Table table)
    {
        int[] columns = [.. table.Columns.Index().Where(static column => column.Item.Key.Length > 0).Select(static column => column.Index)];
        var text = new StringBuilder();
        text.Append("name,").AppendJoin(',', columns.Select(column => table.Columns[column].Key)).Append('\n');
        foreach (var row in table.Rows)
        {
            text.Append(Field(row.Name)).Append(',').AppendJoin(',', columns.Select(column => Field(row.Cell(column)))).Append('\n');
        }
        return text.ToString();
    }

    private static string Field(object? value) =>
        value switch
        {
            null => "",
            string words => Quoted(Inert(VisibleText.Of(words))),
            double number => number.ToString("0.######", CultureInfo.InvariantCulture),
            bool holds => holds ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    // A spreadsheet would take text that begins with such a character for a formula (OWASP, "CSV injection"). An apostrophe makes it text.
    private static string Inert(string text) => text.Length > 0 && "=+-@＝＋－＠".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
