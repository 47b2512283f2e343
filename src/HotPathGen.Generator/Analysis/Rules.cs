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

    public static readonly DiagnosticDescriptor WrongBudget = new(
        RuleIds.WrongBudget, "Budget cannot be kept", "{0} cannot be kept: {1}", Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor NotProvided = new(
        RuleIds.NotProvided, "Pooled parameter cannot be provided", "Pooled parameter '{0}' cannot be provided: {1}", Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor NotScoped = new(
        RuleIds.NotScoped, "Pooled span is not scoped", "Pooled span '{0}' may be on the stack and ends with the call: make it 'scoped'{1}", Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor WrongLength = new(
        RuleIds.WrongLength, "Pooled parameter has no usable length", "The length of pooled parameter '{0}' cannot be used: {1}", Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor WrongSource = new(
        RuleIds.WrongSource, "Pooled parameter has no usable source", "The source of pooled parameter '{0}' cannot be used: {1}", Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor SpanInDeferred = new(
        RuleIds.SpanInDeferred, "Pooled span would outlive its stack frame",
        "Pooled parameter '{0}' is a ref struct, and what its method returns goes on after the call: take {1}", Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor Escapes = new(
        RuleIds.Escapes, "Pooled buffer escapes its call", "Pooled parameter '{0}' goes back to its pool when the call ends, and {1}", Category, DiagnosticSeverity.Warning, isEnabledByDefault: true);
}
