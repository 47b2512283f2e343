using System.Reflection;

namespace HotPathGen.Generator.Tests.Snapshots;

/// <summary>
/// Verify's conventions: what a test received is compared with <c>Name.verified.cs</c> beside it. Where they differ, it is written to
/// <c>Name.received.cs</c>. <c>HOTPATH_ACCEPT=1</c> accepts it.
/// </summary>
internal static class Snapshot
{
    public static readonly string Folder = typeof(Snapshot)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "SnapshotFolder")
        .Value!;

    public static void Verify(string received, string name, string extension = "cs")
    {
        string verified = Path.Combine(Folder, $"{name}.verified.{extension}");
        string mismatch = Path.Combine(Folder, $"{name}.received.{extension}");
        if (Environment.GetEnvironmentVariable("HOTPATH_ACCEPT") == "1")
        {
            File.WriteAllText(verified, received);
        }

        string expected = File.Exists(verified) ? File.ReadAllText(verified) : "";
        if (received == expected)
        {
            File.Delete(mismatch);
            return;
        }

        File.WriteAllText(mismatch, received);
        Assert.Fail($"{name}.received.{extension} differs from {name}.verified.{extension}; HOTPATH_ACCEPT=1 accepts it.\n\n{received}");
    }
}
