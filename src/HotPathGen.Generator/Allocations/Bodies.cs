using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Allocations;

/// <summary>Finds the bodies of called methods, and remembers the files in which it looked.</summary>
internal sealed class Bodies(MethodAllocations methods, CancellationToken cancellation)
{
    private readonly HashSet<SyntaxTree> _files = [];

    /// <summary>The files of the methods that were asked for.</summary>
    public IReadOnlyCollection<SyntaxTree> Files => _files;

    /// <summary>
    /// Remembers the files of a called symbol. A call may be no site because of what the source of its method shows, so the result depends on them.
    /// </summary>
    public void Remember(ISymbol? called)
    {
        foreach (var reference in called?.DeclaringSyntaxReferences ?? [])
        {
            _files.Add(reference.SyntaxTree);
        }
    }

    /// <summary>The method that runs when a method is called, and its body; null if the body is not in this compilation.</summary>
    public (IMethodSymbol Method, IOperation Body)? Of(IMethodSymbol called)
    {
        var method = MethodAllocations.Implementation(called);
        Remember(method);
        return methods.Body(method, cancellation) is { } body ? (method, body) : null;
    }
}
