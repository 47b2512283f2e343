using System.Collections.Immutable;
using HotPathGen.Generator.Allocations;
using HotPathGen.Generator.Library;
using HotPathGen.Generator.ProfileWeights;
using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPathGen.Generator.Analysis;

/// <summary>
/// Reports what hot methods allocate, before they run. All its diagnostics are hints, and it reports nothing else. A compiler that shows no hints
/// does not run it, unless somebody has turned the hints into warnings.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AllocationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [.. Rules.Allocations, Rules.OnlyUnoptimized];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            var profiles = Profiles.Of(start.Options, start.Compilation.AssemblyName, start.CancellationToken);
            HotBodies.Register(start, static _ => true, body => Read(body, profiles?.Of(body)));
        });
    }

    private static void Read(HotBody body, MethodProfile? heat)
    {
        bool hasContract = HotSymbols.MaxBytesPerCall(body.Hot) == 0;
        foreach (var allocation in body.Summary.Allocations)
        {
            if (allocation.Certainty == Certainty.OnlyUnoptimized)
            {
                body.Report(
                    Diagnostic.Create(
                        Rules.OnlyUnoptimized,
                        body.Methods.Location(allocation.Reported),
                        HotBodies.Properties(body.Hot, allocation),
                        AllocationWords.Whole(allocation),
                        ""
                    )
                );
            }
            else if (!hasContract && heat?.Of(allocation) is null)
            {
                body.Report(
                    Diagnostic.Create(
                        Rules.Of(allocation.Kind),
                        body.Methods.Location(allocation.Reported),
                        HotBodies.Properties(body.Hot, allocation),
                        allocation.Subject,
                        AllocationWords.Rest(allocation)
                    )
                );
            }
        }
    }
}
