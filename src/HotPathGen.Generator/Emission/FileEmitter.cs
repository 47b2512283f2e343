using System.Text;
using HotPathGen.Generator.Models;

namespace HotPathGen.Generator.Emission;

/// <summary>
/// Prints the code for the pairs of one source file. The result is one file, too, so that the compiler reads its usings and reopens its types once,
/// and not for each method.
/// </summary>
internal sealed class FileEmitter
{
    /// <summary>
    /// The prefix of the type that describes the sites of a file; a key follows it. One type with thousands of parts would cost the compiler far
    /// more.
    /// </summary>
    public const string SitesPrefix = "HotPathSites_";

    private const string NotAnnotated = "disable";

    private readonly StringBuilder _text;
    private readonly List<(int Position, InterceptedModel Call)> _intercepted = [];
    private EquatableArray<ScopeModel> _scopes;
    private EquatableArray<string> _types;
    private string _nullable = NotAnnotated;
    private int _depth;

    private FileEmitter(StringBuilder text) => _text = text;

    public static string Emit(PairFileModel file) => GeneratedText.Print(text => new FileEmitter(text).Print(file));

    /// <summary>The file, and a second one that intercepts the calls in it, which names them by the text of the first.</summary>
    public static IEnumerable<GeneratedFile> Files(PairFileModel file)
    {
        FileEmitter? emitter = null;
        string text = GeneratedText.Print(text => (emitter = new FileEmitter(text)).Print(file));
        yield return new(file.Name, text);
        if (emitter!._intercepted.Count > 0)
        {
            yield return new(file.Name + ".interceptors", InterceptorsEmitter.Emit(text, emitter._intercepted));
        }
    }

    /// <summary>
    /// The key by which the table finds the sites of a file: that of the file's first instrumented body; null if the file has none.
    /// </summary>
    public static string? SitesKey(PairFileModel file) => file.Pairs.FirstOrDefault(static pair => pair.Instrumented is not null)?.Pair.Key;

    private void Print(PairFileModel file)
    {
        _text
            .Append(GeneratedText.Header)
            .Append(file.Pairs.Select(static pair => pair.Instrumented?.Symbols).FirstOrDefault(static symbols => symbols is not null))
            .Append("#line hidden\n");
        foreach (string directive in file.Pairs.Select(static pair => Scopes(pair)[0].Usings).FirstOrDefault(static usings => usings.Count > 0))
        {
            _text.Append(directive).Append('\n');
        }

        foreach (var (name, pair, instrumented) in file.Pairs)
        {
            if (instrumented is not null)
            {
                Enter(instrumented.Scopes, instrumented.Types, instrumented.Nullable);
                int start = InstrumentedBodyEmitter.Append(_text, instrumented, name, _depth);
                _intercepted.AddRange(instrumented.Intercepted.Select(call => (start + call.Position, call)));
            }

            Enter(pair.Scopes, pair.Types, pair.Annotated ? "enable annotations" : NotAnnotated);
            foreach (
                string lines in file.IsMeasured ? PairEmitter.Measure(pair, name, instrumented?.SiteCount ?? 0) : PairEmitter.Forward(pair, name)
            )
            {
                GeneratedText.Indent(_text, lines, _depth);
            }
        }

        Leave();
        if (SitesKey(file) is { } key)
        {
            _text.Append("\nnamespace HotPathGen.Generated\n{\n    internal static class ").Append(SitesPrefix).Append(key).Append("\n    {\n");
            foreach (var pair in file.Pairs.Where(static pair => pair.Instrumented is not null))
            {
                InstrumentedBodyEmitter.AppendSites(_text, pair.Instrumented!, pair.Pair.Key);
            }

            _text.Append("    }\n}\n");
        }
    }

    private static EquatableArray<ScopeModel> Scopes(WrittenPairModel pair) => pair.Instrumented?.Scopes ?? pair.Pair.Scopes;

    /// <summary>Opens the types of a method, unless the method before has left the same types open.</summary>
    private void Enter(EquatableArray<ScopeModel> scopes, EquatableArray<string> types, string nullable)
    {
        if (_depth > 0 && types.Equals(_types) && scopes.Skip(1).SequenceEqual(_scopes.Skip(1)))
        {
            _text.Append('\n');
        }
        else
        {
            Leave();
            (_scopes, _types) = (scopes, types);
            _text.Append('\n');
            foreach (var scope in scopes.Skip(1))
            {
                Open("namespace " + scope.Name);
                foreach (string directive in scope.Usings)
                {
                    GeneratedText.Indent(_text, directive, _depth);
                }
            }

            foreach (string type in types)
            {
                Open(type);
            }
        }

        if (nullable != _nullable)
        {
            _nullable = nullable;
            _text.Append("#nullable ").Append(nullable).Append('\n');
        }
    }

    private void Open(string head)
    {
        GeneratedText.Indent(_text, head + "\n{", _depth);
        _depth++;
    }

    private void Leave()
    {
        while (_depth > 0)
        {
            _depth--;
            GeneratedText.Indent(_text, "}", _depth);
        }
    }
}
