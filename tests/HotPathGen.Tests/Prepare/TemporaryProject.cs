using System.Text;
using HotPathGen.Prepare;

namespace HotPathGen.Tests.Prepare;

/// <summary>A project on disk, with a request in the form that the build writes.</summary>
internal sealed class TemporaryProject(string name = "prepare") : IDisposable
{
    private readonly TemporaryFolder _folder = new(name);
    private readonly List<string> _sources = [];

    public string Folder => _folder.Path;
    public string OutputName { get; set; } = "obj/hotpath/";
    public string Output => Path.Combine(Folder, OutputName);
    public bool Everything { get; set; }
    public string LangVersion { get; set; } = "14.0";
    public string Define { get; set; } = "TRACE;HOTPATH_INSTRUMENTATION";
    public string Features { get; set; } = "";
    public string Checksum { get; set; } = "SHA256";
    public string CodePage { get; set; } = "";
    public List<string> References { get; } = [];
    public List<string> AnalyzerConfigs { get; } = [];

    /// <summary>Arguments of the compiler. Prepare runs the other generators that they name.</summary>
    public List<string> Arguments { get; } = [];
    public IReadOnlyList<string> Sources => _sources;
    public string RequestPath => Path.Combine(Output, "request.txt");

    /// <summary>Writes a source file. The first time, it also adds the file to the project.</summary>
    public string Source(string name, string text) => Source(name, Encoding.UTF8.GetBytes(text));

    public string Source(string name, byte[] bytes)
    {
        string path = Write(name, bytes);
        if (!_sources.Contains(name))
        {
            _sources.Add(name);
        }

        return path;
    }

    /// <summary>Adds a source to the project that <see cref="Source(string, string)"/> did not write.</summary>
    public void Name(string source) => _sources.Add(source);

    public void Forget(string source) => _sources.Remove(source);

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public Request Request() => HotPathGen.Prepare.Request.Read(WriteRequest());

    public string WriteRequest()
    {
        Directory.CreateDirectory(Output);
        File.WriteAllLines(
            RequestPath,
            [
                $"project={Folder}",
                $"output={OutputName}",
                $"everything={(Everything ? "true" : "")}",
                $"langversion={LangVersion}",
                $"define={Define}",
                $"features={Features}",
                $"checksum={Checksum}",
                $"codepage={CodePage}",
                .. Arguments.Select(argument => $"argument={argument}"),
                .. _sources.Select(source => $"source={source}"),
                .. References.Select(reference => $"reference={reference}"),
                .. AnalyzerConfigs.Select(config => $"analyzerconfig={config}"),
            ]
        );
        return RequestPath;
    }

    public void Run() => Preparation.Run(Request());

    /// <summary>The full paths of the files that are compiled, in the order of the sources.</summary>
    public string[] Compiled() => [.. File.ReadAllLines(Path.Combine(Output, "compile.txt")).Select(line => Path.GetFullPath(line, Folder))];

    /// <summary>The copy that is compiled instead of a source, or null if the source itself is compiled.</summary>
    public string? Copy(string source)
    {
        string compiled = Compiled()[_sources.Distinct().ToList().IndexOf(source)];
        return compiled == Path.GetFullPath(source, Folder) ? null : compiled;
    }

    public string CopyText(string source) => File.ReadAllText(Copy(source) ?? throw new InvalidOperationException($"{source} has no copy"));

    /// <summary>The fields of each line of coverage.txt.</summary>
    public string[][] Coverage() =>
        [.. File.ReadAllLines(Path.Combine(Output, "coverage.txt")).Where(line => line != "everything").Select(line => line.Split('\t'))];

    /// <summary>The bytes of the files that a run wrote, by relative path. The manifest and the request are left out.</summary>
    public SortedDictionary<string, string> Written() =>
        new(
            Directory
                .EnumerateFiles(Output, "*", SearchOption.AllDirectories)
                .Where(path => Path.GetFileName(path) is not ("manifest.bin" or "request.txt"))
                .ToDictionary(path => Path.GetRelativePath(Output, path), path => Convert.ToHexString(File.ReadAllBytes(path))),
            StringComparer.Ordinal
        );

    public void Dispose() => _folder.Dispose();
}
