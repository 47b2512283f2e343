using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.CodeFixes;

/// <summary>
/// Applies one fix everywhere, each time to the result of the last. The batch fixer merges fixes that were made separately. That would lose
/// fixes that touch the same text: two buffers of one method, or two callers of one method.
/// </summary>
internal sealed class SequentialFixAll(Fix fix) : FixAllProvider
{
    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        var documents = fixAllContext.Scope switch
        {
            FixAllScope.Document when fixAllContext.Document is { } document => [document],
            FixAllScope.Project => fixAllContext.Project.Documents,
            FixAllScope.Solution => fixAllContext.Solution.Projects.SelectMany(static project => project.Documents),
            _ => [],
        };
        var found = new List<(DocumentId Document, TextSpan Span)>();
        foreach (var document in documents)
        {
            foreach (var diagnostic in await fixAllContext.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false))
            {
                found.Add((document.Id, diagnostic.Location.SourceSpan));
            }
        }

        string key = fixAllContext.CodeActionEquivalenceKey ?? "";
        return found.Count == 0
            ? null
            : CodeAction.Create(
                key,
                cancellation => ApplyAsync(fixAllContext.Solution, [.. found.OrderBy(static place => place.Span.Start)], key, cancellation),
                key
            );
    }

    private async Task<Solution> ApplyAsync(
        Solution solution,
        (DocumentId Document, TextSpan Span)[] places,
        string key,
        CancellationToken cancellation
    )
    {
        for (int i = 0; i < places.Length; i++)
        {
            if (
                await fix.ProposeAsync(solution.GetDocument(places[i].Document)!, places[i].Span, cancellation).ConfigureAwait(false)
                    is not { } proposal
                || proposal.Key != key
            )
            {
                continue;
            }

            foreach (var tree in proposal.Changed)
            {
                var document = solution.GetDocument(tree)!.Id;
                for (int j = i + 1; j < places.Length; j++)
                {
                    places[j] = places[j].Document == document ? (document, proposal.Map(tree, places[j].Span)) : places[j];
                }
            }

            solution = proposal.ApplyTo(solution);
        }

        return solution;
    }
}
