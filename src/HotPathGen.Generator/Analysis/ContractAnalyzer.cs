using System.Collections.Immutable;
using HotPathGen.Generator.Allocations;
using HotPathGen.Generator.Library;
using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPathGen.Generator.Analysis;

/// <summary>Checks hot methods that have a budget of zero bytes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContractAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rules.BreaksContract, Rules.CallsUnknown];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (Mentions.Of(Mentions.Budget, start.Compilation))
            {
                HotBodies.Register(start, static hot => HotSymbols.MaxBytesPerCall(hot) == 0, Read);
            }
        });
    }

    private static void Read(HotBody body)
    {
        foreach (var allocation in body.Summary.Allocations.Where(static allocation => allocation.Certainty != Certainty.OnlyUnoptimized))
        {
            body.Report(
                Diagnostic.Create(
                    Rules.BreaksContract,
                    body.Methods.Location(allocation.Reported),
                    HotBodies.Properties(body.Hot, allocation),
                    DisplayNames.Of(body.Hot),
                    0,
                    AllocationWords.Chain(allocation)
                )
            );
        }

        foreach (var call in body.Methods.Unknown(body.Method, body.Cancellation))
        {
            string way = call.Through.IsEmpty
                ? "allow it with [DoesNotAllocate] or in a HotPathDoesNotAllocate file, or measure it"
                : $"it is called by {string.Join(" > ", call.Through.Select(static through => $"'{through}'"))}";
            body.Report(
                Diagnostic.Create(
                    Rules.CallsUnknown,
                    body.Methods.Location(call.Reported),
                    HotBodies.Properties(body.Hot, call.Place),
                    DisplayNames.Of(body.Hot),
                    0,
                    call.Callee.Name,
                    way
                )
            );
        }
    }
}
