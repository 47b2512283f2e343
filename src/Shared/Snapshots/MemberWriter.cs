using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace HotPathGen.Shared;

/// <summary>A record of a snapshot file.</summary>
internal interface IRecord
{
    /// <summary>Passes all members to the writer, in their order in the file.</summary>
    void Write(MemberWriter to);
}

/// <summary>Writes members under the names that they have in the records. Leaves out members that are null.</summary>
internal sealed class MemberWriter(Utf8JsonWriter json)
{
    public void Add(string? text, [CallerArgumentExpression(nameof(text))] string name = "")
    {
        if (text is not null)
        {
            json.WriteString(InFile(name), text);
        }
    }

    public void Add(bool value, [CallerArgumentExpression(nameof(value))] string name = "") => json.WriteBoolean(InFile(name), value);

    public void Add(long value, [CallerArgumentExpression(nameof(value))] string name = "") => json.WriteNumber(InFile(name), value);

    public void Add(long? value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value is { } known)
        {
            json.WriteNumber(InFile(name), known);
        }
    }

    public void Add(double value, [CallerArgumentExpression(nameof(value))] string name = "") => json.WriteNumber(InFile(name), value);

    public void Add(double? value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value is { } known)
        {
            json.WriteNumber(InFile(name), known);
        }
    }

    /// <summary>Adds a place in a list. It is written even if it is null.</summary>
    public void AddPlace(int? place, [CallerArgumentExpression(nameof(place))] string name = "")
    {
        if (place is { } known)
        {
            json.WriteNumber(InFile(name), known);
        }
        else
        {
            json.WriteNull(InFile(name));
        }
    }

    public void Add(IRecord? record, [CallerArgumentExpression(nameof(record))] string name = "")
    {
        if (record is not null)
        {
            json.WritePropertyName(InFile(name));
            Write(record);
        }
    }

    public void Add(IRecord[]? records, [CallerArgumentExpression(nameof(records))] string name = "")
    {
        if (records is null)
        {
            return;
        }
        json.WriteStartArray(InFile(name));
        foreach (var record in records)
        {
            Write(record);
        }
        json.WriteEndArray();
    }

    public void Add(string[] texts, [CallerArgumentExpression(nameof(texts))] string name = "")
    {
        json.WriteStartArray(InFile(name));
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }
        json.WriteEndArray();
    }

    /// <summary>Adds texts by their names.</summary>
    public void Add(Dictionary<string, string> texts, [CallerArgumentExpression(nameof(texts))] string name = "")
    {
        json.WriteStartObject(InFile(name));
        foreach (var (key, text) in texts)
        {
            json.WriteString(key, text);
        }
        json.WriteEndObject();
    }

    /// <summary>Adds a histogram on one line, because readers of the file see it as one thing.</summary>
    public void Add(SparseCounts counts, [CallerArgumentExpression(nameof(counts))] string name = "")
    {
        json.WritePropertyName(InFile(name));
        counts.Write(json);
    }

    private void Write(IRecord record)
    {
        json.WriteStartObject();
        record.Write(this);
        json.WriteEndObject();
    }

    private static string InFile(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
