namespace HotPathGen.Tests.Prepare;

/// <summary>A folder of a test's own, gone when the test is.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder(string name = "prepare")
    {
        Root = Directory.CreateTempSubdirectory("hotpath-").FullName;
        Path = System.IO.Path.Combine(Root, name);
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    private string Root { get; }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
