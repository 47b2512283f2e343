using System.CommandLine;

namespace HotPathGen.Tool.Commands;

/// <summary>The options that <c>baseline</c> and <c>check</c> have in common.</summary>
internal static class ConditionOptions
{
    public static Option<bool> IgnoreConditions() =>
        new("--ignore-conditions")
        {
            Description = "Go on although the conditions differ, or code of several tiers ran. Estimated bytes are refused all the same.",
        };
}
