using HotPathGen.Shared;

namespace HotPathGen.Causes;

/// <summary>
/// Says why a site allocates, and what helps. There is only this one table: the rules, the tool's advice and the runtime's summary all compile
/// this file. So it identifies a site by the data in a snapshot: kind, type and text.
/// </summary>
internal readonly struct Cause
{
    /// <summary>What allocates, as part of a sentence.</summary>
    public string Name { get; }

    /// <summary>What to do, as part of a sentence.</summary>
    public string Remedy { get; }

    private Cause(string name, string remedy) => (Name, Remedy) = (name, remedy);

    /// <param name="kind">What allocates.</param>
    /// <param name="type">What is allocated, or for calls the callee as <c>Type.Member</c>; empty if it is not known.</param>
    /// <param name="text">The source text of the site.</param>
    /// <param name="origin">For calls, where the callee comes from.</param>
    public static Cause Of(SiteKind kind, string type = "", string text = "", Origin origin = Origin.Other) =>
        Known(kind, type, origin)
        ?? kind switch
        {
            SiteKind.Object => Construction(type),
            SiteKind.With => new(Named("copy of", type, "a record"), "make it a readonly record struct, or change one in place"),
            SiteKind.AnonymousObject => new("anonymous object", "use a tuple: it is a struct"),
            SiteKind.Exception => new("exceptions", "answer with a result, as Try… methods do, where failure is no surprise"),
            SiteKind.Array => new(Named("new", type, "array"), "make it a [Pooled] parameter where it ends with the call, or keep one"),
            SiteKind.CollectionExpression => new(
                Named("new", type, "collection"),
                "keep one in a static readonly field, or make it a span where it ends with the call"
            ),
            SiteKind.Boxing => new(
                Named("boxing of", type, "a value"),
                "make the parameter generic, or call an overload that takes the value as it is"
            ),
            SiteKind.Closure => new(
                text.StartsWith("captures ", StringComparison.Ordinal) ? $"closure that {text}" : "closure",
                "make the lambda static and hand over what it captures as state"
            ),
            SiteKind.Delegate => new(
                Named("delegate", type, ""),
                "make the lambda static, handing over what it captures as state, or keep the delegate in a static readonly field"
            ),
            SiteKind.Concatenation => new(
                "concatenated text",
                "write it where it goes: into a span with TryWrite, to a writer, or with string.Create"
            ),
            SiteKind.Interpolation => new(
                "interpolated text",
                "write it where it goes: into a span with TryWrite, or into a StringBuilder or writer that takes interpolated text"
            ),
            SiteKind.ParamsArray => new(Named("array for params", type, ""), "call an overload without params, or declare params ReadOnlySpan<T>"),
            SiteKind.StateMachine => new(
                text.Length > 0 ? $"state machine of `{text}`" : "state machine",
                "async: return ValueTask and finish without waiting where that is usual; iterator: give back a struct enumerator, or fill a list "
                    + "of the caller's"
            ),
            SiteKind.Enumerator => new(
                Named("enumerator of", type, "a sequence"),
                "enumerate the list, array or dictionary by its own type: its enumerator is a struct"
            ),
            SiteKind.Growth => new(
                Named("growth by", type, "a collection"),
                "give the collection its capacity where it is made, or keep one and clear it"
            ),
            SiteKind.Linq => new(Named("LINQ,", type, "a query"), "write the loop"),
            SiteKind.Reflection => new(
                Named("reflection,", type, "a look-up"),
                "look it up once and keep it, in a static readonly field or as a delegate"
            ),
            SiteKind.Call => Call(type, text, origin),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    private static Cause Construction(string type) =>
        Bare(type) switch
        {
            "Regex" => new(
                "repeated construction of a `Regex`, which parses its pattern",
                "make it once, in a static readonly field, or with [GeneratedRegex]"
            ),
            "JsonSerializerOptions" => new(
                "repeated construction of `JsonSerializerOptions`, which begin without any type's metadata",
                "make them once, in a static readonly field"
            ),
            "XmlSerializer" => new(
                "repeated construction of an `XmlSerializer`, which reflects over its type",
                "make it once, in a static readonly field"
            ),
            _ => new(Named("new", type, "object"), "keep one and use it again; a small type of yours can be a struct"),
        };

    /// <summary>Looks up a row of the table. A callee whose source is available needs no row: its source shows better what it does.</summary>
    private static Cause? Known(SiteKind kind, string type, Origin origin)
    {
        var (container, member) =
            kind == SiteKind.Enumerator
                ? (Bare(WithoutArguments(type)), "")
                : (Bare(type.Substring(0, Math.Max(0, type.LastIndexOf('.')))), Bare(type));
        return type.Length > 0 && origin is not (Origin.Own or Origin.Abstract) && KnownCauses.Find(kind, container, member) is { } known
            ? new($"{known.Name} `{type}`", known.Remedy)
            : null;
    }

    private static Cause Call(string callee, string text, Origin origin)
    {
        if (callee.StartsWith("Regex.", StringComparison.Ordinal) && callee != "Regex.Replace")
        {
            return RegularExpression(callee, text);
        }

        return origin switch
        {
            Origin.Own => new(Named("call of", callee, "something"), "mark it [Instrument] to see which line"),
            Origin.Abstract => new(
                Named("call of", callee, "something"),
                "mark what implements it [Instrument], where that is yours, to see which line; if not, keep its result or call what writes into "
                    + "a buffer of yours"
            ),
            Origin.Delegate => OfDelegate(callee),
            Origin.Framework => new(Named("call of", callee, "something"), "keep its result, or call what writes into a buffer of yours"),
            _ when callee
                    is "Action.Invoke"
                        or "Func.Invoke"
                        or "Predicate.Invoke"
                        or "Comparison.Invoke"
                        or "Converter.Invoke"
                        or "EventHandler.Invoke" => OfDelegate(callee),
            _ => new(
                Named("call of", callee, "something"),
                "if it is yours, mark it [Instrument] to see which line; if not, keep its result or call what writes into a buffer of yours"
            ),
        };
    }

    private static Cause OfDelegate(string callee) =>
        new(Named("what a delegate runs, by", callee, ""), "let it run a method that is marked [Instrument], to see which line");

    /// <summary>
    /// Returns the cause for a member of a regular expression. A static call of the type looks up the pattern in a cache. For a call of an object
    /// it does not matter where the object was created.
    /// </summary>
    private static Cause RegularExpression(string callee, string text)
    {
        bool isOfType =
            text.StartsWith("Regex.", StringComparison.Ordinal) || text.StartsWith("System.Text.RegularExpressions.Regex.", StringComparison.Ordinal);
        string generated =
            isOfType ? "take [GeneratedRegex], and "
            : text.Length == 0 ? "where it is made anew take [GeneratedRegex]; "
            : "";
        return callee switch
        {
            "Regex.IsMatch" or "Regex.Count" or "Regex.EnumerateMatches" or "Regex.EnumerateSplits" => isOfType
                ? new($"regular expression by `{callee}`, which looks for it in a cache", "take [GeneratedRegex]")
                : new(
                    $"regular expression by `{callee}`, which makes a runner where another thread has the one that it keeps",
                    "give each thread its own, or let it be: the runner is kept"
                ),
            "Regex.Split" => new($"parts of a string by `{callee}`", generated + "walk them as ranges with EnumerateSplits"),
            _ => new($"regular expression by `{callee}`, whose matches are objects", generated + "ask IsMatch, Count or EnumerateMatches on a span"),
        };
    }

    private static string Named(string what, string type, string unknown) =>
        type.Length > 0 ? $"{what} `{type}`"
        : unknown.Length > 0 ? $"{what} {unknown}"
        : what;

    private static string Bare(string type) => type.Substring(type.LastIndexOf('.') + 1);

    private static string WithoutArguments(string type) => type.IndexOf('<') is var open and >= 0 ? type.Substring(0, open) : type;
}
