namespace HotPathGen.Generator.Library;

/// <summary>What allocates at a site.</summary>
internal enum SiteKind
{
    Object,
    Array,
    CollectionExpression,
    Boxing,
    Delegate,
    Closure,
    Concatenation,
    Interpolation,
    ParamsArray,
    StateMachine,
    Enumerator,
    With,
    AnonymousObject,
    Growth,
    Linq,
    Reflection,
    Call,
    Exception,
}

/// <summary>The kinds in the words of reports.</summary>
internal static class SiteKinds
{
    public static string Word(SiteKind kind) =>
        kind switch
        {
            SiteKind.CollectionExpression => "collection expression",
            SiteKind.ParamsArray => "params array",
            SiteKind.StateMachine => "state machine",
            SiteKind.AnonymousObject => "anonymous object",
            SiteKind.Linq => "LINQ",
            _ => kind.ToString().ToLowerInvariant(),
        };
}
