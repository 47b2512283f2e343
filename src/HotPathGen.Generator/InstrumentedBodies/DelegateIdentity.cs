using HotPathGen.Generator.Library;
using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.InstrumentedBodies;

/// <summary>
/// Finds delegates that a program can recognize: the compiler makes them once for each place in the source, or makes equal ones in every call. Two
/// bodies have two such places. Therefore only one of the two bodies may run if a body has such a delegate.
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

    /// <summary>
    /// Whether a delegate is the same, or an equal one, in every call. A delegate that captures a variable gets a new object with each variable, and
    /// equals no delegate made before.
    /// </summary>
    private static bool IsSameInEveryCall(IOperation target) =>
        target switch
        {
            IAnonymousFunctionOperation function => !CapturesVariables(function, function.Symbol),
            IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } local } => !CapturesVariables(local, target),
            // From C# 11 on, the compiler keeps a delegate of a static method. Other delegates of such a method are equal, whoever makes them.
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
                // The called function may capture a variable. Then this function captures it, too.
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

    /// <summary>
    /// Whether some code could compare the delegate. Nobody compares a delegate that is only called, or that the base library is given to call.
    /// </summary>
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

    /// <summary>
    /// Whether a parameter of the base library exists to be called: its own type is a delegate, and not a type that takes anything.
    /// </summary>
    private static bool IsGivenToCall(IParameterSymbol parameter) =>
        parameter.OriginalDefinition.Type is INamedTypeSymbol { TypeKind: TypeKind.Delegate }
        && Namespaces.IsSystem(parameter.ContainingSymbol.ContainingNamespace);
}
