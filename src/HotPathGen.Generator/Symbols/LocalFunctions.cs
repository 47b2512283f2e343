using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Symbols;

/// <summary>Decides what is inside lambdas and local functions.</summary>
internal static class LocalFunctions
{
    /// <summary>Whether an operation is in a lambda or a local function.</summary>
    public static bool Hold(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a variable or a local function is declared in a function, or in one within that function.</summary>
    public static bool Declares(IMethodSymbol function, ISymbol declared)
    {
        for (var holder = declared.ContainingSymbol; holder is IMethodSymbol; holder = holder.ContainingSymbol)
        {
            if (SymbolEqualityComparer.Default.Equals(holder, function))
            {
                return true;
            }
        }

        return false;
    }
}
