using System.Collections.Immutable;
using HotPathGen.Causes;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Analysis;

/// <summary>The rules, with the texts that users read.</summary>
internal static class Rules
{
    private const string Category = "HotPath";

    public static readonly DiagnosticDescriptor LeftPlain = new(
        RuleIds.LeftPlain,
        "Hot method is left plain",
        "'{0}' is not measured: {1}",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true
    );

    public static readonly DiagnosticDescriptor CoreMissing = new(
        RuleIds.CoreMissing,
        "Pair has no core",
        "'{0}' is half of a pair: write its core '{1}' with the same parameters and result in the same type",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true
    );

    public static readonly DiagnosticDescriptor WithoutSites = new(
        RuleIds.WithoutSites,
        "Hot method is measured without sites",
        "'{0}' is measured, but not line by line: {1}",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true
    );

    public static readonly DiagnosticDescriptor NotPrepared = new(
        RuleIds.NotPrepared,
        "Hot method was not recognised",
        "'{0}' is not measured: its attribute was not recognised in the source; write it as [Instrument], without an alias{1}",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true
    );

    public static readonly DiagnosticDescriptor WrongBudget = new(
        RuleIds.WrongBudget,
        "Budget cannot be kept",
        "{0} cannot be kept: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true
    );

    public static readonly DiagnosticDescriptor NotProvided = new(
        RuleIds.NotProvided,
        "Pooled parameter cannot be provided",
        "Pooled parameter '{0}' cannot be provided: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true
    );

    public static readonly DiagnosticDescriptor NotScoped = new(
        RuleIds.NotScoped,
        "Pooled span is not scoped",
        "Pooled span '{0}' may be on the stack and ends with the call: make it 'scoped'{1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true
    );

    public static readonly DiagnosticDescriptor WrongLength = new(
        RuleIds.WrongLength,
        "Pooled parameter has no usable length",
        "The length of pooled parameter '{0}' cannot be used: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true
    );

    public static readonly DiagnosticDescriptor WrongSource = new(
        RuleIds.WrongSource,
        "Pooled parameter has no usable source",
        "The source of pooled parameter '{0}' cannot be used: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true
    );

    public static readonly DiagnosticDescriptor SpanInDeferred = new(
        RuleIds.SpanInDeferred,
        "Pooled span would outlive its stack frame",
        "Pooled parameter '{0}' is a ref struct, and what its method returns goes on after the call: take {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true
    );

    public static readonly DiagnosticDescriptor Escapes = new(
        RuleIds.Escapes,
        "Pooled buffer escapes its call",
        "Pooled parameter '{0}' goes back to its pool when the call ends, and {1}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true
    );

    public static readonly DiagnosticDescriptor AllocatesObject = Allocation(
        RuleIds.AllocatesObject,
        SiteKind.Object,
        "Object is allocated",
        "{0} is allocated here{1}"
    );

    public static readonly DiagnosticDescriptor AllocatesArray = Allocation(
        RuleIds.AllocatesArray,
        SiteKind.Array,
        "Array or collection is allocated",
        "{0} is allocated here{1}"
    );

    public static readonly DiagnosticDescriptor Boxes = Allocation(RuleIds.Boxes, SiteKind.Boxing, "Value is boxed", "{0} is boxed here{1}");

    public static readonly DiagnosticDescriptor AllocatesClosure = Allocation(
        RuleIds.AllocatesClosure,
        SiteKind.Closure,
        "Closure is allocated",
        "An object is allocated for the captured {0}{1}"
    );

    public static readonly DiagnosticDescriptor AllocatesDelegate = Allocation(
        RuleIds.AllocatesDelegate,
        SiteKind.Delegate,
        "Delegate is allocated",
        "A delegate {0} is allocated here{1}"
    );

    public static readonly DiagnosticDescriptor AllocatesText = Allocation(
        RuleIds.AllocatesText,
        SiteKind.Interpolation,
        "Text is allocated",
        "A string is allocated by this {0}{1}"
    );

    public static readonly DiagnosticDescriptor AllocatesParamsArray = Allocation(
        RuleIds.AllocatesParamsArray,
        SiteKind.ParamsArray,
        "Params array is allocated",
        "{0} is allocated for the arguments of this call{1}"
    );

    public static readonly DiagnosticDescriptor AllocatesStateMachine = Allocation(
        RuleIds.AllocatesStateMachine,
        SiteKind.StateMachine,
        "State machine is allocated",
        "An object is allocated for the state of {0}{1}"
    );

    public static readonly DiagnosticDescriptor AllocatesEnumerator = Allocation(
        RuleIds.AllocatesEnumerator,
        SiteKind.Enumerator,
        "Enumerator is allocated",
        "An enumerator of {0} is allocated here{1}"
    );

    public static readonly DiagnosticDescriptor Grows = Allocation(
        RuleIds.Grows,
        SiteKind.Growth,
        "Collection may grow",
        "{0} allocates when what it adds to is full{1}"
    );

    public static readonly DiagnosticDescriptor CallsLinq = Allocation(RuleIds.CallsLinq, SiteKind.Linq, "LINQ allocates", "{0} allocates{1}");

    public static readonly DiagnosticDescriptor CallsReflection = Allocation(
        RuleIds.CallsReflection,
        SiteKind.Reflection,
        "Reflection allocates",
        "{0} allocates{1}"
    );

    public static readonly DiagnosticDescriptor CallAllocates = Allocation(
        RuleIds.CallAllocates,
        SiteKind.Call,
        "Call allocates",
        "{0} allocates{1}"
    );

    public static readonly DiagnosticDescriptor OnlyUnoptimized = new(
        RuleIds.OnlyUnoptimized,
        "Allocates only without optimization",
        "{0} is allocated only until the JIT has optimized this method{1}",
        Category,
        DiagnosticSeverity.Hidden,
        isEnabledByDefault: true
    );

    public static readonly DiagnosticDescriptor BreaksContract = new(
        RuleIds.BreaksContract,
        "Contract is broken",
        "'{0}' is allowed {1} bytes per call: {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true
    );

    public static readonly DiagnosticDescriptor CallsUnknown = new(
        RuleIds.CallsUnknown,
        "Contract calls unknown code",
        "'{0}' is allowed {1} bytes per call, and what '{2}' allocates is not known: {3}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true
    );

    /// <summary>
    /// A rule that only a code fix needs. There is nothing to repair, so a severity that is set for all rules must not make it an error.
    /// </summary>
    public static readonly DiagnosticDescriptor CouldBePair = new(
        RuleIds.CouldBePair,
        "Hot method could be a pair",
        "'{0}' could be written as a pair: a partial declaration and its core '{1}', which can take pooled parameters",
        Category,
        DiagnosticSeverity.Hidden,
        isEnabledByDefault: true,
        customTags: WellKnownDiagnosticTags.NotConfigurable
    );

    public static readonly DiagnosticDescriptor StaleProfile = new(
        RuleIds.StaleProfile,
        "Profile is stale",
        "'{0}' has changed since it was measured: {1}; take the profile again",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true
    );

    public static readonly DiagnosticDescriptor UnreadableProfile = new(
        RuleIds.UnreadableProfile,
        "Profile cannot be read",
        "Profile '{0}' cannot be read: {1}; list a snapshot (*.hotpath.json) or a baseline of dotnet hotpath as it was written",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true
    );

    /// <summary>The rules of all kinds of sites.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> Allocations =
    [
        AllocatesObject,
        AllocatesArray,
        Boxes,
        AllocatesClosure,
        AllocatesDelegate,
        AllocatesText,
        AllocatesParamsArray,
        AllocatesStateMachine,
        AllocatesEnumerator,
        Grows,
        CallsLinq,
        CallsReflection,
        CallAllocates,
    ];

    /// <summary>The rule for a kind of site.</summary>
    public static DiagnosticDescriptor Of(SiteKind kind) =>
        kind switch
        {
            SiteKind.Object or SiteKind.With or SiteKind.AnonymousObject or SiteKind.Exception => AllocatesObject,
            SiteKind.Array or SiteKind.CollectionExpression => AllocatesArray,
            SiteKind.Boxing => Boxes,
            SiteKind.Closure => AllocatesClosure,
            SiteKind.Delegate => AllocatesDelegate,
            SiteKind.Concatenation or SiteKind.Interpolation => AllocatesText,
            SiteKind.ParamsArray => AllocatesParamsArray,
            SiteKind.StateMachine => AllocatesStateMachine,
            SiteKind.Enumerator => AllocatesEnumerator,
            SiteKind.Growth => Grows,
            SiteKind.Linq => CallsLinq,
            SiteKind.Reflection => CallsReflection,
            _ => CallAllocates,
        };

    /// <summary>Makes a rule about an allocation. It is a hint that is reported in hot methods only.</summary>
    private static DiagnosticDescriptor Allocation(string id, SiteKind kind, string title, string text) =>
        new(id, title, text, Category, DiagnosticSeverity.Info, isEnabledByDefault: true, description: Sentence(Cause.Of(kind).Remedy));

    private static string Sentence(string words) => char.ToUpperInvariant(words[0]) + words.Substring(1) + ".";
}
