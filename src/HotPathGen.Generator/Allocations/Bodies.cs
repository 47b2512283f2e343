using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Allocations;

/// <summary>Finds the bodies of called methods, and remembers in which files it looked.</summary>
internal sealed class Bodies(MethodAllocations methods, CancellationToken cancellation)
{
    private readonly HashSet<SyntaxTree> _files = [];

    /// <summary>The files of the methods that were asked for.</summary>
    public IReadOnlyCollection<SyntaxTree> Files => _files;

    /// <summary>Where a call is no site, that may be because of what its method's source shows.</summary>
    public void Remember(ISymbol? called)
    {
        foreach (var reference in called?.DeclaringSyntaxReferences ?? [])
        {
            _files.Add(reference.SyntaxTree);
        }
    }

    /// <summary>What runs when a method is called, and its body; null where that is not here.</summary>
    public (IMethodSymbol Method, IOperation Body)? Of(IMethodSymbol called)
    {
        var method = methods.Implementation(called);
        Remember(method);
        return methods.Body(method, cancellation) is { } body ? (method, body) : null;
    }
}
