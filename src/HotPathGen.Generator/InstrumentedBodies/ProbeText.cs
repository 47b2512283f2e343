using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.InstrumentedBodies;

/// <summary>
/// How probes are written. In an ordinary body they are members of the frame, which it was given. A body that runs in segments must keep
/// nothing of that across an await: it has the number of its call, and says it last, since what stands before an await is kept, too.
/// </summary>
internal sealed class ProbeText
{
    private const string AsyncBody = "global::HotPathGen.Runtime.AsyncBody";

    private readonly string _target;
    private readonly string? _handle;
    private readonly string? _begin;

    private ProbeText(string target, string? handle, string? begin = null) => (_target, _handle, _begin) = (target, handle, begin);

    /// <param name="method">Whose body it is.</param>
    /// <param name="key">Of that method.</param>
    public static ProbeText Of(IMethodSymbol method, string key) =>
        (method.IsAsync, method.IsIterator) switch
        {
            // Each enumeration is a call of its own: its body asks for the number when it begins.
            (true, true) => new(AsyncBody, "__hotpath_call", $" int __hotpath_call = {AsyncBody}.Enumerate({Method(key)});"),
            (true, false) => new(AsyncBody, "__hotpath_call"),
            (false, true) => new("global::HotPathGen.Runtime.IteratorBody", Method(key)),
            _ => new("__hotpath_frame", null),
        };

    /// <summary>What goes before an expression.</summary>
    public string Open(string probe, string site, string before) =>
        _handle is null ? $"{_target}.{probe}({site}, {before}" : $"{_target}.{probe}({before}";

    /// <summary>What goes behind it.</summary>
    public string Close(string site) => _handle is null ? ")" : $", {_handle}, {site})";

    public string Statement(string site) => Marked("At", site) + ";";

    /// <summary>A probe that gives back a number: <c>At</c> or <c>Part</c>.</summary>
    public string Marked(string probe, string site) => _handle is null ? $"{_target}.{probe}({site})" : $"{_target}.{probe}({_handle}, {site})";

    public string After(string type) => $"{_target}.After{type}";

    public string Caught => $"{_target}.Caught({_handle});";

    /// <summary>Before what is awaited, and behind it.</summary>
    public (string Open, string Close) Suspend => ($"{_target}.Suspend(", $", {_handle})");

    public string SuspendAs(string type) => $"{_target}.Suspend<{type}>(";

    public (string Open, string Close) Resume => ($"{_target}.Resume(", $", {_handle})");

    public string ResumeStatement => $"{_target}.Resume({_handle});";

    /// <summary>Round a whole body. That of an async iterator may be left by a yield, which no try with a catch may hold.</summary>
    public string BeginBody => _begin + " try {";

    public string EndBody(string exceptionSite) =>
        _begin is null
            ? $"}} catch when ({_target}.Failed({_handle})) {{ throw; }} finally {{ {_target}.End({_handle}); }} "
            : $"}} finally {{ {ResumeStatement} {Marked("Part", exceptionSite)}; {_target}.Leave({_handle}); }} ";

    private static string Method(string key) => "global::HotPathGen.Generated.HotPathMethods.M_" + key;
}
