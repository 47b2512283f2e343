namespace HotPathGen.Syntax;

/// <summary>Ids of the rules that say what is not measured, and, from 200 on, what of pooled parameters cannot be; never renumbered.</summary>
internal static class RuleIds
{
    public const string LeftPlain = "HPG001";
    public const string CoreMissing = "HPG002";
    public const string NotPrepared = "HPG003";
    public const string WithoutSites = "HPG004";
    public const string WrongBudget = "HPG005";
    public const string NotProvided = "HPG201";
    public const string NotScoped = "HPG202";
    public const string WrongLength = "HPG203";
    public const string WrongSource = "HPG204";
    public const string SpanInDeferred = "HPG205";
    public const string Escapes = "HPG206";

    /// <summary>Those that stop a build: heard in prepared copies too, because a pair without its body would say less.</summary>
    public static readonly string[] Errors = [CoreMissing, WrongBudget, NotProvided, NotScoped, WrongLength, WrongSource, SpanInDeferred];
}
