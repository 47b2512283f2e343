namespace HotPathGen.Syntax;

/// <summary>Ids of the rules that say what is not measured; never renumbered.</summary>
internal static class RuleIds
{
    public const string LeftPlain = "HPG001";
    public const string CoreMissing = "HPG002";
    public const string NotPrepared = "HPG003";
    public const string WithoutSites = "HPG004";
}
