using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Checks;

/// <summary>
/// The meaning of a body for the compiler: the members, types, conversions and constants that it found at each place, as numbers. Two bodies with the
/// same text and the same numbers mean the same.
/// </summary>
internal sealed class Meaning
{
    private readonly SemanticModel _model;
    private readonly SymbolHashes _symbols;
    private readonly Func<SyntaxNode, int> _place;
    private readonly List<(int Place, ulong Fact)> _facts = [];
    private readonly CancellationToken _cancellation;

    private Meaning(SemanticModel model, SymbolHashes symbols, Func<SyntaxNode, int> place, CancellationToken cancellation) =>
        (_model, _symbols, _place, _cancellation) = (model, symbols, place, cancellation);

    /// <summary>The facts of an original body, sorted. Places count from the body's first letter.</summary>
    public static (int Place, ulong Fact)[] Of(
        IOperation body,
        SyntaxNode syntax,
        SemanticModel model,
        SymbolHashes symbols,
        CancellationToken cancellation
    ) => new Meaning(model, symbols, node => Anchor(node).SpanStart - syntax.SpanStart, cancellation).Collect(body);

    /// <summary>The facts of a copy at the parts that it repeats from the original body, sorted. The places are those of the original body.</summary>
    public static (int Place, ulong Fact)[] OfCopy(
        IOperation body,
        int start,
        KeptText kept,
        SemanticModel model,
        SymbolHashes symbols,
        CancellationToken cancellation
    ) => new Meaning(model, symbols, node => kept.InBody(Anchor(node).SpanStart - start), cancellation).Collect(body);

    /// <summary>Collects the facts of a body. It does not use recursion, because expressions may be nested deeper than a stack allows.</summary>
    private (int Place, ulong Fact)[] Collect(IOperation body)
    {
        var pending = new Stack<IOperation>();
        pending.Push(body);
        while (pending.Count > 0)
        {
            _cancellation.ThrowIfCancellationRequested();
            var operation = pending.Pop();
            if (operation.ConstantValue is { HasValue: true, Value: var value })
            {
                // The compiler compiles only the value. A literal without conversion needs no fact.
                if (operation is not ILiteralOperation && !operation.IsImplicit && _place(operation.Syntax) is >= 0 and var place)
                {
                    _facts.Add((place, Hash.Of(1, OfConstant(value), _symbols.Of(operation.Type))));
                }

                continue;
            }

            if (Fact(operation) is { } fact && PlaceOf(operation) is >= 0 and var there)
            {
                _facts.Add((there, fact));
            }

            foreach (var child in operation.ChildOperations)
            {
                pending.Push(child);
            }
        }

        _facts.Sort();
        return [.. _facts];
    }

    /// <summary>The meaning of an operation apart from its parts; null if it has none.</summary>
    private ulong? Fact(IOperation operation) =>
        operation switch
        {
            IInvalidOperation => Hash.Of(99),
            IInvocationOperation call => Hash.Of(2, _symbols.Of(call.TargetMethod), call.IsVirtual ? 1UL : 0, Arguments(call.Arguments)),
            IObjectCreationOperation creation => Hash.Of(
                3,
                _symbols.Of(creation.Constructor),
                _symbols.Of(creation.Type),
                Arguments(creation.Arguments)
            ),
            IDelegateCreationOperation creation => Hash.Of(4, _symbols.Of(creation.Type)),
            ICollectionExpressionOperation collection => Hash.Of(5, _symbols.Of(collection.Type), _symbols.Of(collection.ConstructMethod)),
            IArrayCreationOperation array => Hash.Of(6, _symbols.Of(array.Type)),
            IConversionOperation conversion => OfConversion(conversion),
            IForEachLoopOperation { IsAsynchronous: true } => null,
            IForEachLoopOperation { Syntax: CommonForEachStatementSyntax loop } => OfLoop(loop),
            IDeconstructionAssignmentOperation { Syntax: AssignmentExpressionSyntax assignment } => Hash.Of(
                8,
                OfDeconstruction(_model.GetDeconstructionInfo(assignment))
            ),
            IUsingOperation or IUsingDeclarationOperation => null,
            IVariableDeclaratorOperation { Syntax: CommonForEachStatementSyntax } => null,
            IVariableDeclaratorOperation variable => Hash.Of(9, _symbols.Of(variable.Symbol.Type)),
            IAnonymousFunctionOperation function => Hash.Of(10, _symbols.OfFunction(function.Symbol)),
            ILocalFunctionOperation function => Hash.Of(11, _symbols.OfFunction(function.Symbol)),
            IDynamicMemberReferenceOperation member => Hash.Of(12, Hash.Of(member.MemberName)),
            IMemberReferenceOperation { IsImplicit: true } => null,
            IPropertyReferenceOperation property => Hash.Of(13, _symbols.Of(property.Property), Arguments(property.Arguments)),
            IMethodReferenceOperation method => Hash.Of(14, _symbols.Of(method.Method), method.IsVirtual ? 1UL : 0),
            IMemberReferenceOperation member => Hash.Of(15, _symbols.Of(member.Member)),
            IBinaryOperation binary => Hash.Of(
                16,
                (ulong)binary.OperatorKind,
                _symbols.Of(binary.OperatorMethod),
                _symbols.Of(binary.Type),
                binary.IsChecked ? 1UL : 0
            ),
            IUnaryOperation { IsImplicit: true } => null,
            IUnaryOperation unary => Hash.Of(
                17,
                (ulong)unary.OperatorKind,
                _symbols.Of(unary.OperatorMethod),
                _symbols.Of(unary.Type),
                unary.IsChecked ? 1UL : 0
            ),
            ICompoundAssignmentOperation assignment => Hash.Of(
                18,
                (ulong)assignment.OperatorKind,
                _symbols.Of(assignment.OperatorMethod),
                _symbols.Of(assignment.Type),
                assignment.IsChecked ? 1UL : 0
            ),
            IIncrementOrDecrementOperation increment => Hash.Of(19, _symbols.Of(increment.OperatorMethod), _symbols.Of(increment.Type)),
            IAwaitOperation awaiting => Hash.Of(20, _symbols.Of(awaiting.Type)),
            ITypeOfOperation of => Hash.Of(21, _symbols.Of(of.TypeOperand)),
            IIsTypeOperation isType => Hash.Of(22, _symbols.Of(isType.TypeOperand)),
            IRecursivePatternOperation pattern => Hash.Of(23, _symbols.Of(pattern.MatchedType), _symbols.Of(pattern.DeconstructSymbol)),
            IPropertySubpatternOperation => null,
            IListPatternOperation pattern => Hash.Of(24, _symbols.Of(pattern.LengthSymbol), _symbols.Of(pattern.IndexerSymbol)),
            IPatternOperation pattern => Hash.Of(25, _symbols.Of(pattern.NarrowedType)),
            ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation => operation.IsImplicit
                ? null
                : Hash.Of(26, _symbols.Of(operation.Type)),
            IDynamicInvocationOperation or IDynamicIndexerAccessOperation or IDynamicObjectCreationOperation => Hash.Of(27, (ulong)operation.Kind),
            ISimpleAssignmentOperation { Parent: IAnonymousObjectCreationOperation } => null,
            IThrowOperation or IConditionalAccessInstanceOperation or IDefaultValueOperation => null,
            { IsImplicit: true } or { Type: null } => null,
            _ => Hash.Of(28, (ulong)operation.Kind, _symbols.Of(operation.Type)),
        };

    /// <summary>
    /// The meaning of arguments: those that are constants, whoever wrote them, and whether the last ones are gathered in a collection.
    /// </summary>
    private static ulong Arguments(System.Collections.Immutable.ImmutableArray<IArgumentOperation> arguments)
    {
        ulong sum = 0;
        foreach (var argument in arguments)
        {
            ulong place = (ulong)(argument.Parameter?.Ordinal ?? 0);
            if (argument.ArgumentKind is ArgumentKind.ParamArray or ArgumentKind.ParamCollection)
            {
                sum += Hash.Of(place, 7);
            }
            else if (argument.Value.ConstantValue is { HasValue: true, Value: var value })
            {
                sum += Hash.Of(place, OfConstant(value));
            }
        }

        return sum;
    }

    /// <summary>
    /// The meaning of a conversion. A value that is converted part by part is checked by its parts. A probe takes a dynamic value as an object, which
    /// is the same.
    /// </summary>
    private ulong? OfConversion(IConversionOperation conversion)
    {
        bool isAdded =
            conversion.IsImplicit
            && (
                (
                    conversion.Operand is ITupleOperation or IConditionalOperation or ISwitchExpressionOperation
                    && _place(conversion.Operand.Syntax) >= 0
                )
                || conversion.Operand.Type is null
                || conversion.Parent is IForEachLoopOperation { IsAsynchronous: true }
            );
        return conversion.Conversion.IsIdentity || isAdded || IsOfOwnType(conversion) || conversion.Operand is ICollectionExpressionOperation
            ? null
            : Hash.Of(
                7,
                _symbols.Of(conversion.OperatorMethod),
                OfConverted(conversion.Operand.Type),
                OfConverted(conversion.Type),
                conversion.IsChecked ? 1UL : 0,
                conversion.IsTryCast ? 1UL : 0
            );
    }

    /// <summary>
    /// Whether the conversion gives <c>new(…)</c> the type that it has anyway. Where the target is nullable, only a copy has this conversion: its
    /// probe takes the value before it becomes nullable.
    /// </summary>
    private static bool IsOfOwnType(IConversionOperation conversion) =>
        conversion is { IsImplicit: true, OperatorMethod: null, Operand: IObjectCreationOperation { Type: var created } }
        && SymbolEqualityComparer.Default.Equals(created, conversion.Type);

    private ulong OfConverted(ITypeSymbol? type) =>
        type is { TypeKind: TypeKind.Dynamic } ? _symbols.Of(_model.Compilation.ObjectType) : _symbols.Of(type);

    private ulong OfLoop(CommonForEachStatementSyntax loop)
    {
        var info = _model.GetForEachStatementInfo(loop);
        return Hash.Of(
            29,
            _symbols.Of(info.GetEnumeratorMethod),
            _symbols.Of(info.MoveNextMethod),
            _symbols.Of(info.CurrentProperty),
            _symbols.Of(info.DisposeMethod),
            _symbols.Of(info.ElementType),
            _symbols.Of(info.ElementConversion.MethodSymbol),
            loop is ForEachVariableStatementSyntax variables
                ? OfDeconstruction(_model.GetDeconstructionInfo(variables))
                : _symbols.Of(loop is ForEachStatementSyntax variable ? _model.GetDeclaredSymbol(variable, _cancellation)?.Type : null)
        );
    }

    private ulong OfDeconstruction(DeconstructionInfo info)
    {
        ulong hash = Hash.Of(_symbols.Of(info.Method), _symbols.Of(info.Conversion?.MethodSymbol));
        foreach (var nested in info.Nested)
        {
            hash = Hash.Of(hash, OfDeconstruction(nested));
        }

        return hash;
    }

    private static ulong OfConstant(object? value) =>
        value switch
        {
            null => 3,
            string text => Hash.Of(text),
            double number => unchecked((ulong)BitConverter.DoubleToInt64Bits(number)),
            _ => unchecked((ulong)value.GetHashCode()),
        };

    /// <summary>
    /// The place of an operation. An operation that the compiler adds round an expression is at the place of the expression. If it is added round a
    /// probe, it is at the place of the value that the probe is given.
    /// </summary>
    private int PlaceOf(IOperation operation)
    {
        var inner = operation is IConversionOperation { IsImplicit: true } added ? added.Operand : operation;
        while (inner is not null)
        {
            var syntax = inner is IArrayCreationOperation { Initializer.Syntax: { } elements } ? elements : inner.Syntax;
            if (_place(syntax) is >= 0 and var place)
            {
                return place;
            }

            inner = inner switch
            {
                IConversionOperation conversion when inner != operation => conversion.Operand,
                IInvocationOperation { TargetMethod.ContainingNamespace: { Name: "Runtime", ContainingNamespace.Name: "HotPathGen" } } probe
                    when inner != operation => Value(probe),
                IInvocationOperation { IsImplicit: true, Arguments: [{ Value: var first }, ..] } when inner == operation => first,
                IConditionalOperation choice when inner != operation => choice.WhenTrue,
                IConditionalAccessInstanceOperation when inner != operation => Receiver(inner),
                IArrayCreationOperation { IsImplicit: true, Initializer.ElementValues: [var first, ..] } => first,
                ICollectionExpressionOperation { IsImplicit: true, Elements: [var first, ..] } => first,
                IMemberReferenceOperation
                {
                    Instance: IObjectCreationOperation { Initializer.Initializers: [ISimpleAssignmentOperation { Value: var converted }] }
                } when inner != operation => converted,
                _ => null,
            };
        }

        return -1;
    }

    /// <summary>The value that a conditional access tests, from where the rest of the access takes it.</summary>
    private static IOperation? Receiver(IOperation instance)
    {
        for (var outer = instance.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IConditionalAccessOperation access && access.Operation.Syntax == instance.Syntax)
            {
                return access.Operation;
            }
        }

        return null;
    }

    private static IOperation? Value(IInvocationOperation probe) =>
        probe.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name is "value" or "awaitable" or "result")?.Value;

    /// <summary>The token that stands for a node: its first own token, or, if it has none, the token of its last part.</summary>
    internal static SyntaxToken Anchor(SyntaxNode node)
    {
        while (true)
        {
            switch (node)
            {
                // A copy does not repeat the modifiers of a function.
                case LambdaExpressionSyntax lambda:
                    return lambda.ArrowToken;
                case AnonymousMethodExpressionSyntax function:
                    return function.DelegateKeyword;
                case LocalFunctionStatementSyntax local:
                    return local.Identifier;
            }

            SyntaxNode? last = null;
            foreach (var child in node.ChildNodesAndTokens())
            {
                if (child.IsToken && !child.AsToken().IsMissing)
                {
                    return child.AsToken();
                }

                last = child.AsNode() ?? last;
            }

            if (last is null)
            {
                return node.GetFirstToken();
            }

            node = last;
        }
    }
}
