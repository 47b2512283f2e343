using System.Reflection;
using HotPathGen.Generator.Library;
using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Allocations;

/// <summary>
/// Finds what .NET 10's JIT keeps off the heap in optimized code: an object, a small array of constant length, a box or a delegate. It must be made
/// outside loops, and all its uses must end in the method; uses in inlined methods are followed. What is made is of one known type, so that calls by
/// its interfaces and bases are calls of its own methods. Where this class is not sure, it says that the object is on the heap. A method with a loop
/// is inlined where the JIT has seen that it pays; <paramref name="mayInlineLoops"/> says whether to assume that.
/// </summary>
internal sealed class OffHeap(Bodies bodies, bool mayInlineLoops = false)
{
    // LargestObject is the JIT's limit, JitObjectStackAllocationSize. ArrayHead is the size of what an array holds before its elements.
    private const int LargestObject = 528;
    private const int ArrayHead = 16;

    // A body with at most this many operations is inlined with enough certainty. For longer bodies it depends on what the JIT expects to gain.
    private const int LargestInlinee = 40;

    private const int Deepest = 4;

    /// <summary>Whether the object that an operation makes stays off the heap.</summary>
    public bool Keeps(IOperation creation) => CanStay(creation) && !IsInLoop(creation) && Stays(creation, TypeOf(creation), 0);

    /// <summary>Whether an object that the method makes and returns stays off the heap in a caller that inlines the method and keeps it.</summary>
    public bool KeepsReturned(IOperation creation) => IsReturned(creation) && !IsInLoop(creation) && CanStay(creation);

    /// <summary>Whether the object that an inlined callee returns stays off the heap, if the callee keeps it.</summary>
    public bool StaysInMethod(IOperation call) => !IsInLoop(call) && Stays(call, null, 0);

    /// <summary>Whether an object is the result of its method.</summary>
    public static bool IsReturned(IOperation creation) => creation.Parent is IReturnOperation or IConversionOperation { Parent: IReturnOperation };

    private bool CanStay(IOperation creation) =>
        creation switch
        {
            IObjectCreationOperation { Type: INamedTypeSymbol type, Constructor: { } constructor } object_ => object_.Initializer is null
                && HasNoFinalizer(type)
                && LeavesItself(constructor),
            IAnonymousObjectCreationOperation => true,
            IArrayCreationOperation
            {
                Type: IArrayTypeSymbol { Rank: 1 } type,
                DimensionSizes: [{ ConstantValue: { HasValue: true, Value: int length } }]
            } => ArrayHead + (length * SizeOf(type.ElementType)) <= LargestObject,
            ICollectionExpressionOperation { Type: IArrayTypeSymbol { Rank: 1 } type } list => !list.Elements.Any(static element =>
                element is ISpreadOperation
            )
                && ArrayHead + (list.Elements.Length * SizeOf(type.ElementType)) <= LargestObject,
            IConversionOperation conversion => conversion.Operand.Type?.IsValueType == true
                || (conversion.Operand is IAnonymousFunctionOperation && !IsShared(conversion.Type)),
            IDelegateCreationOperation delegate_ => !IsShared(delegate_.Type),
            _ => false,
        };

    /// <summary>
    /// Whether code for a type is shared by all classes that may stand for a type parameter. Such code looks its types up at run time, and the JIT
    /// does not see through that.
    /// </summary>
    private static bool IsShared(ITypeSymbol? type) =>
        type is ITypeParameterSymbol { IsValueType: false } || (type is INamedTypeSymbol named && named.TypeArguments.Any(IsShared));

    /// <summary>The exact type of the object that is made, not a type that derives from it.</summary>
    private static ITypeSymbol? TypeOf(IOperation creation) =>
        creation is IConversionOperation { Operand: { Type: { IsValueType: true, TypeKind: not TypeKind.TypeParameter } type } } ? type
        : creation is IObjectCreationOperation ? creation.Type
        : null;

    private static bool HasNoFinalizer(INamedTypeSymbol type)
    {
        for (var t = type; t is { SpecialType: not SpecialType.System_Object }; t = t.BaseType)
        {
            if (
                t.DeclaringSyntaxReferences.Length == 0
                || t.GetMembers().Any(static member => member is IMethodSymbol { MethodKind: MethodKind.Destructor })
            )
            {
                return false;
            }
        }

        return true;
    }

    private bool LeavesItself(IMethodSymbol constructor) =>
        constructor.IsImplicitlyDeclared
        || constructor.ContainingType.SpecialType == SpecialType.System_Object
        // A primary constructor moves its parameters into fields.
        || constructor.DeclaringSyntaxReferences is [var reference]
            && reference.GetSyntax() is Microsoft.CodeAnalysis.CSharp.Syntax.TypeDeclarationSyntax
        || LeavesItself(constructor, 0);

    private bool LeavesItself(IMethodSymbol method, int depth, bool isExact = false)
    {
        if (method.ContainingType.IsAnonymousType || AutoProperties.IsAccessor(method))
        {
            return true;
        }

        return depth < Deepest
            && (isExact || !Dispatch.MayBeReplaced(method))
            && bodies.Of(method) is var (implementation, body)
            && IsInlined(implementation, body)
            && body.Descendants().All(operation => operation is not IInstanceReferenceOperation || Stays(operation, null, depth + 1));
    }

    /// <summary>
    /// Whether a call does not let the object that it is called on escape. For a value in a box, the JIT calls the method with the value's address,
    /// and the use of the box ends there.
    /// </summary>
    private bool LeavesReceiver(IMethodSymbol called, IOperation receiver, ITypeSymbol? exact, int depth)
    {
        if (exact is null)
        {
            return LeavesItself(Dispatch.Resolve(called, receiver.Type).OriginalDefinition, depth);
        }

        var method = (
            called.ContainingType.TypeKind == TypeKind.Interface
                ? exact.FindImplementationForInterfaceMember(called) as IMethodSymbol ?? called
                : Dispatch.Override(called, exact)
        ).OriginalDefinition;
        return exact.IsValueType
            ? SymbolEqualityComparer.Default.Equals(method.ContainingType, exact.OriginalDefinition)
                && (method.DeclaringSyntaxReferences.Length > 0 || CallTable.Verdict(method) == 'n')
            : method.ContainingType.TypeKind == TypeKind.Class && LeavesItself(method, depth, isExact: true);
    }

    /// <summary>Whether callers inline a method.</summary>
    public bool IsInlined(IMethodSymbol method, IOperation body)
    {
        var flags = (MethodImplAttributes)method.MethodImplementationFlags;
        if ((flags & (MethodImplAttributes.NoInlining | MethodImplAttributes.NoOptimization)) != 0 || method.IsAsync || method.IsIterator)
        {
            return false;
        }

        if ((flags & MethodImplAttributes.AggressiveInlining) != 0)
        {
            return true;
        }

        int count = 0;
        foreach (var operation in body.Descendants())
        {
            if (
                ++count > LargestInlinee
                || (operation is ILoopOperation && !mayInlineLoops)
                || operation is ITryOperation or IThrowOperation or IAnonymousFunctionOperation or ILocalFunctionOperation
                || (
                    operation is IInvocationOperation { TargetMethod: var called }
                    && SymbolEqualityComparer.Default.Equals(called.OriginalDefinition, method.OriginalDefinition)
                )
            )
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether all uses of a value end in this method.</summary>
    private bool Stays(IOperation value, ITypeSymbol? exact, int depth)
    {
        switch (value.Parent)
        {
            case IConversionOperation conversion:
                // After unboxing, only the value is used further. A span still refers to the object that it was made from.
                return IsSpan(conversion.Type) || conversion.OperatorMethod is null && conversion.Type?.IsValueType != true
                    ? Stays(conversion, exact, depth)
                    : conversion.OperatorMethod is null;
            case IFieldReferenceOperation
            or IArrayElementReferenceOperation
            or IIsTypeOperation
            or IExpressionStatementOperation
            or ISwitchExpressionOperation
            or ISwitchOperation:
                return true;
            case IIsPatternOperation pattern:
                return pattern.Pattern is not IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol { Type.IsReferenceType: true } };
            case IBinaryOperation { OperatorMethod: null, OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals }:
                return true;
            case IPropertyReferenceOperation { Property: { Name: "Length", ContainingType.SpecialType: SpecialType.System_Array } }:
                return true;
            case IPropertyReferenceOperation { Property.ContainingType: var type } when IsSpan(type):
                return true;
            case IPropertyReferenceOperation reference when reference.Instance == value:
                return (reference.Property.GetMethod is not { } getter || LeavesReceiver(getter, value, exact, depth))
                    && (reference.Property.SetMethod is not { } setter || LeavesReceiver(setter, value, exact, depth));
            case IInvocationOperation invocation when invocation.Instance == value:
                return invocation.TargetMethod.MethodKind == MethodKind.DelegateInvoke
                    || LeavesReceiver(invocation.TargetMethod, value, exact, depth);
            case IArgumentOperation
            {
                Parent: IInvocationOperation
                {
                    TargetMethod: { ContainingType.SpecialType: SpecialType.System_Object, Name: "Equals" or "ReferenceEquals", IsStatic: true }
                }
            }:
                return true;
            // The Equals method of a number only reads the value in the box.
            case IArgumentOperation
            {
                Parent: IInvocationOperation { TargetMethod: { ContainingType.SpecialType: SpecialType.System_Object, Name: "Equals" } } call
            } when Operations.Receiver(call)?.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_Double:
                return true;
            case IArgumentOperation
            {
                Parameter: { RefKind: RefKind.None } parameter,
                Parent: IInvocationOperation { TargetMethod: var method } call
            }:
                return depth < Deepest
                    && !Dispatch.MayBeReplaced(method)
                    && KeepsArgument(method.OriginalDefinition, parameter.Ordinal, exact, depth);
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { IsRef: false } local } }:
                return LocalStays(local, value, exact, depth);
            case IForEachLoopOperation { Collection: var collection }:
                // The loop goes through an array by index, whatever type the array is converted to in the source.
                return collection == value
                    && (value is IConversionOperation { IsImplicit: true, Operand.Type: var given } ? given : value.Type) is var known
                    && (known is IArrayTypeSymbol || IsSpan(known));
            case ISimpleAssignmentOperation { Target: IDiscardOperation }:
                return true;
            default:
                return false;
        }
    }

    private static bool IsSpan(ITypeSymbol? type) => type is { Name: "Span" or "ReadOnlySpan", IsRefLikeType: true };

    private bool KeepsArgument(IMethodSymbol method, int ordinal, ITypeSymbol? exact, int depth) =>
        bodies.Of(method) is var (implementation, body)
        && IsInlined(implementation, body)
        && ordinal < implementation.Parameters.Length
        && body.Descendants()
            .All(operation =>
                operation is not IParameterReferenceOperation reference
                || !SymbolEqualityComparer.Default.Equals(reference.Parameter, implementation.Parameters[ordinal])
                || (reference.Parent is not ISimpleAssignmentOperation && Stays(reference, exact, depth + 1))
            );

    private bool LocalStays(ILocalSymbol local, IOperation from, ITypeSymbol? exact, int depth)
    {
        if (depth >= Deepest)
        {
            return false;
        }

        ILocalReferenceOperation[] uses =
        [
            .. from.Whole()
                .Descendants()
                .OfType<ILocalReferenceOperation>()
                .Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, local)),
        ];
        // The assigned value may be of another type.
        var type = uses.Any(IsTarget) ? null : exact;
        return uses.All(reference => !LocalFunctions.Hold(reference) && (IsTarget(reference) || Stays(reference, type, depth + 1)));

        static bool IsTarget(ILocalReferenceOperation reference) =>
            reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference;
    }

    /// <summary>
    /// Whether an operation is in a loop. An object that is made in a loop is made many times, but the stack has only one place for it.
    /// </summary>
    public static bool IsInLoop(IOperation operation)
    {
        var child = operation;
        for (
            var parent = operation.Parent;
            parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent
        )
        {
            bool isBefore = parent switch
            {
                IForEachLoopOperation loop => loop.Collection == child,
                IForLoopOperation loop => loop.Before.Contains(child),
                _ => false,
            };
            if (parent is ILoopOperation && !isBefore)
            {
                return true;
            }
        }

        return false;
    }

    private static int SizeOf(ITypeSymbol type) =>
        type.SpecialType switch
        {
            SpecialType.System_Boolean or SpecialType.System_Byte or SpecialType.System_SByte => 1,
            SpecialType.System_Char or SpecialType.System_Int16 or SpecialType.System_UInt16 => 2,
            SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single => 4,
            SpecialType.System_Decimal => 16,
            _ when type.IsReferenceType || type.SpecialType != SpecialType.None => 8,
            // A struct with more than this is too large for a guess.
            _ => 64,
        };
}
