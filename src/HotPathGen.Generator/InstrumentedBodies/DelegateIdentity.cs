using HotPathGen.Generator.Library;
using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.InstrumentedBodies;

/// <summary>
/// Finds delegates that a program can know again: the compiler makes them once for each place in the source, or equal ones from call to call. Two
/// bodies are two places, and so such a body must be the only one that runs.
/// </summary>
internal static class DelegateIdentity
{
    public static bool Matters(IOperation body)
    {
        foreach (var operation in body.Descendants())
        {
            if (operation is IDelegateCreationOperation creation && IsSameInEveryCall(creation.Target) && IsKept(Outermost(creation), body))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One that captures a variable gets a new object with each variable, and equals none made before.</summary>
    private static bool IsSameInEveryCall(IOperation target) =>
        target switch
        {
            IAnonymousFunctionOperation function => !CapturesVariables(function, function.Symbol),
            IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } local } => !CapturesVariables(local, target),
            // A delegate of a static method is kept by the compiler from C# 11 on; others equal each other, whoever makes them.
            IMethodReferenceOperation { Method.IsStatic: true } => true,
            _ => false,
        };

    private static bool CapturesVariables(IMethodSymbol local, IOperation user)
    {
        var root = user;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        return root.Descendants()
                .OfType<ILocalFunctionOperation>()
                .FirstOrDefault(function => SymbolEqualityComparer.Default.Equals(function.Symbol, local.OriginalDefinition))
                is not { } found
            || CapturesVariables(found, found.Symbol);
    }

    private static bool CapturesVariables(IOperation function, IMethodSymbol symbol)
    {
        foreach (var operation in function.Descendants())
        {
            ISymbol? variable = operation switch
            {
                ILocalReferenceOperation { Local.IsConst: false } reference => reference.Local,
                IParameterReferenceOperation reference => reference.Parameter,
                // What it calls may capture: then so does it.
                IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction, IsStatic: false } called }
                    when !LocalFunctions.Declares(symbol, called) => called,
                _ => null,
            };
            if (variable is IMethodSymbol || (variable is not null && !LocalFunctions.Declares(symbol, variable)))
            {
                return true;
            }
        }

        return false;
    }

    private static IOperation Outermost(IOperation creation)
    {
        while (creation.Parent is IConversionOperation or IConditionalOperation or ICoalesceOperation or IParenthesizedOperation)
        {
            creation = creation.Parent;
        }

        return creation;
    }

    /// <summary>Whether anybody could compare it: not one that is only called, nor one that the base library is given to call.</summary>
    private static bool IsKept(IOperation value, IOperation body) =>
        value.Parent switch
        {
            IInvocationOperation call when call.Instance == value => false,
            IArgumentOperation { Parameter: { } parameter, Parent: IInvocationOperation or IObjectCreationOperation } => !IsGivenToCall(parameter),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => References(body, local)
                .Any(use => IsKept(Outermost(use), body)),
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } target } => target != value
                && References(body, local).Any(use => IsKept(Outermost(use), body)),
            IExpressionStatementOperation => false,
            _ => true,
        };

    private static IEnumerable<ILocalReferenceOperation> References(IOperation body, ILocalSymbol local) =>
        body.Descendants()
            .OfType<ILocalReferenceOperation>()
            .Where(reference =>
                SymbolEqualityComparer.Default.Equals(reference.Local, local)
                && !(reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference)
            );

    /// <summary>A parameter of the base library that is a delegate, and not whatever it is given, is there to be called.</summary>
    private static bool IsGivenToCall(IParameterSymbol parameter) =>
        parameter.OriginalDefinition.Type is INamedTypeSymbol { TypeKind: TypeKind.Delegate }
        && Namespaces.IsSystem(parameter.ContainingSymbol.ContainingNamespace);
}
