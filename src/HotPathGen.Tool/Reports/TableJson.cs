using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HotPathGen.Tool.Reports;

/// <summary>Tables for programs: raw figures, every column, in nanoseconds and bytes.</summary>
internal static class TableJson
{
    public static string Of(IEnumerable<Table> tables)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (
            var json = new Utf8JsonWriter(
                buffer,
                new()
                {
                    Indented = true,
                    NewLine = "\n",
                    Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                }
            )
        )
        {
            json.WriteStartObject();
            foreach (var table in tables)
            {
                json.WriteStartArray(table.Key);
                foreach (var row in table.Rows)
                {
                    Write(json, table.Columns, row);
                }

                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void Write(Utf8JsonWriter json, Column[] columns, Row row)
    {
        json.WriteStartObject();
        json.WriteString("name", row.Name);
        json.WriteString("marks", row.Marks.TrimStart());
        foreach (var (place, column) in columns.Index().Where(static column => column.Item.Key.Length > 0))
        {
            switch (row.Cell(place))
            {
                case null:
                    json.WriteNull(column.Key);
                    break;
                case bool holds:
                    json.WriteBoolean(column.Key, holds);
                    break;
                case long number:
                    json.WriteNumber(column.Key, number);
                    break;
                case double number:
                    json.WriteNumber(column.Key, Math.Round(number, 6));
                    break;
                case var value:
                    json.WriteString(column.Key, value.ToString());
                    break;
            }
        }
        json.WriteEndObject();
    }
}
