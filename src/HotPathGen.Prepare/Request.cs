using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Prepare;

/// <summary>What the build asks for: one <c>key=value</c> a line, as the targets write it.</summary>
internal sealed class Request
{
    public required string Text { get; init; }
    public required string Project { get; init; }
    public required string Output { get; init; }
    public required bool Everything { get; init; }
    public required CSharpParseOptions ParseOptions { get; init; }
    public required SourceHashAlgorithm ChecksumAlgorithm { get; init; }

    /// <summary>What the compiler reads files as that have no byte order mark; null where it finds out itself.</summary>
    public required Encoding? CodePage { get; init; }

    /// <summary>As the build names them; relative to <see cref="Project"/>.</summary>
    public required IReadOnlyList<string> Sources { get; init; }
    public required IReadOnlyList<string> References { get; init; }
    public required IReadOnlyList<string> AnalyzerConfigs { get; init; }

    /// <summary>What the compiler is given for the sources as they are; null where other generators are none of ours to run.</summary>
    public required CSharpCommandLineArguments? Arguments { get; init; }

    /// <summary>What generators and the compiler write paths down by.</summary>
    public SourceReferenceResolver? PathResolver =>
        Arguments is null ? null : new SourceFileResolver(Arguments.SourcePaths, Arguments.BaseDirectory, Arguments.PathMap);

    /// <summary>The assembly that has our own generator.</summary>
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
        // An unknown version is the compiler's to report.
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
            // An unknown one is the compiler's to report.
            return null;
        }
    }
}
