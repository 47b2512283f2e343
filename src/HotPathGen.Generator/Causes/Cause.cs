namespace HotPathGen.Causes;

/// <summary>
/// Why a site allocates, and what helps. The one table: rules, the tool's advice and the runtime's summary compile this file, so it knows
/// sites as snapshots do, by kind, type and text.
/// </summary>
internal readonly struct Cause
{
    /// <summary>What happens, as part of a sentence.</summary>
    public string Name { get; }

    /// <summary>What to do, as part of a sentence.</summary>
    public string Remedy { get; }

    private Cause(string name, string remedy) => (Name, Remedy) = (name, remedy);

    /// <param name="kind">A site's kind, in the words of reports.</param>
    /// <param name="type">What is allocated; of calls, growth, LINQ and reflection the callee as <c>Type.Member</c>; empty where it is not known.</param>
    /// <param name="text">The site's source.</param>
    public static Cause Of(string kind, string type = "", string text = "") => kind switch
    {
        "object" => Construction(type),
        "with" => new(Named("copy of", type, "a record"), "make it a readonly record struct, or change one in place"),
        "anonymous object" => new("anonymous object", "use a tuple: it is a struct"),
        "exception" => new("exceptions", "answer with a result, as Try… methods do, where failure is no surprise"),
        "array" => new(Named("new", type, "array"), "make it a [Pooled] parameter where it ends with the call, or keep one"),
        "collection expression" => new(Named("new", type, "collection"), "keep one in a static readonly field, or make it a span where it ends with the call"),
        "boxing" => new(Named("boxing of", type, "a value"), "make the parameter generic, or call an overload that takes the value as it is"),
        "closure" => new(text.StartsWith("captures ", StringComparison.Ordinal) ? $"closure that {text}" : "closure", "make the lambda static and hand over what it captures as state"),
        "delegate" => new(Named("delegate", type, ""), "make the lambda static, handing over what it captures as state, or keep the delegate in a static readonly field"),
        "concatenation" => new("concatenated text", "write it where it goes: into a span with TryWrite, to a writer, or with string.Create"),
        "interpolation" => new("interpolated text", "write it where it goes: into a span with TryWrite, or into a StringBuilder or writer that takes interpolated text"),
        "params array" => new(Named("array for params", type, ""), "call an overload without params, or declare params ReadOnlySpan<T>"),
        "state machine" => new(text.Length > 0 ? $"state machine of `{text}`" : "state machine", "async: return ValueTask and finish without waiting where that is usual; iterator: give back a struct enumerator, or fill a list of the caller's"),
        "enumerator" => new(Named("enumerator of", type, "a sequence"), "enumerate the list, array or dictionary by its own type: its enumerator is a struct"),
        "growth" => new(Named("growth by", type, "a collection"), "give the collection its capacity where it is made, or keep one and clear it"),
        "LINQ" => new(Named("LINQ,", type, "a query"), "write the loop"),
        "reflection" => new(Named("reflection,", type, "a look-up"), "look it up once and keep it, in a static readonly field or as a delegate"),
        "call" => Call(type),
        _ => new(Named(kind, type, ""), "see what allocates there"),
    };

    private static Cause Construction(string type) => Bare(type) switch
    {
        "Regex" => new("repeated construction of a `Regex`, which parses its pattern", "make it once, in a static readonly field, or with [GeneratedRegex]"),
        "JsonSerializerOptions" => new("repeated construction of `JsonSerializerOptions`, which begin without any type's metadata", "make them once, in a static readonly field"),
        "XmlSerializer" => new("repeated construction of an `XmlSerializer`, which reflects over its type", "make it once, in a static readonly field"),
        _ => new(Named("new", type, "object"), "keep one and use it again; a small type of yours can be a struct"),
    };

    private static Cause Call(string callee)
    {
        int dot = callee.LastIndexOf('.');
        string type = dot < 0 ? "" : callee.Substring(0, dot), member = callee.Substring(dot + 1);
        return (type, member) switch
        {
            ("String", "Substring") => new("copy of a part of a string by `String.Substring`", "take a span of it with AsSpan"),
            ("String", "Split") => new("parts of a string by `String.Split`", "walk them as spans, with MemoryExtensions.Split"),
            ("String", "ToCharArray") => new("copy of a string by `String.ToCharArray`", "take a span of it with AsSpan"),
            ("Regex", _) when member is not "Replace" => new($"regular expression by `{callee}`, whose matches are objects", "take [GeneratedRegex], and IsMatch or EnumerateMatches on a span"),
            ("Enum", "GetValues" or "GetNames" or "GetName") => new($"reflection, `{callee}`", "look it up once and keep it, in a static readonly field"),
            (_, "Deserialize" or "DeserializeAsync") => Parsing(callee),
            _ when member.StartsWith("Parse", StringComparison.Ordinal) || member.StartsWith("TryParse", StringComparison.Ordinal) => Parsing(callee),
            (_, "ToString") => new($"text by `{callee}`", "write it where it goes, with TryFormat or AppendFormatted"),
            ("String", _) => new($"new string by `{callee}`", "write into a span of the caller's, or compare without the copy"),
            _ => new(Named("call of", callee, "something"), "if it is yours, mark it [Instrument] to see which line; if not, keep its result or call what writes into a buffer of yours"),
        };
    }

    private static Cause Parsing(string callee) => new($"repeated parsing by `{callee}`", "parse once where the text comes in, and keep the result");

    private static string Named(string what, string type, string unknown) => type.Length > 0 ? $"{what} `{type}`" : unknown.Length > 0 ? $"{what} {unknown}" : what;

    private static string Bare(string type) => type.Substring(type.LastIndexOf('.') + 1);
}
