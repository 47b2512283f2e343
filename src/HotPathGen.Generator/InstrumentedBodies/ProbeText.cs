using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.InstrumentedBodies;

/// <summary>
/// The text of probes. In an ordinary body, probes are members of the frame that the body is given. A body that runs in segments must keep nothing of
/// the frame across an await. It has the number of its call instead, as the last argument of a probe: what stands before an await is kept, too.
/// </summary>
internal sealed class ProbeText
{
    private const string AsyncBody = "global::HotPathGen.Runtime.AsyncBody";

    private readonly string _target;
    private readonly string? _handle;
    private readonly string? _enumerated;

    private ProbeText(string target, string? handle, string? enumerated = null) => (_target, _handle, _enumerated) = (target, handle, enumerated);

    /// <param name="method">The method of the body.</param>
    /// <param name="key">The key of that method.</param>
    public static ProbeText Of(IMethodSymbol method, string key) =>
        (method.IsAsync, method.IsIterator) switch
        {
            // Each enumeration is a call of its own. Its body asks for the number of the call when it begins.
            (true, true) => new(AsyncBody, "__hotpath_call", Method(key)),
            (true, false) => new(AsyncBody, "__hotpath_call"),
            (false, true) => new("global::HotPathGen.Runtime.IteratorBody", Method(key)),
            _ => new("__hotpath_frame", null),
        };

    /// <summary>The text before an expression.</summary>
    public string Open(string probe, string site, string before) =>
        _handle is null ? $"{_target}.{probe}({site}, {before}" : $"{_target}.{probe}({before}";

    /// <summary>The text behind an expression.</summary>
    public string Close(string site) => _handle is null ? ")" : $", {_handle}, {site})";

    public string Statement(string site) => Marked("At", site) + ";";

    /// <summary>A probe that gives back a number: <c>At</c> or <c>Part</c>.</summary>
    public string Marked(string probe, string site) => _handle is null ? $"{_target}.{probe}({site})" : $"{_target}.{probe}({_handle}, {site})";

    public string After(string type) => $"{_target}.After{type}";

    public string Caught => $"{_target}.Caught({_handle});";

    /// <summary>The text before an awaited expression, and the text behind it.</summary>
    public (string Open, string Close) Suspend => ($"{_target}.Suspend(", $", ref {_handle})");

    /// <summary>The text before a yielded value, and the text behind it.</summary>
    public (string Open, string Close) Yield(string type) => ($"{_target}.Yield<{type}>(", $", {_handle})");

    /// <summary>The statement behind a yield.</summary>
    public string Continue => $"{_target}.Continue({_handle});";

    /// <summary>The statement before an iterator ends.</summary>
    public string Complete => $"{_target}.Complete({_handle});";

    public (string Open, string Close) Resume => ($"{_target}.Resume(", $", {_handle})");

    public string ResumeStatement => $"{_target}.Resume({_handle});";

    /// <summary>
    /// The text at the start of a whole body. The body of an async iterator may be left by a yield, and no try block with a catch may contain a
    /// yield.
    /// </summary>
    public string BeginBody(int sites) => (_enumerated is null ? "" : $" int {_handle} = {_target}.Enumerate({_enumerated}, {sites});") + " try {";

    public string EndBody(string exceptionSite) =>
        _enumerated is null
            ? $"}} catch when ({_target}.Failed(ref {_handle})) {{ throw; }} finally {{ {_target}.End({_handle}); }} "
            : $"{Complete} }} finally {{ {ResumeStatement} {Marked("Part", exceptionSite)}; {_target}.Leave({_handle}); }} ";

    /// <summary>The expression for the number of a method.</summary>
    public static string Method(string key) => "global::HotPathGen.Generated.HotPathMethods.M_" + key;
}
