using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Prepare;

/// <summary>
/// What the user's configuration says of a rule that is heard in copies, too, in the compiler's order: the rule by its id for the file, by its id
/// for all files, its category, all analyzers.
/// </summary>
internal static class RuleSeverity
{
    /// <summary>Where nothing is said.</summary>
    public const string Usual = "suggestion";

    private const string All = "dotnet_analyzer_diagnostic.severity";
    private const string Category = "dotnet_analyzer_diagnostic.category-hotpath.severity";

    public static string Of(string id, AnalyzerConfigOptionsResult file, AnalyzerConfigOptionsResult global) =>
        ById(id, file) ?? ById(id, global) ?? InBulk(Category, file) ?? Quietest(id, InBulk(All, file)) ?? Usual;

    private static string? ById(string id, AnalyzerConfigOptionsResult options) =>
        options.TreeOptions.FirstOrDefault(option => option.Key.Equals(id, StringComparison.OrdinalIgnoreCase)) is { Key: not null, Value: var said }
            ? Word(said)
            : null;

    /// <summary>
    /// Only measured builds can tell what the rules behind the first do. Who makes errors of all rules does not know of these, and a build that
    /// passes must not fail because it is measured.
    /// </summary>
    private static string? Quietest(string id, string? severity) => id != RuleIds.LeftPlain && severity is "error" or "warning" ? null : severity;

    private static string Word(ReportDiagnostic said) =>
        said switch
        {
            ReportDiagnostic.Error => "error",
            ReportDiagnostic.Warn => "warning",
            ReportDiagnostic.Hidden => "silent",
            ReportDiagnostic.Suppress => "none",
            _ => Usual,
        };

    private static string? InBulk(string key, AnalyzerConfigOptionsResult options) =>
        options.AnalyzerOptions.TryGetValue(key, out string? value)
            ? value.Trim().ToLowerInvariant() switch
            {
                "refactoring" => "silent",
                "error" or "warning" or "suggestion" or "silent" or "none" => value.Trim().ToLowerInvariant(),
                _ => null,
            }
            : null;
}
