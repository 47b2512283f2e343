namespace HotPathGen.Tests.Prepare;

/// <summary>A folder for one test, which is deleted after it.</summary>
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
