using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Tests.Data;

/// <summary>Runs of one small program, shop/Shop.cs, recorded in turns on one machine without tiering: six of a build, six more of the same build, six of a changed one.</summary>
internal static class RecordedRuns
{
    public static string Before => Folder("before");
    public static string Again => Folder("again");
    public static string After => Folder("after");

    /// <summary>All runs of the first build.</summary>
    public static (string File, SnapshotDocument Document)[] OfOneBuild =>
        [.. new[] { Before, Again }.SelectMany(Files).Select(file => (file, SnapshotReader.Read(file)))];

    public static string[] Files(string folder) => [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)];

    /// <summary>Copies of a folder's snapshots with something else in them.</summary>
    public static string Edit(TemporaryFolder folder, string recorded, params (string Old, string New)[] replacements)
    {
        string edited = Directory.CreateDirectory(folder[Guid.NewGuid().ToString("N")]).FullName;
        foreach (string file in Directory.GetFiles(recorded))
        {
            string text = File.ReadAllText(file);
            foreach (var (old, @new) in replacements)
            {
                Assert.That(text, Does.Contain(old));
                text = text.Replace(old, @new, StringComparison.Ordinal);
            }
            File.WriteAllText(Path.Combine(edited, Path.GetFileName(file)), text);
        }
        return edited;
    }

    private static string Folder(string name) => Path.Combine(Verified.TestFolder, "Data", "shop", name);
}
