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
            json.WritePropertyName(column.Key);
            Write(json, row.Cell(place));
        }
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, object? figure)
    {
        switch (figure)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool holds:
                json.WriteBooleanValue(holds);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(Math.Round(number, 6));
                break;
            default:
                json.WriteStringValue(figure.ToString());
                break;
        }
    }
}
