using System.Collections.Immutable;
using HotPathGen.Generator.Allocations;
using HotPathGen.Generator.Library;
using HotPathGen.Generator.ProfileWeights;
using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPathGen.Generator.Analysis;

/// <summary>
/// Reports the profile weight of allocations that a profile has measured; the severity follows the weight. Without a profile it does nothing.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ProfileWeightAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [.. Rules.Allocations, Rules.StaleProfile, Rules.UnreadableProfile];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterAdditionalFileAction(ReportProblem);
        context.RegisterCompilationStartAction(static start =>
        {
            if (Profiles.Of(start.Options, start.Compilation.AssemblyName, start.CancellationToken) is { } profiles)
            {
                HotBodies.Register(start, profiles.Know, body => Read(body, profiles.Of(body)!));
            }
        });
    }

    private static void ReportProblem(AdditionalFileAnalysisContext file)
    {
        if (Profiles.Problem(file) is var (place, reason))
        {
            file.ReportDiagnostic(Diagnostic.Create(Rules.UnreadableProfile, place, Path.GetFileName(file.AdditionalFile.Path), reason));
        }
    }

    private static void Read(HotBody body, MethodProfile heat)
    {
        if (heat.Change(body.Hot.ContainingAssembly) is { } change)
        {
            body.Report(Diagnostic.Create(Rules.StaleProfile, body.Hot.Locations[0], DisplayNames.Of(body.Hot), change));
        }

        foreach (var allocation in HotSymbols.MaxBytesPerCall(body.Hot) == 0 ? [] : body.Summary.Allocations)
        {
            if (allocation.Certainty != Certainty.OnlyUnoptimized && heat.Of(allocation) is { Loudness: not Loudness.Silent } weight)
            {
                string rest = $"{AllocationWords.Rest(allocation)} ({weight.Words}): {allocation.Cause.Remedy}";
                body.Report(
                    Diagnostic.Create(
                        Rules.Of(allocation.Kind),
                        body.Methods.Location(allocation.Reported),
                        Severity(weight.Loudness),
                        additionalLocations: null,
                        HotBodies.Properties(body.Hot, allocation),
                        allocation.Subject,
                        rest
                    )
                );
            }
        }
    }

    private static DiagnosticSeverity Severity(Loudness loudness) =>
        loudness switch
        {
            Loudness.Warning => DiagnosticSeverity.Warning,
            Loudness.Usual => DiagnosticSeverity.Info,
            _ => DiagnosticSeverity.Hidden,
        };
}
