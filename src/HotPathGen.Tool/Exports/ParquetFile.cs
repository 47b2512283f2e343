using HotPathGen.Tool.Snapshots;
using Parquet;
using Parquet.Schema;

namespace HotPathGen.Tool.Exports;

/// <summary>Writes snapshots as one table in Parquet's format. They are read one after the other and not merged.</summary>
internal static class ParquetFile
{
    /// <summary>The rows that are in memory at one time. Readers skip groups by the hosts, versions and times in them.</summary>
    private const int RowsOfGroup = 100_000;

    public static void Write(Stream stream, string[] files) => WriteAsync(stream, files).GetAwaiter().GetResult();

    private static async Task WriteAsync(Stream stream, string[] files)
    {
        var schema = new ParquetSchema(ParquetColumn.All.Select(static column => column.Field));
        var writer = await ParquetWriter.CreateAsync(schema, stream, new ParquetOptions { CompressionMethod = CompressionMethod.Zstd });
        await using (writer)
        {
            var rows = new List<ParquetRow>();
            Progress.ForEach("snapshots exported", files, file =>
            {
                rows.AddRange(ParquetRow.Of(file, Read(file)));
                if (rows.Count >= RowsOfGroup)
                {
                    WriteGroup(writer, rows).GetAwaiter().GetResult();
                }
            });
            await WriteGroup(writer, rows);
        }
    }

    private static SnapshotDocument Read(string file)
    {
        var snapshot = SnapshotReader.Read(file);
        return snapshot.Runs is null
            ? snapshot
            : throw new InputException(
                file,
                "$.runs",
                $"it is merged from {snapshot.RunCount} runs, and a row has one host, version and start",
                "Name the snapshots of the runs."
            );
    }

    private static async Task WriteGroup(ParquetWriter writer, List<ParquetRow> rows)
    {
        using var group = writer.CreateRowGroup();
        foreach (var column in ParquetColumn.All)
        {
            await column.Write(group, column.Field, rows);
        }

        group.CompleteValidate();
        rows.Clear();
    }
}
