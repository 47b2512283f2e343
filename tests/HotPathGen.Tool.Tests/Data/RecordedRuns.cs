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

    /// <summary>Copies of a folder's snapshots, of a build in which an edit elsewhere moved every line.</summary>
    public static string Moved(TemporaryFolder folder, string recorded, int lines)
    {
        string moved = Directory.CreateDirectory(folder[Guid.NewGuid().ToString("N")]).FullName;
        foreach (string file in Files(recorded))
        {
            var document = SnapshotReader.Read(file);
            SnapshotFiles.Write(Path.Combine(moved, Path.GetFileName(file)), document with
            {
                Methods = [.. document.Methods.Select(m => m with { Line = m.Line + lines, Sites = m.Sites?.Select(s => s with { Line = s.Line + lines }).ToArray() })],
            });
        }
        return moved;
    }

    /// <summary>Copies of a folder's snapshots with the times of one method of another folder's, as if that alone had changed: <c>Work.Spin</c>.</summary>
    public static string Timed(TemporaryFolder folder, string times, string recorded)
    {
        string timed = Directory.CreateDirectory(folder[Guid.NewGuid().ToString("N")]).FullName;
        foreach (var (file, slower) in Files(recorded).Zip(Files(times)))
        {
            var (document, spin) = (SnapshotReader.Read(file), SnapshotReader.Read(slower).Methods.Single(IsSpin));
            SnapshotFiles.Write(Path.Combine(timed, Path.GetFileName(file)), document with { Methods = [.. document.Methods.Select(m => IsSpin(m) ? spin : m)] });
        }
        return timed;

        static bool IsSpin(Method method) => method.Name == "Shop.Work.Spin()";
    }

    private static string Folder(string name) => Path.Combine(Verified.TestFolder, "Data", "shop", name);
}
