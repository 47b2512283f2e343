namespace HotPathGen.Tool.Snapshots;

/// <summary>The snapshots that a command was given.</summary>
internal static class SnapshotFiles
{
    /// <summary>Replaces each folder by the snapshots in it, in the order of their names.</summary>
    public static string[] Expand(string[] given) => [.. given.SelectMany(In)];

    /// <summary>Merges all snapshots into one; a single snapshot stays as it is.</summary>
    public static SnapshotDocument Merge(string[] given)
    {
        string[] files = Expand(given);
        if (files.Length == 1)
        {
            return SnapshotReader.Read(files[0]);
        }

        var merge = new SnapshotMerge();
        Progress.ForEach("snapshots merged", files, file => merge.Add(file, SnapshotReader.Read(file)));
        return merge.ToDocument();
    }

    public static void Write(string file, SnapshotDocument document) => OutputFile.Write(file, stream => SnapshotWriter.Write(stream, document));

    private static string[] In(string given)
    {
        if (!Directory.Exists(given))
        {
            return [given];
        }

        string[] files = [.. Directory.EnumerateFiles(given, "*.hotpath.json").Order(StringComparer.Ordinal)];
        return files.Length > 0
            ? files
            : throw new InputException(
                given,
                "",
                "there is no snapshot in this folder",
                "Name a folder with *.hotpath.json files, or the files themselves."
            );
    }
}
