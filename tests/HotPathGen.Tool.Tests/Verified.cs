using System.Reflection;
using System.Runtime.CompilerServices;

namespace HotPathGen.Tool.Tests;

/// <summary>
/// Verify's conventions: what a test received is compared with <c>Name.verified.ext</c> beside the test's source. Where they differ, it is written to
/// <c>Name.received.ext</c>. <c>HOTPATH_ACCEPT=1</c> accepts it.
/// </summary>
internal static class Verified
{
    public static readonly string TestFolder = typeof(Verified)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "TestFolder")
        .Value!;

    /// <param name="received">What the test received.</param>
    /// <param name="name">The file's name, without <c>.verified</c> and extension.</param>
    /// <param name="extension">The extension, without its dot.</param>
    /// <param name="test">The test's source file; the compiler fills it in.</param>
    public static void Verify(string received, string name, string extension = "txt", [CallerFilePath] string test = "")
    {
        // A deterministic build maps the root of the path away. What is left still has the folder below the project.
        string marker = $"{Path.GetFileName(TestFolder)}/";
        string path = test.Replace('\\', '/');
        string folder = Path.Combine(
            TestFolder,
            Path.GetDirectoryName(path[(path.LastIndexOf(marker, StringComparison.Ordinal) + marker.Length)..])!
        );
        string verified = Path.Combine(folder, $"{name}.verified.{extension}"),
            mismatch = Path.Combine(folder, $"{name}.received.{extension}");
        if (Environment.GetEnvironmentVariable("HOTPATH_ACCEPT") == "1")
        {
            File.WriteAllText(verified, received);
        }

        if (received == (File.Exists(verified) ? File.ReadAllText(verified) : ""))
        {
            File.Delete(mismatch);
            return;
        }
        File.WriteAllText(mismatch, received);
        Assert.Fail($"{name}.received.{extension} differs from {name}.verified.{extension}; HOTPATH_ACCEPT=1 accepts it.\n\n{received}");
    }
}
