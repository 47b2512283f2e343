using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Allocations;

/// <summary>Decides whether the compiler makes a delegate once and keeps it.</summary>
internal static class Functions
{
    /// <summary>
    /// Whether the compiler keeps a delegate. It makes the delegate of a lambda without captures once, and keeps it in a static field. From C# 11 on,
    /// it does the same for a static method.
    /// </summary>
    public static bool IsKept(IOperation operation)
    {
        var target = operation switch
        {
            IDelegateCreationOperation creation => creation.Target,
            IConversionOperation conversion => conversion.Operand,
            _ => operation,
        };
        while (target is IConversionOperation inner)
        {
            target = inner.Operand;
        }

        return target switch
        {
            IDelegateCreationOperation creation => IsKept(creation),
            IAnonymousFunctionOperation function => !Captures(function, function.Symbol, new(SymbolEqualityComparer.Default)),
            // For a method that is named in "new D(M)", the compiler makes a new delegate each time, as it is told.
            IMethodReferenceOperation reference => KeepsMethods(operation) && IsStatic(reference),
            _ => false,
        };
    }

    /// <summary>Whether a local function or lambda uses anything of the code that surrounds it.</summary>
    public static bool Captures(IOperation function, IMethodSymbol symbol, HashSet<ISymbol> seen)
    {
        if (!seen.Add(symbol))
        {
            return false;
        }

        foreach (var operation in function.Descendants())
        {
            switch (operation)
            {
                case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }:
                case ILocalReferenceOperation { Local: { IsConst: false, IsStatic: false } local } when !LocalFunctions.Declares(symbol, local):
                case IParameterReferenceOperation reference when !LocalFunctions.Declares(symbol, reference.Parameter):
                    return true;
                case IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } called }
                    when CapturesLocal(operation, called, seen):
                case IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } named } when CapturesLocal(operation, named, seen):
                    return true;
            }
        }

        return false;
    }

    private static bool IsStatic(IMethodReferenceOperation reference) =>
        reference.Method switch
        {
            // The delegate of an extension method contains its receiver.
            { IsStatic: true } => reference.Instance is null,
            _ => false,
        };

    private static bool KeepsMethods(IOperation operation) =>
        operation.Syntax.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp11 }
        && operation.Syntax is not Microsoft.CodeAnalysis.CSharp.Syntax.BaseObjectCreationExpressionSyntax;

    private static bool CapturesLocal(IOperation from, IMethodSymbol local, HashSet<ISymbol> seen)
    {
        if (local.IsStatic)
        {
            return false;
        }

        return from.Whole()
                .Descendants()
                .FirstOrDefault(operation =>
                    operation is ILocalFunctionOperation declared && SymbolEqualityComparer.Default.Equals(declared.Symbol, local.OriginalDefinition)
                )
                is not { } function
            || Captures(function, local.OriginalDefinition, seen);
    }
}
