using System.Text;
using HotPathGen.Generator.Models;

namespace HotPathGen.Generator.Emission;

/// <summary>
/// Prints what belongs to the pairs of one source file: it is one file, too, so that the compiler reads its usings and reopens its types once,
/// and not for each method.
/// </summary>
internal sealed class FileEmitter
{
    /// <summary>
    /// Before its key: the type that says what the sites of a file are. One type in thousands of parts costs the compiler far more.
    /// </summary>
    public const string SitesPrefix = "HotPathSites_";

    private const string NotAnnotated = "disable";

    private readonly StringBuilder _text;
    private EquatableArray<ScopeModel> _scopes;
    private EquatableArray<string> _types;
    private string _nullable = NotAnnotated;
    private int _depth;

    private FileEmitter(StringBuilder text) => _text = text;

    /// <summary>Null where no method is one of a pair.</summary>
    public static string? Emit(IReadOnlyCollection<HotMethodModel> methods, bool measured)
    {
        HotMethodModel[] pairs = [.. methods.Where(static method => method.Pair is not null)];
        return pairs.Length == 0 ? null : GeneratedText.Print(text => new FileEmitter(text).Print(pairs, measured));
    }

    /// <summary>By which the table finds the sites of a file: the key of its first probing twin; null where it has none.</summary>
    public static string? SitesKey(IEnumerable<HotMethodModel> methods) =>
        methods.FirstOrDefault(static method => method.Twin is not null)?.Method.Key;

    private void Print(HotMethodModel[] pairs, bool measured)
    {
        _text
            .Append(GeneratedText.Header)
            .Append(pairs.Select(static method => method.Twin?.Symbols).FirstOrDefault(static symbols => symbols is not null))
            .Append("#line hidden\n");
        foreach (string directive in pairs.Select(static method => Scopes(method)[0].Usings).FirstOrDefault(static usings => usings.Count > 0))
        {
            _text.Append(directive).Append('\n');
        }

        foreach (var method in pairs)
        {
            string name = method.Method.Name;
            var pair = method.Pair!;
            if (method.Twin is { } twin)
            {
                Enter(twin.Scopes, twin.Types, twin.Nullable);
                TwinEmitter.Append(_text, twin, name, _depth);
            }

            Enter(pair.Scopes, pair.Types, pair.Annotated ? "enable annotations" : NotAnnotated);
            foreach (string lines in measured ? PairEmitter.Measure(pair, name, method.Twin?.SiteCount ?? 0) : PairEmitter.Forward(pair, name))
            {
                GeneratedText.Indent(_text, lines, _depth);
            }
        }

        Leave();
        if (SitesKey(pairs) is { } key)
        {
            _text.Append("\nnamespace HotPathGen.Generated\n{\n    internal static class ").Append(SitesPrefix).Append(key).Append("\n    {\n");
            foreach (var method in pairs.Where(static method => method.Twin is not null))
            {
                TwinEmitter.AppendSites(_text, method.Twin!, method.Method.Key);
            }

            _text.Append("    }\n}\n");
        }
    }

    private static EquatableArray<ScopeModel> Scopes(HotMethodModel method) => method.Twin?.Scopes ?? method.Pair!.Scopes;

    /// <summary>Opens the types of a method where the one before has left them closed.</summary>
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
