namespace HotPathGen.Syntax;

/// <summary>
/// The ids of the rules, which are never renumbered. First come rules about hot methods that are not measured. From 200 on: pooled parameters that
/// cannot be provided. From 300 on: allocations. From 400 on: promises that do not hold.
/// </summary>
internal static class RuleIds
{
    public const string LeftPlain = "HPG001";
    public const string CoreMissing = "HPG002";
    public const string NotPrepared = "HPG003";
    public const string WithoutSites = "HPG004";
    public const string WrongBudget = "HPG005";
    public const string FileFailed = "HPG109";
    public const string NotProvided = "HPG201";
    public const string NotScoped = "HPG202";
    public const string WrongLength = "HPG203";
    public const string WrongSource = "HPG204";
    public const string SpanInDeferred = "HPG205";
    public const string Escapes = "HPG206";
    public const string AllocatesObject = "HPG301";
    public const string AllocatesArray = "HPG302";
    public const string Boxes = "HPG303";
    public const string AllocatesClosure = "HPG304";
    public const string AllocatesDelegate = "HPG305";
    public const string AllocatesText = "HPG306";
    public const string AllocatesParamsArray = "HPG307";
    public const string AllocatesStateMachine = "HPG308";
    public const string AllocatesEnumerator = "HPG309";
    public const string Grows = "HPG310";
    public const string CallsLinq = "HPG311";
    public const string CallsReflection = "HPG312";
    public const string CallAllocates = "HPG313";
    public const string OnlyUnoptimized = "HPG320";
    public const string CouldBePair = "HPG330";
    public const string BreaksContract = "HPG401";
    public const string CallsUnknown = "HPG402";
    public const string StaleProfile = "HPG403";
    public const string UnreadableProfile = "HPG404";

    /// <summary>
    /// The rules that stop a build. They are reported in prepared copies, too: otherwise only the compiler's error about a pair without a body would
    /// be shown, which says less.
    /// </summary>
    public static readonly string[] Errors = [CoreMissing, WrongBudget, NotProvided, NotScoped, WrongLength, WrongSource, SpanInDeferred];
}
