using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Prepare;

/// <summary>The build's request. The targets write it with one <c>key=value</c> on each line.</summary>
internal sealed class Request
{
    public required string Text { get; init; }
    public required string Project { get; init; }
    public required string Output { get; init; }
    public required bool Everything { get; init; }
    public required CSharpParseOptions ParseOptions { get; init; }
    public required SourceHashAlgorithm ChecksumAlgorithm { get; init; }

    /// <summary>The encoding that the compiler uses for files without a byte order mark; null where it detects the encoding itself.</summary>
    public required Encoding? CodePage { get; init; }

    /// <summary>The sources, as the build names them; relative to <see cref="Project"/>.</summary>
    public required IReadOnlyList<string> Sources { get; init; }
    public required IReadOnlyList<string> References { get; init; }
    public required IReadOnlyList<string> AnalyzerConfigs { get; init; }

    /// <summary>The compiler's arguments for the sources as they are; null where prepare does not run other generators.</summary>
    public required CSharpCommandLineArguments? Arguments { get; init; }

    /// <summary>The name of the assembly that is compiled; empty where it is not known.</summary>
    public string AssemblyName => Path.GetFileNameWithoutExtension(Arguments?.OutputFileName) ?? "";

    /// <summary>The resolver by which generators and the compiler write paths.</summary>
    public SourceReferenceResolver? PathResolver =>
        Arguments is null ? null : new SourceFileResolver(Arguments.SourcePaths, Arguments.BaseDirectory, Arguments.PathMap);

    /// <summary>The assembly that contains our own generator.</summary>
    public required string OwnGenerator { get; init; }

    public static Request Read(string path)
    {
        string text = File.ReadAllText(path);
        var values = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.TrimEnd('\r').Split('=', 2))
            .ToLookup(pair => pair[0], pair => pair.Length > 1 ? pair[1] : "");
        string Value(string key) => values[key].FirstOrDefault() ?? "";
        string project = Value("project") is { Length: > 0 } folder ? folder : throw new IOException($"{path} names no project");
        var arguments = values["argument"].ToArray() is { Length: > 0 } given
            ? CSharpCommandLineParser.Default.Parse(given, project, sdkDirectory: null)
            : null;
        return new()
        {
            Text = text,
            Arguments = arguments,
            OwnGenerator = Path.GetFullPath(Value("generator"), project),
            Project = project,
            Output = Path.GetFullPath(Value("output"), project),
            Everything = Value("everything") == "true",
            ParseOptions = arguments?.ParseOptions ?? ParseOptionsFrom(Value("langversion"), Value("define"), Value("features")),
            ChecksumAlgorithm = Value("checksum").Equals("SHA1", StringComparison.OrdinalIgnoreCase)
                ? SourceHashAlgorithm.Sha1
                : SourceHashAlgorithm.Sha256,
            CodePage = EncodingFrom(Value("codepage")),
            Sources = [.. values["source"]],
            References = [.. values["reference"]],
            AnalyzerConfigs = [.. values["analyzerconfig"].Select(config => Path.GetFullPath(config, project))],
        };
    }

    private static CSharpParseOptions ParseOptionsFrom(string languageVersion, string symbols, string features)
    {
        // The compiler reports an unknown version.
        var version = LanguageVersionFacts.TryParse(languageVersion, out var parsed) ? parsed : LanguageVersion.Default;
        char[] separators = [';', ',', ' '];
        var switches = features
            .Split(separators, StringSplitOptions.RemoveEmptyEntries)
            .Select(feature => feature.Split('=', 2))
            .Select(pair => KeyValuePair.Create(pair[0], pair.Length > 1 ? pair[1] : "true"));
        return new CSharpParseOptions(
            version,
            DocumentationMode.None,
            preprocessorSymbols: symbols.Split(separators, StringSplitOptions.RemoveEmptyEntries)
        ).WithFeatures(switches);
    }

    private static Encoding? EncodingFrom(string codePage)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            return int.TryParse(codePage, out int number) ? Encoding.GetEncoding(number) : null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            // The compiler reports an unknown encoding.
            return null;
        }
    }
}
