using HotPathGen.Generator.Library;
using HotPathGen.Generator.Symbols;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Sites;

/// <summary>Decides for each operation what it can allocate. Probes and rules both use this one classification.</summary>
internal static class SiteClassifier
{
    /// <summary>The site that an operation is, apart from its operands; null if it is none.</summary>
    public static Site? Of(IOperation operation) =>
        operation switch
        {
            { ConstantValue.HasValue: true } => null,
            IObjectCreationOperation creation => Creation(creation),
            ITypeParameterObjectCreationOperation { Type: { IsValueType: false } type } => new(SiteKind.Object, type),
            IAnonymousObjectCreationOperation creation => new(SiteKind.AnonymousObject, creation.Type),
            IArrayCreationOperation creation => OfArray(creation),
            ICollectionExpressionOperation { Syntax: not CollectionExpressionSyntax, Type: { IsRefLikeType: false } type } => new(
                SiteKind.ParamsArray,
                type
            ),
            ICollectionExpressionOperation { Type: { IsRefLikeType: false } type } expression
                when expression.Elements.Length > 0 || type.TypeKind is TypeKind.Class or TypeKind.Struct => new(SiteKind.CollectionExpression, type),
            IConversionOperation conversion => OfConversion(conversion),
            IDelegateCreationOperation creation => new(SiteKind.Delegate, creation.Type),
            IBinaryOperation binary => OfBinary(binary),
            ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } assignment => new(
                SiteKind.Concatenation,
                assignment.Type
            ),
            ICompoundAssignmentOperation
            {
                OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract,
                Type: { TypeKind: TypeKind.Delegate } type
            } => new(SiteKind.Delegate, type),
            ICompoundAssignmentOperation
            {
                Type.TypeKind: TypeKind.Dynamic,
                Target: not (IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation)
            } => new(SiteKind.Call),
            ICompoundAssignmentOperation assignment => Operator(assignment.OperatorMethod) ?? Accessors(assignment.Target),
            IIncrementOrDecrementOperation
            {
                Type.TypeKind: TypeKind.Dynamic,
                Target: not (IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation)
            } => new(SiteKind.Call),
            IIncrementOrDecrementOperation increment => Operator(increment.OperatorMethod) ?? Accessors(increment.Target),
            ICoalesceAssignmentOperation assignment => Accessors(assignment.Target),
            ISimpleAssignmentOperation
            {
                Target: IPropertyReferenceOperation { Property: { RefKind: RefKind.None, SetMethod: { } setter } }
            } assignment when !IsInInitializer(assignment) => OfCall(setter),
            IUnaryOperation { Operand.Type.TypeKind: TypeKind.Dynamic } => new(SiteKind.Call),
            IUnaryOperation unary => Operator(unary.OperatorMethod),
            IInterpolatedStringOperation { Type.SpecialType: SpecialType.System_String } text => IsFormattable(text)
                ? null
                : new(SiteKind.Interpolation, text.Type),
            IInvocationOperation invocation => OfInvocation(invocation),
            IPropertyReferenceOperation property => IsRead(property) && property.Property.GetMethod is { } getter ? OfCall(getter) : null,
            IImplicitIndexerReferenceOperation { Instance.Type: { IsRefLikeType: false }, IndexerSymbol: IMethodSymbol slice } => OfCall(slice),
            IArrayElementReferenceOperation { Type.TypeKind: TypeKind.Array, Indices: [{ Type.Name: "Range" }] } => new(
                SiteKind.Array,
                operation.Type
            ),
            IEventAssignmentOperation { EventReference: IEventReferenceOperation reference } assignment => (
                assignment.Adds ? reference.Event.AddMethod : reference.Event.RemoveMethod
            )
                is { } accessor
                ? OfCall(accessor)
                : null,
            IWithOperation { Type: { IsValueType: false } type } => new(SiteKind.With, type),
            IForEachLoopOperation loop => OfLoop(loop),
            IUsingOperation { Resources: not null } => new(SiteKind.Call),
            IUsingDeclarationOperation => new(SiteKind.Call),
            IDeconstructionAssignmentOperation { Syntax: AssignmentExpressionSyntax syntax } assignment => assignment.SemanticModel is { } model
                ? OfDeconstruction(model.GetDeconstructionInfo(syntax))
                : null,
            IDynamicMemberReferenceOperation { Parent: IDynamicInvocationOperation invocation } callee when invocation.Operation == callee => null,
            IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation or IDynamicObjectCreationOperation =>
                new(SiteKind.Call),
            IFunctionPointerInvocationOperation => new(SiteKind.Call),
            ITranslatedQueryOperation query => new(SiteKind.Linq, query.Type),
            // A list pattern copies a part of an array or list to look at it. A probe has no place there.
            ISlicePatternOperation { Pattern: not (null or IDiscardPatternOperation), SliceSymbol: IMethodSymbol slice } => new(
                SiteKind.Call,
                slice.ReturnType,
                slice
            ),
            ISlicePatternOperation { Pattern: not (null or IDiscardPatternOperation), InputType: IArrayTypeSymbol copied } => new(
                SiteKind.Array,
                copied
            ),
            _ => null,
        };

    /// <summary>Whether an operation is a call that compiles to nothing here.</summary>
    public static bool IsOmitted(IOperation operation)
    {
        if (
            operation is not IInvocationOperation { TargetMethod: { ReturnsVoid: true } method, Syntax.SyntaxTree: var tree }
            || PreparedMark.IsAlone(method)
        )
        {
            return false;
        }

        bool isConditional = false;
        foreach (var attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "ConditionalAttribute" })
            {
                if (attribute.ConstructorArguments is [{ Value: string symbol }] && FileSymbols.IsDefined(tree, symbol))
                {
                    return false;
                }

                isConditional = true;
            }
        }

        return isConditional;
    }

    private static Site? Creation(IObjectCreationOperation creation)
    {
        if (creation.Type is { IsValueType: false } type)
        {
            return new(SiteKind.Object, type);
        }

        return creation.Constructor is { IsImplicitlyDeclared: false } constructor ? OfCall(constructor) : null;
    }

    private static Site? OfArray(IArrayCreationOperation creation)
    {
        if (creation.Parent is IArgumentOperation { ArgumentKind: ArgumentKind.ParamArray })
        {
            return creation.DimensionSizes is [{ ConstantValue: { HasValue: true, Value: 0 } }] ? null : new(SiteKind.ParamsArray, creation.Type);
        }

        return new(SiteKind.Array, creation.Type);
    }

    private static Site? OfConversion(IConversionOperation conversion)
    {
        if (conversion.OperatorMethod is { } method)
        {
            return OfCall(method);
        }

        if (conversion.GetConversion().IsInterpolatedString)
        {
            return new(SiteKind.Interpolation, conversion.Type);
        }

        if (conversion.Operand.Type?.TypeKind == TypeKind.Dynamic && conversion.Type?.SpecialType != SpecialType.System_Object)
        {
            return new(SiteKind.Call);
        }

        if (conversion.Operand is IAnonymousFunctionOperation)
        {
            return new(SiteKind.Delegate, conversion.Type);
        }

        if (
            conversion.GetConversion().IsTupleLiteralConversion is false
            && conversion
                is {
                    Operand: { Type: INamedTypeSymbol { IsTupleType: true } from } and not ITupleOperation,
                    Type: INamedTypeSymbol { IsTupleType: true } to
                }
            && from.TupleElements.Zip(to.TupleElements, static (a, b) => a.Type.IsValueType && b.Type.IsReferenceType).Any(static boxes => boxes)
        )
        {
            return new(SiteKind.Boxing, from);
        }

        return IsBoxing(conversion) && !IsElided(conversion) ? new(SiteKind.Boxing, conversion.Operand.Type) : null;
    }

    /// <summary>
    /// Whether a text becomes a FormattableString or a handler instead of a string. Then the conversion, or the call that takes the text, is the
    /// site.
    /// </summary>
    private static bool IsFormattable(IInterpolatedStringOperation text) =>
        text.Parent is IInterpolatedStringHandlerCreationOperation or IInterpolatedStringAdditionOperation
        || IsPartOfInterpolation(text)
        || (
            text.Parent is IConversionOperation conversion
            && conversion.GetConversion() is { IsInterpolatedString: true } or { IsInterpolatedStringHandler: true }
        );

    /// <summary>
    /// Whether a text is part of a chain of additions that has nothing but interpolated texts. The compiler fills one handler for the whole chain.
    /// </summary>
    private static bool IsPartOfInterpolation(IOperation text)
    {
        var whole = text;
        while (whole.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum)
        {
            whole = sum;
        }

        return whole != text && IsAll(whole);

        static bool IsAll(IOperation part) =>
            part is IInterpolatedStringOperation || (part is IBinaryOperation sum && IsAll(sum.LeftOperand) && IsAll(sum.RightOperand));
    }

    private static bool IsBoxing(IConversionOperation conversion) =>
        conversion.GetConversion().IsBoxing
        // A type parameter may be a class. If it must be one, there is no box.
        && conversion.Operand.Type is { IsReferenceType: false };

    /// <summary>Whether the compiler does not make a box, or the JIT removes it because nothing comes between the box and its use.</summary>
    private static bool IsElided(IConversionOperation conversion) =>
        conversion.Parent switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } => true,
            ICompoundAssignmentOperation { Type.SpecialType: SpecialType.System_String } => true,
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } => true,
            IConversionOperation => true,
            IInvocationOperation invocation => invocation.Instance == conversion,
            IPropertyReferenceOperation reference => reference.Instance == conversion,
            IIsTypeOperation or IIsPatternOperation or ISwitchExpressionOperation or ISwitchOperation => true,
            IInterpolationOperation => true,
            IArgumentOperation
            {
                Parent: IInvocationOperation
                {
                    TargetMethod: { Name: "HasFlag", ContainingType.SpecialType: SpecialType.System_Enum }
                        or { Name: "ReferenceEquals", ContainingType.SpecialType: SpecialType.System_Object }
                }
            } => true,
            _ => false,
        };

    private static Site? OfDeconstruction(DeconstructionInfo deconstruction) =>
        (deconstruction.Method is { } method ? OfCall(method) : null)
        ?? deconstruction.Nested.Select(OfDeconstruction).FirstOrDefault(site => site is not null);

    private static Site? OfBinary(IBinaryOperation binary)
    {
        if (binary.LeftOperand.Type?.TypeKind == TypeKind.Dynamic || binary.RightOperand.Type?.TypeKind == TypeKind.Dynamic)
        {
            return new(SiteKind.Call);
        }

        if (binary.OperatorMethod is { } method && method.ContainingType.SpecialType != SpecialType.System_String)
        {
            return method.ContainingType.TypeKind == TypeKind.Delegate || method.MethodKind == MethodKind.BuiltinOperator ? null : OfCall(method);
        }

        if (binary.OperatorKind != BinaryOperatorKind.Add)
        {
            return binary.OperatorKind == BinaryOperatorKind.Subtract && binary.Type?.TypeKind == TypeKind.Delegate
                ? new(SiteKind.Delegate, binary.Type)
                : null;
        }

        return binary.Type switch
        {
            { TypeKind: TypeKind.Delegate } type => new(SiteKind.Delegate, type),
            { SpecialType: SpecialType.System_String } type => IsPartOfConcatenation(binary) ? null : new(SiteKind.Concatenation, type),
            _ => null,
        };
    }

    /// <summary>
    /// Whether an addition is part of a larger concatenation. A chain of additions is one call, also where the chain is added to a variable.
    /// </summary>
    private static bool IsPartOfConcatenation(IBinaryOperation binary)
    {
        var parent = binary.Parent;
        while (parent is IConversionOperation { IsImplicit: true })
        {
            parent = parent.Parent;
        }

        return parent
            is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String, ConstantValue.HasValue: false }
                or ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String };
    }

    private static Site? OfInvocation(IInvocationOperation invocation)
    {
        var method = invocation.TargetMethod;
        if (IsOmitted(invocation))
        {
            return null;
        }

        if (
            invocation.Instance is { Type: { IsValueType: true } receiver }
            && method.ContainingType is { SpecialType: SpecialType.System_Object or SpecialType.System_ValueType or SpecialType.System_Enum }
        )
        {
            return new(SiteKind.Boxing, receiver);
        }

        return OfCall(method);
    }

    private static Site? OfCall(IMethodSymbol method) =>
        KnownCalls.KindOf((method.ReducedFrom ?? method).OriginalDefinition) is { } kind
            ? new(kind, method.ReturnsVoid ? null : method.ReturnType, method)
            : null;

    private static Site? OfLoop(IForEachLoopOperation loop)
    {
        var type = loop.Collection is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand.Type : loop.Collection.Type;
        return Collections.HasStructEnumerator(type) ? OfElement(loop) : new(SiteKind.Enumerator, type);
    }

    /// <summary>The site of what happens to each element before the loop's body.</summary>
    private static Site? OfElement(IForEachLoopOperation loop)
    {
        if (loop is not { Syntax: CommonForEachStatementSyntax syntax, SemanticModel: { } model })
        {
            return null;
        }

        var info = model.GetForEachStatementInfo(syntax);
        return info.ElementConversion.IsBoxing ? new(SiteKind.Boxing, info.ElementType)
            : info.ElementConversion.MethodSymbol is { } method ? OfCall(method)
            : syntax is ForEachVariableStatementSyntax deconstruction ? OfDeconstruction(model.GetDeconstructionInfo(deconstruction))
            : null;
    }

    private static Site? Operator(IMethodSymbol? method) => method is null or { MethodKind: MethodKind.BuiltinOperator } ? null : OfCall(method);

    /// <summary>The site of an operation that reads and writes one property at once.</summary>
    private static Site? Accessors(IOperation target) =>
        target is IPropertyReferenceOperation { Property: { RefKind: RefKind.None } property }
            ? (property.GetMethod is { } getter ? OfCall(getter) : null) ?? (property.SetMethod is { } setter ? OfCall(setter) : null)
            : null;

    /// <summary>Whether an assignment is in an initializer. It belongs to the created object then.</summary>
    private static bool IsInInitializer(IOperation assignment) => assignment.Parent is IObjectOrCollectionInitializerOperation;

    private static bool IsRead(IPropertyReferenceOperation property) =>
        property.Property.RefKind != RefKind.None
        || property.Parent switch
        {
            IAssignmentOperation assignment => assignment.Target != property,
            IIncrementOrDecrementOperation => false,
            IMemberInitializerOperation => false,
            IPropertySubpatternOperation => false,
            ITupleOperation tuple => !IsDeconstructionTarget(tuple),
            INameOfOperation => false,
            _ => true,
        };

    private static bool IsDeconstructionTarget(IOperation operation) =>
        operation.Parent switch
        {
            IDeconstructionAssignmentOperation assignment => assignment.Target == operation,
            ITupleOperation tuple => IsDeconstructionTarget(tuple),
            _ => false,
        };
}
