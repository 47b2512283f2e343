namespace HotPathGen.Shared;

/// <summary>The text of each member of the enums that files, generated code and reports share, in the order of the members.</summary>
internal static class Words
{
    public static readonly string[] SiteKinds =
    [
        "object",
        "array",
        "collection expression",
        "boxing",
        "delegate",
        "closure",
        "concatenation",
        "interpolation",
        "params array",
        "state machine",
        "enumerator",
        "with",
        "anonymous object",
        "growth",
        "LINQ",
        "reflection",
        "call",
        "exception",
    ];

    public static readonly string[] Origins = ["", "own", "abstract", "delegate", "framework"];
    public static readonly string[] MethodForms =
    [
        "pair",
        "in-place",
        "async",
        "async-first-segment",
        "iterator",
        "async-iterator",
        "block",
        "function",
    ];
    public static readonly string[] TimeBases = ["thread", "wall"];
    public static readonly string[] BytesBases = ["call", "enumeration", "first-segment"];
    public static readonly string[] ClockKinds = ["none", "stopwatch", "hardware"];
    public static readonly string[] PooledKinds = ["span", "memory", "segment", "array", "list", "object"];
    public static readonly string[] SettingSources = ["default", "environment", "runtimeconfig", "ahead-of-time"];

    public static readonly string[] DetailLevels = ["off", "light", "standard", "full"];

    public static readonly string[] Coverages = ["", "not measured", "not by site", "only to its first await"];

    public static string Of(SiteKind kind) => SiteKinds[(int)kind];

    public static string Of(Origin origin) => Origins[(int)origin];

    public static string Of(MethodForm form) => MethodForms[(int)form];

    public static string Of(TimeBasis basis) => TimeBases[(int)basis];

    public static string Of(BytesBasis basis) => BytesBases[(int)basis];

    public static string Of(ClockKind kind) => ClockKinds[(int)kind];

    public static string Of(PooledKind kind) => PooledKinds[(int)kind];

    public static string Of(SettingSource source) => SettingSources[(int)source];

    public static string Of(DetailLevel level) => DetailLevels[(int)level];

    public static string Of(Coverage coverage) => Coverages[(int)coverage];

    /// <summary>Returns the number of the member with this text. Throws if no member has it.</summary>
    /// <param name="word">A text.</param>
    /// <param name="words">The texts of one enum.</param>
    public static int NumberOf(string word, string[] words) =>
        System.Array.IndexOf(words, word) is var number and >= 0
            ? number
            : throw new FormatException($"\"{word}\" is none of {string.Join(", ", words)}");
}
