using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Analysis;

/// <summary>The rules in the words that users read.</summary>
internal static class Rules
{
    private const string Category = "HotPath";

    public static readonly DiagnosticDescriptor LeftPlain = new(
        RuleIds.LeftPlain, "Hot method is left plain", "'{0}' is not measured: {1}", Category, DiagnosticSeverity.Info, isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor CoreMissing = new(
        RuleIds.CoreMissing, "Pair has no core", "'{0}' is half of a pair: write its core '{1}' with the same parameters and result in the same type",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor WithoutSites = new(
        RuleIds.WithoutSites, "Hot method is measured without sites", "'{0}' is measured, but not line by line: {1}", Category, DiagnosticSeverity.Info, isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor NotPrepared = new(
        RuleIds.NotPrepared, "Hot method was not recognised", "'{0}' is not measured: its attribute was not recognised in the source; write it as [Instrument], without an alias{1}",
        Category, DiagnosticSeverity.Info, isEnabledByDefault: true);
}
