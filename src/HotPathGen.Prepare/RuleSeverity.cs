using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Prepare;

/// <summary>
/// The severity that the user configured for a rule that is reported in copies too. The order is that of the compiler: the rule's id for the file,
/// its id for all files, its category, all analyzers.
/// </summary>
internal static class RuleSeverity
{
    /// <summary>The severity where nothing is configured.</summary>
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
    /// Ignores an error or warning that is set for all rules, except for the first of these rules. Only measured builds can find what the other rules
    /// report. A user who turns all rules into errors does not know about them, and a build that passes must not fail because it is measured.
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
