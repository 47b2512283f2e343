namespace HotPathGen.Generator.Twins;

/// <summary>
/// How probes are written. In an ordinary body they are members of the frame, which it was given. A body that runs in stretches must keep
/// nothing of that across an await: it has the number of its call, and says it last, since what stands before an await is kept, too.
/// </summary>
internal sealed class ProbeText
{
    private readonly string _target;
    private readonly string? _handle;

    private ProbeText(string target, string? handle) => (_target, _handle) = (target, handle);

    public static readonly ProbeText Call = new("__hotpath_frame", null);

    public static readonly ProbeText Async = new("global::HotPathGen.Runtime.AsyncBody", "__hotpath_call");

    public static ProbeText Iterator(string key) => new("global::HotPathGen.Runtime.IteratorBody", "global::HotPathGen.Generated.HotPathMethods.M_" + key);

    /// <summary>What goes before an expression.</summary>
    public string Open(string probe, string site, string before) => _handle is null ? $"{_target}.{probe}({site}, {before}" : $"{_target}.{probe}({before}";

    /// <summary>What goes behind it.</summary>
    public string Close(string site) => _handle is null ? ")" : $", {_handle}, {site})";

    public string Statement(string site) => Marked("At", site) + ";";

    /// <summary>A probe that gives back a number: <c>At</c> or <c>Part</c>.</summary>
    public string Marked(string probe, string site) => _handle is null ? $"{_target}.{probe}({site})" : $"{_target}.{probe}({_handle}, {site})";

    public string After(string type) => $"{_target}.After{type}";

    public string Caught => $"{_target}.Caught({_handle});";

    /// <summary>Before what is awaited, and behind it.</summary>
    public (string Open, string Close) Suspend => ($"{_target}.Suspend(", $", {_handle})");

    public (string Open, string Close) Resume => ($"{_target}.Resume(", $", {_handle})");

    public string ResumeStatement => $"{_target}.Resume({_handle});";

    /// <summary>Round a whole body.</summary>
    public (string Open, string Close) Body => (" try {", $"}} catch when ({_target}.Failed({_handle})) {{ throw; }} finally {{ {_target}.End({_handle}); }} ");
}
