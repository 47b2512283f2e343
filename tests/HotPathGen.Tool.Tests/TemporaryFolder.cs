namespace HotPathGen.Tool.Tests;

/// <summary>A folder for one test, which is deleted after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hotpath-tool-tests-").FullName;

    public string this[string file] => Path.Combine(_folder, file);

    public string Write(string file, string text)
    {
        File.WriteAllText(this[file], text);
        return this[file];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public override string ToString() => _folder;
}
