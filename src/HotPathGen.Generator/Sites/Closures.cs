using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Sites;

/// <summary>
/// Finds where the compiler makes objects that hold captured variables: at the start of each scope that declares such a variable. A local function
/// that is only called needs no such object. <c>this</c> is a variable of the outermost scope: if others of that scope are captured, their object
/// holds <c>this</c>, too.
/// </summary>
internal static class Closures
{
    /// <summary>The scopes, each with the names of the variables that are captured from it.</summary>
    public static IEnumerable<(SyntaxNode Scope, IReadOnlyList<string> Names)> Of(
        IOperation body,
        IMethodSymbol method,
        SyntaxNode bodySyntax,
        IReadOnlyList<IOperation> functions
    )
    {
        if (functions.Count == 0)
        {
            return [];
        }

        var named = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var operation in body.Descendants())
        {
            if (operation is IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } local })
            {
                named.Add(local.OriginalDefinition);
            }
        }

        IOperation[] nested =
        [
            .. functions
                .SelectMany(function => function.DescendantsAndSelf())
                .Where(function => function is IAnonymousFunctionOperation or ILocalFunctionOperation),
        ];
        var pending = new Queue<IOperation>(
            nested.Where(function =>
                function is IAnonymousFunctionOperation
                || (function is ILocalFunctionOperation local && (local.Symbol.IsAsync || local.Symbol.IsIterator || named.Contains(local.Symbol)))
            )
        );
        var seen = new HashSet<IOperation>(pending);
        var captured = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        bool capturesThis = false;
        while (pending.Count > 0)
        {
            foreach (var operation in pending.Dequeue().Descendants())
            {
                capturesThis |= operation is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance };
                if (VariableOf(operation, method) is { } symbol)
                {
                    captured.Add(symbol);
                }
                else if (
                    operation is IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } called }
                    && nested.FirstOrDefault(function =>
                        function is ILocalFunctionOperation local && SymbolEqualityComparer.Default.Equals(local.Symbol, called.OriginalDefinition)
                    )
                        is { } callee
                    && seen.Add(callee)
                )
                {
                    pending.Enqueue(callee);
                }
            }
        }

        // The object of a scope holds the variables that any function captures from it.
        return functions
            .SelectMany(function => function.Descendants())
            .Select(operation => VariableOf(operation, method))
            .OfType<ISymbol>()
            .Distinct<ISymbol>(SymbolEqualityComparer.Default)
            .GroupBy(symbol => ScopeOf(symbol, bodySyntax))
            .Where(scope => scope.Any(captured.Contains) || (capturesThis && scope.Key == bodySyntax))
            .Select(scope =>
                (scope.Key, (IReadOnlyList<string>)[.. scope.Select(symbol => symbol.Name).OrderBy(name => name, StringComparer.Ordinal)])
            );
    }

    /// <summary>The method's own variable that an operation reads or writes.</summary>
    private static ISymbol? VariableOf(IOperation operation, IMethodSymbol method)
    {
        ISymbol? symbol = operation switch
        {
            ILocalReferenceOperation reference => reference.Local.IsConst ? null : reference.Local,
            IParameterReferenceOperation reference => reference.Parameter,
            _ => null,
        };
        return symbol is not null && SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, method) ? symbol : null;
    }

    private static SyntaxNode ScopeOf(ISymbol symbol, SyntaxNode body)
    {
        if (symbol is IParameterSymbol || symbol.DeclaringSyntaxReferences is not [var reference, ..])
        {
            return body;
        }

        var declaration = reference.GetSyntax();
        for (var node = declaration; node != body; node = node.Parent!)
        {
            switch (node)
            {
                case BlockSyntax:
                    return node;
                case SwitchSectionSyntax section:
                    // A variable that a section declares belongs to all sections. A variable that its pattern declares belongs to that section alone.
                    return section.Labels.Any(label => label.Span.Contains(declaration.Span)) ? section : section.Parent!;
                case CommonForEachStatementSyntax loop when !loop.Expression.Span.Contains(declaration.Span):
                    return loop.Statement;
                case ForStatementSyntax loop:
                    return loop.Statement;
                case UsingStatementSyntax statement:
                    return statement.Statement;
                case FixedStatementSyntax statement:
                    return statement.Statement;
                case CatchClauseSyntax clause:
                    return clause.Block;
                case WhileStatementSyntax loop:
                    return loop;
            }
        }

        return body;
    }
}
