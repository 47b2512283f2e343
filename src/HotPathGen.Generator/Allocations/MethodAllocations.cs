using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using HotPathGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Allocations;

/// <summary>
/// What the methods of one compilation allocate, each looked into once and only when somebody asks. Any thread may ask; two that ask for the
/// same at once may both look.
/// </summary>
internal sealed class MethodAllocations
{
    private static readonly ConditionalWeakTable<Compilation, MethodAllocations> s_known = new();

    private readonly ConcurrentDictionary<IMethodSymbol, MethodSummary> _summaries = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();
    private readonly Compilation _compilation;
    private readonly Vouched _vouched;

    private MethodAllocations(Compilation compilation, Vouched vouched)
    {
        _compilation = compilation;
        _vouched = vouched;
    }

    public static MethodAllocations Of(Compilation compilation, Vouched vouched) => s_known.GetValue(compilation, compilation => new(compilation, vouched));

    /// <summary>What a method with a body in this compilation allocates; null for one without.</summary>
    public MethodSummary? Of(IMethodSymbol method, CancellationToken cancellation) => new Inquiry(this, cancellation).Of(method);

    /// <summary>The method whose body runs when another is called: its core, or the half that has the body.</summary>
    public static IMethodSymbol Implementation(IMethodSymbol method)
    {
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return definition.IsPartialDefinition && WrittenPairs.Core(definition) is { } core ? core : definition.PartialImplementationPart ?? definition;
    }

    /// <summary>The operations of a method's body; null where it has none here.</summary>
    public IOperation? Body(IMethodSymbol method, CancellationToken cancellation)
    {
        if (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not { } declaration || declaration is TypeDeclarationSyntax or ParameterSyntax
            || !_compilation.ContainsSyntaxTree(declaration.SyntaxTree))
        {
            return null;
        }

        return _models.GetOrAdd(declaration.SyntaxTree, tree => _compilation.GetSemanticModel(tree)).GetOperation(declaration, cancellation);
    }

    /// <summary>One question with those that it leads to: a method that is asked for while it is being looked into adds nothing of its own.</summary>
    internal sealed class Inquiry(MethodAllocations all, CancellationToken cancellation)
    {
        private readonly Dictionary<IMethodSymbol, int> _open = new(SymbolEqualityComparer.Default);

        // The outermost open method that an answer has left out.
        private int _leftOut = int.MaxValue;

        public CancellationToken Cancellation => cancellation;

        public IOperation? Body(IMethodSymbol method) => all.Body(method, cancellation);

        public bool IsVouchedFor(IMethodSymbol definition) => all._vouched.Includes(definition);

        public MethodSummary? Of(IMethodSymbol method)
        {
            IMethodSymbol implementation = Implementation(method);
            if (all._summaries.TryGetValue(implementation, out MethodSummary? known))
            {
                return known;
            }

            if (_open.TryGetValue(implementation, out int depth))
            {
                _leftOut = Math.Min(_leftOut, depth);
                return MethodSummary.Clean;
            }

            if (all.Body(implementation, cancellation) is not { } body)
            {
                return null;
            }

            int own = _open.Count;
            int outer = _leftOut;
            _leftOut = int.MaxValue;
            _open.Add(implementation, own);
            MethodSummary summary = BodyAllocations.Of(body, implementation, this);
            _open.Remove(implementation);
            if (_leftOut >= own)
            {
                all._summaries[implementation] = summary;
                _leftOut = outer;
            }
            else
            {
                // It is part of a circle that is not closed yet: what it calls is not all known.
                _leftOut = Math.Min(_leftOut, outer);
            }

            return summary;
        }
    }
}
