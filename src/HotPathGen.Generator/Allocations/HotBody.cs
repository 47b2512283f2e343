using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Allocations;

/// <summary>The body of a hot method, and the way to report what it does.</summary>
/// <param name="Hot">The hot method.</param>
/// <param name="Method">The method that has the body.</param>
/// <param name="Summary">What that method allocates.</param>
/// <param name="Methods">What other methods allocate.</param>
/// <param name="Report">Reports a diagnostic.</param>
/// <param name="Cancellation">Ends it early.</param>
internal readonly record struct HotBody(
    IMethodSymbol Hot,
    IMethodSymbol Method,
    MethodSummary Summary,
    MethodAllocations Methods,
    Action<Diagnostic> Report,
    CancellationToken Cancellation
)
{
    public SyntaxNode Declaration => Method.DeclaringSyntaxReferences[0].GetSyntax(Cancellation);

    public SemanticModel Model => Methods.Model(Declaration.SyntaxTree);
}
