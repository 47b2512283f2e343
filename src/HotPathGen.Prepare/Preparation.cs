using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Prepare;

/// <summary>One run of prepare: it reads the build's list of sources and writes the list of files to compile instead.</summary>
internal sealed class Preparation
{
    private readonly Request _request;
    private readonly Manifest _last;

    /// <summary>
    /// Turns all warnings off in these files and keeps their lines. The compiler reports its warnings about them in production builds.
    /// </summary>
    private const string Silence = "#pragma warning disable\n#line 1\n";

    private Lazy<Compilation?> _compilation = OtherSources.None.Compilation;

    private readonly ConcurrentDictionary<string, SourceFile> _read = new(StringComparer.Ordinal);

    private Preparation(Request request)
    {
        _request = request;
        _last = Manifest.Read(ManifestPath);
    }

    /// <summary>The folder for what other generators wrote.</summary>
    private string OutputFolder => Path.Combine(_request.Output, "generated");

    private string ManifestPath => Path.Combine(_request.Output, "manifest.bin");

    /// <summary>Prepares what changed since the last run with the same output folder.</summary>
    public static void Run(Request request) => new Preparation(request).Run();

    private void Run()
    {
        Directory.CreateDirectory(_request.Output);
        (string Source, string Path, Stamp Stamp)[] sources =
        [
            .. _request.Sources.Distinct(StringComparer.Ordinal).Select(source => (source, FullPath(source), Stamp.Of(FullPath(source)))),
        ];
        var manifest = new Manifest { Options = Options() };
        bool sameOptions = manifest.Options == _last.Options;
        var facts = InParallel(sources, source =>
            (sameOptions ? Known(source.Source, source.Stamp)?.Facts : null) ?? (Read(source.Path) is { } file ? FileFacts.Of(file) : FileFacts.None)
        );

        var others = OtherGenerators.Run(_request, sources.Select(source => Read(source.Path)).OfType<SourceFile>());
        SourceFile[] outputs =
        [
            .. others.Sources.Select(source => SourceFile.Output(Path.Combine(OutputFolder, source.Path), source.Tree, _request.ParseOptions)),
        ];
        facts = [.. facts, .. InParallel(outputs, FileFacts.Of)];
        IReadOnlySet<string> nameTakers = NameTakers(facts, manifest);
        var scope = Scope(facts);
        manifest.Fingerprint = Fingerprint(manifest.Options, scope, nameTakers);

        manifest.Inputs = Inputs(sources, outputs, manifest);
        _compilation = others.Compilation;
        bool sameProject = manifest.Fingerprint == _last.Fingerprint,
            sameInputs = manifest.Inputs == _last.Inputs;
        var entries = InParallel(sources, (source, i) =>
            sameProject && Known(source.Source, source.Stamp) is { } known && CopyExists(known) && (sameInputs || !known.IsBound)
                ? known
                : Prepare(source.Path, source.Stamp, facts[i], scope, nameTakers)
        );
        for (int i = 0; i < sources.Length; i++)
        {
            manifest.Files.Add(sources[i].Source, entries[i]);
        }

        RemoveStaleCopies(entries);
        Func<string, Moved?> byContents = CopyBy(ContentsOf, sources, entries, scope, nameTakers),
            byPath = CopyBy(Mapped, sources, entries, scope, nameTakers);
        outputs = InParallel(outputs, output => output.With(Interceptors.Relocate(output, RelativePath(output), byContents, byPath)));
        var prepared = InParallel(outputs, output => Prepared(output, scope, nameTakers) ?? PreparedFile.Untouched);
        WriteOutputs(outputs, prepared);
        string builders = WriteBuilders(entries.SelectMany(entry => entry.Builders).Concat(prepared.SelectMany(file => file.Builders)));
        WriteLists(sources, entries, outputs.Select(output => output.Path).Append(builders).Where(path => path.Length > 0), prepared);
        WriteIfDifferent("analyzers.txt", string.Concat(others.Analyzers.Select(analyzer => analyzer + "\n")));
        // Where only our generators and rules run, no suppressor would take these warnings back. Production builds show those that remain.
        WriteIfDifferent(
            "suppressed.globalconfig",
            "is_global = true\n" + string.Concat(others.Suppressed.Select(id => $"dotnet_diagnostic.{id}.severity = none\n"))
        );
        foreach (string report in others.Reports)
        {
            Console.Error.WriteLine(report);
        }

        manifest.Write(ManifestPath);
    }

    /// <summary>
    /// Binds a file of the project; null where the build gives prepare nothing to bind it with, and for a file that was changed since.
    /// </summary>
    private SemanticModel? ModelOf(SyntaxTree tree) =>
        _compilation.Value is { } compilation && compilation.ContainsSyntaxTree(tree) ? compilation.GetSemanticModel(tree) : null;

    /// <summary>A hash of all that decides what the names in a file mean.</summary>
    private static string Inputs((string Source, string Path, Stamp Stamp)[] sources, SourceFile[] outputs, Manifest manifest) =>
        Hash(
            string.Join(
                '\n',
                [
                    manifest.Options,
                    .. sources.Select(source => $"{source.Source} {source.Stamp}"),
                    .. outputs.Select(output => $"{output.Path} {Convert.ToHexStringLower([.. output.Text.GetChecksum()])}"),
                    .. manifest.References.Select(reference => $"{reference.Key} {reference.Value.Stamp}"),
                ]
            )
        );

    private Entry? Known(string source, Stamp stamp) =>
        _last.Files.TryGetValue(source, out var entry) && entry.Stamp == stamp && stamp != default ? entry : null;

    private bool CopyExists(Entry entry) => entry.Copy.Length == 0 || File.Exists(Path.Combine(_request.Output, entry.Copy));

    private Entry Prepare(string path, Stamp stamp, FileFacts facts, HotScope scope, IReadOnlySet<string> nameTakers)
    {
        if (Read(path) is not { } file)
        {
            return new(stamp, facts, "", [], IsBound: false, []);
        }

        if (Prepared(file, scope, nameTakers) is not { } prepared)
        {
            return new(default, facts, "", [], IsBound: false, []);
        }

        if (prepared.Copy is null)
        {
            return new(stamp, facts, "", prepared.Plain, prepared.IsBound, prepared.Builders);
        }

        // The file keeps its name, because tools recognise generated files by it. The folder separates files of the same name.
        string copy = $"{Hash(RelativePath(file))[..12]}/{Path.GetFileName(path)}";
        WriteIfDifferent(copy, prepared.Copy, withPreamble: true);
        return new(stamp, facts, copy, prepared.Plain, prepared.IsBound, prepared.Builders);
    }

    /// <summary>
    /// Prepares a file; null where that failed. The build's log then says so: one file that is not measured is better than a build that fails.
    /// </summary>
    private PreparedFile? Prepared(SourceFile file, HotScope scope, IReadOnlySet<string> nameTakers)
    {
        try
        {
            return PreparedFile.Prepare(file, RelativePath(file), scope, nameTakers, ModelOf);
        }
        catch (Exception exception) when (exception is not (IOException or UnauthorizedAccessException))
        {
            Console.Error.WriteLine(
                $"{file.Path}(1,1): warning {RuleIds.FileFailed}: HotPathGen failed to rewrite this file, which is a fault of HotPathGen. The "
                    + $"file is compiled as it is, and nothing in it is measured: {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}"
            );
            return null;
        }
    }

    /// <summary>Reads a file; null where it cannot be read, which the compiler reports.</summary>
    private SourceFile? Read(string path)
    {
        try
        {
            return _read.GetOrAdd(path, static (path, request) => SourceFile.Read(path, request), _request);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private HashSet<string> NameTakers(FileFacts[] facts, Manifest manifest)
    {
        var names = new HashSet<string>(facts.SelectMany(file => file.NameTakers), StringComparer.Ordinal);
        foreach (string reference in _request.References)
        {
            string path = FullPath(reference);
            var stamp = Stamp.Of(path);
            if (stamp == default)
            {
                continue;
            }

            string[] takers =
                manifest.Options == _last.Options && _last.References.TryGetValue(path, out var known) && known.Stamp == stamp
                    ? known.Takers
                    : TakersOf(path, _request.AssemblyName);
            manifest.References[path] = (stamp, takers);
            names.UnionWith(takers);
        }

        return names;

        static string[] TakersOf(string path, string caller)
        {
            try
            {
                return AssemblyFacts.NameTakers(path, caller);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BadImageFormatException)
            {
                return [];
            }
        }
    }

    private HotScope Scope(FileFacts[] facts)
    {
        var types = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        bool? assembly = null;
        foreach (var file in facts)
        {
            assembly = file.Assembly ?? assembly;
            foreach (var (type, verdict) in file.Types)
            {
                types[type] = verdict;
            }
        }

        return new(_request.Everything, assembly, types);
    }

    private string Options()
    {
        string options = string.Join(
            '\n',
            _request
                .Text.Split('\n')
                .Where(line => !line.StartsWith("source=", StringComparison.Ordinal) && !line.StartsWith("reference=", StringComparison.Ordinal))
        );
        return Hash($"{typeof(Preparation).Module.ModuleVersionId}\n{options}");
    }

    private static string Fingerprint(string options, HotScope scope, IEnumerable<string> nameTakers)
    {
        return Hash(
            string.Join(
                '\n',
                [
                    options,
                    $"{scope.Everything} {scope.Assembly}",
                    .. scope.Types.Select(type => $"{type.Key} {type.Value}"),
                    .. nameTakers.Order(StringComparer.Ordinal),
                ]
            )
        );
    }

    private void RemoveStaleCopies(IEnumerable<Entry> entries)
    {
        var live = entries.Select(entry => entry.Copy).ToHashSet(StringComparer.Ordinal);
        var stale = _last
            .Files.Values.Where(entry => entry.Copy.Length > 0 && !live.Contains(entry.Copy) && CopyExists(entry))
            .Select(entry => entry.Copy);
        foreach (string copy in stale)
        {
            File.Delete(Path.Combine(_request.Output, copy));
        }
    }

    /// <summary>Writes the files of other generators and the copies made from them.</summary>
    private void WriteOutputs(SourceFile[] outputs, PreparedFile[] prepared)
    {
        var stale = Directory.Exists(OutputFolder)
            ? Directory.GetFiles(OutputFolder, "*", SearchOption.AllDirectories).ToHashSet(StringComparer.Ordinal)
            : [];
        for (int i = 0; i < outputs.Length; i++)
        {
            WriteIfDifferent(outputs[i].Path, prepared[i].Copy ?? Silence + outputs[i].Text);
            stale.Remove(outputs[i].Path);
        }

        foreach (string file in stale)
        {
            File.Delete(file);
        }
    }

    /// <summary>Writes the file that declares the builders of async methods.</summary>
    /// <returns>Its path; empty where none is needed.</returns>
    private string WriteBuilders(IEnumerable<ObservingBuilder> builders)
    {
        const string Name = "builders.cs";
        string text = ObservingBuilder.Print(builders);
        if (text.Length == 0)
        {
            File.Delete(Path.Combine(_request.Output, Name));
            return "";
        }

        WriteIfDifferent(Name, text);
        return Path.Combine(_request.Output, Name);
    }

    /// <summary>Gives the copy of the file that has a key; null where the file itself is compiled.</summary>
    private Func<string, Moved?> CopyBy(
        Func<string, string> keyOf,
        (string Source, string Path, Stamp Stamp)[] sources,
        Entry[] entries,
        HotScope scope,
        IReadOnlySet<string> nameTakers
    )
    {
        var byKey = new Lazy<Dictionary<string, int>>(() =>
            sources
                .Select((source, i) => (Key: keyOf(source.Path), i))
                .GroupBy(source => source.Key, source => source.i)
                .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal)
        );
        return key =>
        {
            if (!byKey.Value.TryGetValue(key, out int index) || entries[index].Copy.Length == 0 || Read(sources[index].Path) is not { } file)
            {
                return null;
            }

            var prepared = PreparedFile.Prepare(file, RelativePath(file), scope, nameTakers, ModelOf);
            return prepared.Copy is null
                ? null
                : new(file.Text, SourceText.From(prepared.Copy), Mapped(Path.Combine(_request.Output, entries[index].Copy)), prepared.PositionOf);
        };
    }

    private string ContentsOf(string path) => Read(path) is { } file ? InterceptedPlace.ContentsOf(file.Text) : "";

    private string Mapped(string path) => InterceptedPlace.Mapped(path, _request.PathResolver);

    private void WriteLists(
        (string Source, string Path, Stamp Stamp)[] sources,
        Entry[] entries,
        IEnumerable<string> outputs,
        IEnumerable<PreparedFile> prepared
    )
    {
        WriteIfDifferent(
            "compile.txt",
            string.Concat(
                sources
                    .Zip(entries, (source, entry) => (entry.Copy.Length == 0 ? source.Source : Path.Combine(_request.Output, entry.Copy)) + "\n")
                    .Concat(outputs.Select(file => file + "\n"))
            )
        );
        WriteIfDifferent(
            "coverage.txt",
            (_request.Everything ? Marks.Everything + "\n" : "")
                + string.Concat(
                    entries
                        .SelectMany(entry => entry.Plain)
                        .Concat(prepared.SelectMany(file => file.Plain))
                        .Select(method => $"{method.File}\t{method.Line}\t{method.Name}\t{method.Reason}\n")
                )
        );
        WriteIfDifferent(
            ".editorconfig",
            AnalyzerConfig.Print(
                _request.AnalyzerConfigs,
                sources.Zip(entries).Where(pair => pair.Second.Copy.Length > 0).Select(pair => (pair.First.Path, pair.Second.Copy))
            )
        );
    }

    /// <summary>Writes a file only where its text changes. An unchanged file keeps its time, so that the compiler is not run without need.</summary>
    private void WriteIfDifferent(string name, string text, bool withPreamble = false)
    {
        string path = Path.Combine(_request.Output, name);
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: withPreamble);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>The path of a file, which is the same on every machine and in every configuration.</summary>
    private string RelativePath(SourceFile file) =>
        Path.GetRelativePath(file.IsOutput ? OutputFolder : _request.Project, file.Path).Replace('\\', '/');

    private string FullPath(string source) => Path.GetFullPath(source, _request.Project);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static TResult[] InParallel<T, TResult>(T[] items, Func<T, TResult> step) => InParallel(items, (item, _) => step(item));

    private static TResult[] InParallel<T, TResult>(T[] items, Func<T, int, TResult> step)
    {
        var results = new TResult[items.Length];
        try
        {
            Parallel.For(0, items.Length, i => results[i] = step(items[i], i));
        }
        catch (AggregateException exception)
        {
            // One reason is enough for the build's log.
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        return results;
    }
}
