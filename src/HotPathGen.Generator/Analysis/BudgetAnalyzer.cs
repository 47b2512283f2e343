using System.Collections.Immutable;
using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPathGen.Generator.Analysis;

/// <summary>Reports budgets that cannot be kept. A budget that nobody will ever check must not look like one that is kept.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BudgetAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rules.WrongBudget];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (!Mentions.Of(Mentions.Budget, start.Compilation) || start.Compilation.GetTypeByMetadataName(HotSymbols.InstrumentAttribute) is null)
            {
                return;
            }

            CoverageAnalyzer.Register(start, static (finding, method, report) =>
            {
                if (finding is var (rule, text) && rule == Rules.LeftPlain && CoverageAnalyzer.HasBudget(method))
                {
                    report(
                        Diagnostic.Create(
                            Rules.WrongBudget,
                            CoverageAnalyzer.Place(method),
                            $"The budget of '{CoverageAnalyzer.Name(method)}'",
                            $"the method is not measured: {text}"
                        )
                    );
                }
            });
            start.RegisterSemanticModelAction(static file =>
            {
                foreach (
                    var argument in Mentions.Round<AttributeArgumentSyntax>(Mentions.Budget, file.SemanticModel.SyntaxTree, file.CancellationToken)
                )
                {
                    ReportNegative(argument, file);
                }
            });
        });
    }

    private static void ReportNegative(AttributeArgumentSyntax argument, SemanticModelAnalysisContext file)
    {
        if (
            argument
                is {
                    NameEquals.Name.Identifier.ValueText: HotSymbols.MaxBytesPerCallProperty,
                    Expression: var expression,
                    Parent.Parent: AttributeSyntax attribute
                }
            && file.SemanticModel.GetConstantValue(expression, file.CancellationToken).Value is int bytes and < 0
            && file.SemanticModel.GetTypeInfo(attribute, file.CancellationToken).Type?.ToDisplayString() == HotSymbols.InstrumentAttribute
        )
        {
            file.ReportDiagnostic(
                Diagnostic.Create(
                    Rules.WrongBudget,
                    expression.GetLocation(),
                    $"A budget of {bytes} bytes per call",
                    $"write 0 or more, or leave {HotSymbols.MaxBytesPerCallProperty} out for none"
                )
            );
        }
    }
}
