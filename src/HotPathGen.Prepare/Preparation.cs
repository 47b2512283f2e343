using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using HotPathGen.Syntax;

namespace HotPathGen.Prepare;

/// <summary>One run: from the build's list of sources to the list of what is compiled instead.</summary>
internal sealed class Preparation
{
    private readonly Request _request;
    private readonly Manifest _last;
    private readonly ConcurrentDictionary<string, SourceFile> _read = new(StringComparer.Ordinal);

    private Preparation(Request request)
    {
        _request = request;
        _last = Manifest.Read(ManifestPath);
    }

    private string ManifestPath => Path.Combine(_request.Output, "manifest.bin");

    /// <summary>Prepares what changed since the last run with the same output folder.</summary>
    public static void Run(Request request) => new Preparation(request).Run();

    private void Run()
    {
        Directory.CreateDirectory(_request.Output);
        (string Source, string Path, Stamp Stamp)[] sources =
            [.. _request.Sources.Distinct(StringComparer.Ordinal).Select(source => (source, FullPath(source), Stamp.Of(FullPath(source))))];
        var manifest = new Manifest { Options = Options() };
        bool sameOptions = manifest.Options == _last.Options;
        FileFacts[] facts = InParallel(sources, source =>
            (sameOptions ? Known(source.Source, source.Stamp)?.Facts : null) ?? (Read(source.Path) is { } file ? FileFacts.Of(file) : FileFacts.None));

        IReadOnlySet<string> nameTakers = NameTakers(facts, manifest);
        HotScope scope = Scope(facts);
        manifest.Fingerprint = Fingerprint(manifest.Options, scope, nameTakers);

        bool sameProject = manifest.Fingerprint == _last.Fingerprint;
        Entry[] entries = InParallel(sources, (source, i) => sameProject && Known(source.Source, source.Stamp) is { } known && CopyExists(known)
            ? known
            : Prepare(source.Path, source.Stamp, facts[i], scope, nameTakers));
        for (int i = 0; i < sources.Length; i++)
        {
            manifest.Files.Add(sources[i].Source, entries[i]);
        }

        RemoveStaleCopies(entries);
        WriteLists(sources, entries);
        manifest.Write(ManifestPath);
    }

    private Entry? Known(string source, Stamp stamp) =>
        _last.Files.TryGetValue(source, out Entry? entry) && entry.Stamp == stamp && stamp != default ? entry : null;

    private bool CopyExists(Entry entry) => entry.Copy.Length == 0 || File.Exists(Path.Combine(_request.Output, entry.Copy));

    private Entry Prepare(string path, Stamp stamp, FileFacts facts, HotScope scope, IReadOnlySet<string> nameTakers)
    {
        if (Read(path) is not { } file)
        {
            return new(stamp, facts, "", []);
        }

        string relativePath = Path.GetRelativePath(_request.Project, path).Replace('\\', '/');
        PreparedFile prepared = PreparedFile.Prepare(file, relativePath, scope, nameTakers);
        if (prepared.Copy is null)
        {
            return new(stamp, facts, "", prepared.Plain);
        }

        // The file keeps its name: tools tell generated files by it. The folder keeps apart files of one name.
        string copy = $"{Hash(relativePath)[..12]}/{Path.GetFileName(path)}";
        WriteIfDifferent(copy, prepared.Copy, withPreamble: true);
        return new(stamp, facts, copy, prepared.Plain);
    }

    /// <summary>A file that cannot be read is the compiler's to report.</summary>
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
            Stamp stamp = Stamp.Of(path);
            if (stamp == default)
            {
                continue;
            }

            string[] takers = _last.References.TryGetValue(path, out var known) && known.Stamp == stamp ? known.Takers : TakersOf(path);
            manifest.References[path] = (stamp, takers);
            names.UnionWith(takers);
        }

        return names;

        static string[] TakersOf(string path)
        {
            try
            {
                return [.. CallerNames.Takers(path)];
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
        foreach (FileFacts file in facts)
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
        string options = string.Join('\n', _request.Text.Split('\n').Where(line =>
            !line.StartsWith("source=", StringComparison.Ordinal) && !line.StartsWith("reference=", StringComparison.Ordinal)));
        return Hash($"{typeof(Preparation).Module.ModuleVersionId}\n{options}");
    }

    private static string Fingerprint(string options, HotScope scope, IEnumerable<string> nameTakers)
    {
        return Hash(string.Join('\n',
        [
            options,
            $"{scope.Everything} {scope.Assembly}",
            .. scope.Types.Select(type => $"{type.Key} {type.Value}"),
            .. nameTakers.Order(StringComparer.Ordinal),
        ]));
    }

    private void RemoveStaleCopies(IEnumerable<Entry> entries)
    {
        var live = entries.Select(entry => entry.Copy).ToHashSet(StringComparer.Ordinal);
        IEnumerable<string> stale = _last.Files.Values.Where(entry => entry.Copy.Length > 0 && !live.Contains(entry.Copy) && CopyExists(entry)).Select(entry => entry.Copy);
        foreach (string copy in stale)
        {
            File.Delete(Path.Combine(_request.Output, copy));
        }
    }

    private void WriteLists((string Source, string Path, Stamp Stamp)[] sources, Entry[] entries)
    {
        WriteIfDifferent("compile.txt", string.Concat(sources.Zip(entries, (source, entry) =>
            (entry.Copy.Length == 0 ? source.Source : Path.Combine(_request.Output, entry.Copy)) + "\n")));
        WriteIfDifferent("coverage.txt", string.Concat(entries.SelectMany(entry => entry.Plain).Select(method =>
            $"{method.File}\t{method.Line}\t{method.Name}\t{method.Reason}\n")));
        WriteIfDifferent(".editorconfig", AnalyzerConfig.Print(
            _request.AnalyzerConfigs,
            sources.Zip(entries).Where(pair => pair.Second.Copy.Length > 0).Select(pair => (pair.First.Path, pair.Second.Copy))));
    }

    /// <summary>A file that stays the same keeps its time, so that the compiler is not run for nothing.</summary>
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
