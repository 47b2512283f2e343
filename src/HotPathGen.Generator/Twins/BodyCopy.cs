using System.Globalization;
using HotPathGen.Generator.Checks;
using HotPathGen.Generator.Emission;
using HotPathGen.Generator.Parsing;
using HotPathGen.Generator.Sites;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.Twins;

/// <summary>
/// Walks the operations of one body and collects the text to insert round its sites. A probe stands behind what it measures: it gives the
/// site whatever was allocated since the probe before. Where something else than the site comes in between, as the elements of an array do,
/// the part before it is noted first.
/// </summary>
internal sealed partial class BodyCopy : OperationWalker
{
    private static readonly SymbolDisplayFormat s_reportType = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
    );

    private static readonly SymbolDisplayFormat s_callee = new(
        memberOptions: SymbolDisplayMemberOptions.IncludeContainingType,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly
    );

    private readonly SemanticModel _model;
    private readonly string _source;
    private readonly SourceFile _file;
    private readonly MethodDeclarationSyntax _core;
    private readonly SyntaxNode _body;
    private readonly IMethodSymbol _method;
    private readonly ProbeText _probe;
    private readonly bool _mayNameFileTypes;
    private readonly bool _knowsRefStructArguments;
    private readonly Edits _edits = new();
    private readonly List<PlacedSite> _sites = [];
    private readonly List<IOperation> _functions = [];
    private readonly List<IOperation> _filters = [];
    private readonly HashSet<SyntaxNode> _conditional = [];
    private readonly Dictionary<SyntaxNode, int> _levels = [];
    private readonly CancellationToken _cancellation;
    private IMethodBodyOperation? _operation;
    private TextSpan[]? _inserted;
    private int _level;
    private bool _isBeforeNew;
    private bool _needsBlock;
    private bool _returnsValue;

    private BodyCopy(SourceFile file, MethodDeclarationSyntax core, IMethodSymbol method, string key, CancellationToken cancellation)
    {
        _probe = (method.IsAsync, method.IsIterator) switch
        {
            (true, true) => ProbeText.AsyncIterator(key),
            (true, false) => ProbeText.Async,
            (false, true) => ProbeText.Iterator(key),
            _ => ProbeText.Call,
        };
        _model = file.ModelOfBody();
        _source = file.Text;
        _file = file;
        _mayNameFileTypes = file.DeclaresFileTypes;
        _core = core;
        _body = Shape.Body(core)!;
        _method = method;
        _knowsRefStructArguments = core.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp13 };
        _cancellation = cancellation;
    }

    /// <summary>Why the body cannot be copied; null if it can.</summary>
    public string? Obstacle { get; private set; }

    /// <summary>The sites in the order of the source. Empty for a body that cannot allocate.</summary>
    public IReadOnlyList<PlacedSite> Sites => _sites;

    /// <summary>Behind the sites of the body: the object that a body in segments lives in, and what exceptions leave behind.</summary>
    public IEnumerable<SiteKind> OtherSites =>
        _method.IsAsync || _method.IsIterator ? [SiteKind.StateMachine, SiteKind.Exception] : [SiteKind.Exception];

    /// <summary>Whether every call has to run the copy: a program can tell the delegates of two bodies apart.</summary>
    public bool RunsAlways => _operation is not null && !_method.IsAsync && DelegateIdentity.Matters(_operation);

    private string ExceptionSite => (_sites.Count + OtherSites.Count() - 1).ToString(CultureInfo.InvariantCulture);

    public static BodyCopy Of(SourceFile file, MethodDeclarationSyntax core, IMethodSymbol method, string key, CancellationToken cancellation)
    {
        var copy = new BodyCopy(file, core, method, key, cancellation);
        copy.Walk();
        return copy;
    }

    /// <summary>The body with its probes, on the user's lines, and what it has to mean.</summary>
    public (string Text, CopiedBody Copied) Print(SymbolHashes symbols)
    {
        foreach (var trivia in _body.ContainsDirectives ? _body.DescendantTrivia(descendIntoTrivia: false).Where(trivia => Blanks(trivia)) : [])
        {
            string text = trivia.ToFullString();
            _edits.Replace(trivia.FullSpan, () => new string([.. text.Where(letter => letter is '\r' or '\n')]));
        }

        var span = _body is ArrowExpressionClauseSyntax ? TextSpan.FromBounds(_body.SpanStart, _core.Span.End) : _body.Span;
        var (copy, kept) = _edits.Print(_source, span);
        return (Damage?.Invoke(copy) ?? copy, new(_body, Meaning.Of(_operation!, _body, _model, symbols, _cancellation), kept));
    }

    /// <summary>For tests: spoils copies, to see that none is compiled that does not mean what its body does.</summary>
    internal static Func<string, string>? Damage { get; set; }

    /// <summary>Conditions have been decided, and no warning of a copy is shown; lines and nullability are the user's.</summary>
    private static bool Blanks(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.DisabledTextTrivia)
        || (trivia.IsDirective && trivia.GetStructure() is not (LineOrSpanDirectiveTriviaSyntax or NullableDirectiveTriviaSyntax));

    private void Walk()
    {
        if (_model.GetOperation(_core, _cancellation) is not IMethodBodyOperation whole || (whole.BlockBody ?? whole.ExpressionBody) is not { } body)
        {
            Obstacle = "the compiler does not understand its body";
            return;
        }

        _operation = whole;
        _returnsValue = body is not IBlockOperation { Operations: [IExpressionStatementOperation, ..] };
        Visit(body);
        if (Obstacle is not null)
        {
            return;
        }

        EncloseAsyncBody();

        foreach (var function in _functions.Concat(_filters))
        {
            foreach (var operation in function.DescendantsAndSelf())
            {
                Check(operation);
                Pin(operation, isNested: true);
            }
        }

        foreach (
            var (scope, names) in Closures.Of(
                body,
                _method,
                _body,
                [.. _functions, .. _filters.SelectMany(filter => filter.DescendantsAndSelf().OfType<IAnonymousFunctionOperation>())]
            )
        )
        {
            PlaceClosure(scope, names);
        }

        PrintArrowAsBlock();
        _sites.Sort(static (a, b) => a.Place.CompareTo(b.Place));
        for (int i = 0; i < _sites.Count; i++)
        {
            _sites[i].Index = i.ToString(CultureInfo.InvariantCulture);
        }
    }

    public override void Visit(IOperation? operation)
    {
        _cancellation.ThrowIfCancellationRequested();
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (operation is null || Obstacle is not null || operation is INameOfOperation || SiteClassifier.IsOmitted(operation))
        {
            return;
        }

        if (operation is ILiteralOperation)
        {
            return;
        }

        if (operation.ConstantValue.HasValue)
        {
            foreach (var constant in operation.DescendantsAndSelf().OfType<IFieldReferenceOperation>())
            {
                Check(constant);
            }

            return;
        }

        Check(operation);
        Pin(operation, isNested: false);
        switch (operation)
        {
            case IAnonymousFunctionOperation or ILocalFunctionOperation:
                _functions.Add(operation);
                return;
            case ITranslatedQueryOperation:
                _functions.AddRange(operation.Descendants().OfType<IAnonymousFunctionOperation>());
                PlaceSite(operation, _level);
                return;
        }

        int level = _level;
        bool isBeforeNew = _isBeforeNew;
        if (operation is IConditionalAccessOperation || (operation.Syntax is StatementSyntax && !_levels.ContainsKey(operation.Syntax)))
        {
            _levels[operation.Syntax] = level;
        }

        _level += 2;
        var site = PlaceSite(operation, level);
        _isBeforeNew = AllocatesLast(operation, site) || (isBeforeNew && site is null && operation is not IBlockOperation);
        switch (operation)
        {
            case IInterpolatedStringHandlerCreationOperation:
                VisitHoles(operation.Syntax, null);
                break;
            case IInterpolatedStringOperation:
                VisitHoles(operation.Syntax, site);
                break;
            case IObjectCreationOperation { Initializer: { } initializer } creation:
                VisitAll(creation.Arguments);
                _isBeforeNew = false;
                VisitElements(initializer, site);
                break;
            case IWithOperation { Initializer: { } initializer } with:
                Visit(with.Operand);
                VisitElements(initializer, site);
                break;
            case IArrayCreationOperation { Initializer: { } initializer } array:
                VisitAll(array.DimensionSizes);
                VisitElements(initializer, site);
                break;
            case ICollectionExpressionOperation expression:
                foreach (var element in expression.Elements)
                {
                    VisitElement(element is ISpreadOperation spread ? spread.Operand : element, site);
                }

                break;
            case IAwaitOperation { Syntax: AwaitExpressionSyntax syntax } awaiting:
                Visit(awaiting.Operation);
                PlaceAwait(awaiting, syntax, level);
                break;
            case IReturnOperation { Kind: OperationKind.YieldReturn, ReturnedValue: { Syntax: ExpressionSyntax value } } when _method.IsAsync:
                PlaceYield(value);
                VisitAll(operation.ChildOperations);
                break;
            case ITryOperation { Syntax: TryStatementSyntax { Finally.Block: { } block } }:
                // Reached by an exception, it must not have the exception's bytes.
                _edits.Open(block.OpenBraceToken.Span.End, -2, BeginFinally);
                VisitAll(operation.ChildOperations);
                break;
            case ICatchClauseOperation { Syntax: CatchClauseSyntax clause } caught:
                _edits.Open(clause.Block.OpenBraceToken.Span.End, -2, () => " " + _probe.Caught);
                if (caught.Filter is { } filter)
                {
                    // It runs before the frames that the exception leaves are closed: their bytes would count as this frame's.
                    _filters.Add(filter);
                }

                Visit(caught.Handler);
                break;
            case IAnonymousObjectCreationOperation creation:
                NameMembers(creation);
                VisitAll(operation.ChildOperations);
                break;
            case ITupleOperation tuple:
                NameElements(tuple);
                VisitAll(operation.ChildOperations);
                break;
            default:
                VisitAll(operation.ChildOperations);
                break;
        }

        _level = level;
        _isBeforeNew = isBeforeNew;
    }

    /// <summary>
    /// Unoptimized, the JIT allocates a box or an object before it evaluates what it has not had to store yet: the operand or the arguments.
    /// Their probes would get its bytes, unless a branch makes it store them.
    /// </summary>
    private static bool AllocatesLast(IOperation operation, PlacedSite? site) =>
        operation switch
        {
            IObjectCreationOperation { Type.IsReferenceType: true } or IAnonymousObjectCreationOperation or IDelegateCreationOperation => true,
            IConversionOperation => site is { Kind: SiteKind.Boxing },
            _ => false,
        };

    private void VisitAll(IOperation.OperationList operations)
    {
        foreach (var operation in operations)
        {
            Visit(operation);
        }
    }

    private void VisitAll(IEnumerable<IOperation> operations)
    {
        foreach (var operation in operations)
        {
            Visit(operation);
        }
    }

    /// <summary>Names that the compiler takes from a value, which it cannot from a probe.</summary>
    private void NameMembers(IAnonymousObjectCreationOperation creation)
    {
        foreach (var initializer in creation.Initializers)
        {
            if (
                initializer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property }, Value.Syntax: var value }
                && value.FirstAncestorOrSelf<AnonymousObjectMemberDeclaratorSyntax>() is { NameEquals: null } member
            )
            {
                _edits.Open(member.SpanStart, _level - 1, () => $"@{property.Name} = ");
            }
        }
    }

    /// <inheritdoc cref="NameMembers"/>
    private void NameElements(ITupleOperation tuple)
    {
        if (
            tuple is not { Syntax: TupleExpressionSyntax syntax, NaturalType: INamedTypeSymbol { TupleElements: { IsDefault: false } elements } }
            || elements.Length != syntax.Arguments.Count
            || syntax
                .AncestorsAndSelf()
                .Any(static node =>
                    node is TupleExpressionSyntax
                    && (
                        node.Parent is AssignmentExpressionSyntax assignment ? assignment.Left == node : node.Parent is ForEachVariableStatementSyntax
                    )
                )
        )
        {
            return;
        }

        for (int i = 0; i < elements.Length; i++)
        {
            var element = elements[i];
            if (
                syntax.Arguments[i] is { NameColon: null, Expression: not IdentifierNameSyntax } argument
                && !SymbolEqualityComparer.Default.Equals(element, element.CorrespondingTupleField)
            )
            {
                _edits.Open(argument.SpanStart, _level - 1, () => $"@{element.Name}: ");
            }
        }
    }

    /// <summary>The values of an initializer, which are evaluated when what they initialize exists already.</summary>
    private void VisitElements(IOperation initializer, PlacedSite? site)
    {
        foreach (var element in initializer.ChildOperations)
        {
            switch (element)
            {
                case ISimpleAssignmentOperation assignment:
                    Check(assignment.Target);
                    VisitAll(assignment.Target is IPropertyReferenceOperation { Arguments: { Length: > 0 } arguments } ? arguments : []);
                    VisitElement(assignment.Value, site);
                    break;
                case IMemberInitializerOperation member:
                    VisitElements(member.Initializer, site);
                    break;
                case IArrayInitializerOperation inner:
                    VisitElements(inner, site);
                    break;
                case IInvocationOperation { IsImplicit: true } add:
                    Pin(add, isNested: false);
                    foreach (var argument in add.Arguments.SelectMany(GivenTo))
                    {
                        VisitElement(argument, site);
                    }

                    break;
                default:
                    VisitElement(element, site);
                    break;
            }
        }
    }

    /// <summary>What stands in the source of an argument: of those that the compiler gathers, each.</summary>
    private static IEnumerable<IOperation> GivenTo(IArgumentOperation argument) =>
        argument switch
        {
            { ArgumentKind: ArgumentKind.ParamArray, Value: IArrayCreationOperation { Initializer.ElementValues: var values } } => values,
            { ArgumentKind: ArgumentKind.ParamCollection, Value: ICollectionExpressionOperation { Elements: var values } } => values,
            {
                ArgumentKind: ArgumentKind.ParamCollection,
                Value: IConversionOperation { Operand: ICollectionExpressionOperation { Elements: var values } }
            } => values,
            { ArgumentKind: ArgumentKind.DefaultValue } => [],
            _ => [argument.Value],
        };

    private void VisitElement(IOperation element, PlacedSite? container)
    {
        int level = _level;
        int before = _sites.Count;
        _level += 2;
        Visit(element);
        _level = level;
        bool isFirstOfParams = container is { Kind: SiteKind.ParamsArray, IsBegun: false };
        // The number that a part gives back would have to be kept across an await.
        if (
            container is null
            || Awaits(element.Syntax)
            || (_sites.Count == before && !isFirstOfParams)
            || element.Syntax is not ExpressionSyntax expression
            || !CanBeArgument(element.Type)
        )
        {
            return;
        }

        // The type that the element is converted to: an element without a type of its own needs it.
        string? type = Print(element.Type!);
        if (type is null)
        {
            return;
        }

        string probe = isFirstOfParams ? "At" : "Part";
        container.IsBegun = true;
        _edits.Open(expression.SpanStart, level, () => $"{_probe.After($"<{type}>")}({_probe.Marked(probe, container.Index)}, ");
        _edits.Close(expression.Span.End, level, static () => ")");
    }

    private void VisitHoles(SyntaxNode text, PlacedSite? site)
    {
        foreach (var hole in text.DescendantNodes(node => node is not InterpolationSyntax).OfType<InterpolationSyntax>())
        {
            if (_model.GetOperation(hole.Expression, _cancellation) is not { } value)
            {
                continue;
            }

            int level = _level;
            int before = _edits.Count;
            _level += 2;
            Visit(value);
            _level = level;
            if (_edits.Count == before)
            {
                continue;
            }

            // A colon outside parentheses would begin a format.
            // What has no type of its own, as a conditional with null, would give the probe none either.
            if (
                site is not null
                && !Awaits(hole.Expression)
                && CanBeArgument(_model.GetTypeInfo(hole.Expression, _cancellation).Type)
                && value.Type is not { TypeKind: TypeKind.Dynamic }
            )
            {
                _edits.Open(hole.Expression.SpanStart, level, () => $"({_probe.After("")}({_probe.Marked("Part", site.Index)}, ");
                _edits.Close(hole.Expression.Span.End, level, static () => "))");
            }
            else
            {
                _edits.Open(hole.Expression.SpanStart, level, static () => "(");
                _edits.Close(hole.Expression.Span.End, level, static () => ")");
            }
        }
    }

    /// <summary>What would not compile elsewhere, or would mean something else.</summary>
    private void Check(IOperation operation)
    {
        if (operation is IInvalidOperation || operation.Type is IErrorTypeSymbol)
        {
            Obstacle ??= "it uses code that another generator writes, which this one cannot see";
        }
        else if (operation is IAwaitOperation { Operation.Type: null or { TypeKind: TypeKind.Dynamic } })
        {
            Obstacle ??= "it awaits something dynamic";
        }
        else if (
            operation is IInvocationOperation
            {
                TargetMethod: { Name: "Measure", ContainingType: { Name: "HotPath", ContainingNamespace.Name: "HotPathGen" } }
            }
        )
        {
            Obstacle ??= "a HotPath.Measure block in it counts what is allocated there";
        }
        else if (operation is IInvocationOperation { Syntax: InvocationExpressionSyntax call } && _file.IsIntercepted(call))
        {
            Obstacle ??= $"'{SiteText.OneLine(call.ToString())}' in it is intercepted, where it was written and nowhere else";
        }
        else if (_mayNameFileTypes && Types(operation).Any(type => type is not null && SpeakableTypes.IsFileLocal(type)))
        {
            Obstacle ??= "it uses a file type, which no other file can name";
        }
    }

    private static IEnumerable<ITypeSymbol?> Types(IOperation operation)
    {
        yield return operation.Type;
        switch (operation)
        {
            case IInvocationOperation invocation:
                yield return invocation.TargetMethod.ContainingType;
                foreach (var argument in invocation.TargetMethod.TypeArguments)
                {
                    yield return argument;
                }

                break;
            case IMemberReferenceOperation member:
                yield return member.Member.ContainingType;
                break;
            case ITypeOfOperation typeOf:
                yield return typeOf.TypeOperand;
                break;
            case IIsTypeOperation isType:
                yield return isType.TypeOperand;
                break;
            case IPatternOperation pattern:
                yield return pattern.NarrowedType;
                break;
            case IVariableDeclaratorOperation variable:
                yield return variable.Symbol.Type;
                break;
        }
    }

    /// <summary>
    /// Arguments that the compiler fills in about the caller: the copy has another name, and its expressions are written differently.
    /// </summary>
    private void Pin(IOperation operation, bool isNested)
    {
        var (arguments, list, position) = operation switch
        {
            IInvocationOperation { Syntax: InvocationExpressionSyntax syntax } invocation => (
                invocation.Arguments,
                syntax.ArgumentList,
                syntax.ArgumentList.CloseParenToken.SpanStart
            ),
            IObjectCreationOperation { Syntax: BaseObjectCreationExpressionSyntax { ArgumentList: { } found } } creation => (
                creation.Arguments,
                found,
                found.CloseParenToken.SpanStart
            ),
            IObjectCreationOperation { Syntax: ObjectCreationExpressionSyntax syntax } creation => (creation.Arguments, null, syntax.Type.Span.End),
            IInvocationOperation invocation => (invocation.Arguments, null, -1),
            IObjectCreationOperation creation => (creation.Arguments, null, -1),
            IPropertyReferenceOperation property => (property.Arguments, null, -1),
            _ => (default, (ArgumentListSyntax?)null, -1),
        };
        if (arguments.IsDefaultOrEmpty)
        {
            return;
        }

        List<string>? pinned = null;
        foreach (var argument in arguments)
        {
            if (
                argument
                    is {
                        ArgumentKind: ArgumentKind.DefaultValue,
                        Parameter: { } parameter,
                        Value: { ConstantValue: { HasValue: true, Value: string value } }
                    }
                && DependsOnCopy(parameter, isNested)
            )
            {
                (pinned ??= []).Add($"@{parameter.Name}: {GeneratedText.Literal(value)}");
            }
        }

        if (pinned is null)
        {
            return;
        }

        if (position < 0)
        {
            Obstacle ??= "it passes its own name or text on where no argument can be written";
            return;
        }

        Pass(string.Join(", ", pinned), list, position);
    }

    /// <summary>Apart from who calls it, which is asked of each operation: what a lambda captures is allocated where its method begins.</summary>
    private void Pass(string arguments, ArgumentListSyntax? list, int position) => _edits.Close(position, 0, () => list is null ? $"({arguments})"
            : list.Arguments.Count > 0 ? ", " + arguments
            : arguments);

    private static bool DependsOnCopy(IParameterSymbol parameter, bool isNested) =>
        parameter
            .GetAttributes()
            .Any(attribute =>
                attribute.AttributeClass is { Name: "CallerMemberNameAttribute" }
                || (!isNested && attribute.AttributeClass is { Name: "CallerArgumentExpressionAttribute" })
            );

    private PlacedSite? PlaceSite(IOperation operation, int level)
    {
        if (SiteClassifier.Of(operation) is not { } site)
        {
            return null;
        }

        switch (operation)
        {
            // Behind a probe the elements would be objects, and no longer dynamic.
            case IConversionOperation { IsImplicit: true, Operand.Type.TypeKind: TypeKind.Dynamic, Parent: IForEachLoopOperation }:
                return null;
            case IForEachLoopOperation { IsAsynchronous: true, Syntax: CommonForEachStatementSyntax loop }:
                return PlaceAwaitForEach(loop, level, Add(site, loop.ForEachKeyword, SiteText.OfLoop(loop)));
            case IUsingDeclarationOperation { IsAsynchronous: true, Syntax: LocalDeclarationStatementSyntax declaration }:
                return PlaceAwaitUsing(declaration, Add(site, declaration.UsingKeyword, "await using: DisposeAsync"));
            case IUsingOperation { IsAsynchronous: true, Syntax: UsingStatementSyntax statement }:
                return PlaceAwaitUsing(statement, level, Add(site, statement.UsingKeyword, "await using: DisposeAsync"));
            case IForEachLoopOperation { Syntax: CommonForEachStatementSyntax loop }:
                var steps = Add(site, loop.ForEachKeyword, SiteText.OfLoop(loop));
                Begin(loop.Statement, level, steps);
                return AfterStatement(loop, level, steps);
            case IUsingDeclarationOperation { Syntax: LocalDeclarationStatementSyntax { Parent: BlockSyntax block } declaration }:
                return _conditional.Add(block) ? BehindBlock(block, Add(site, declaration.UsingKeyword, "using: Dispose")) : null;
            case IDeconstructionAssignmentOperation { Syntax: ExpressionSyntax deconstruction }:
                return PlaceBehindStatement(deconstruction, level, site);
            case IUsingOperation { Syntax: UsingStatementSyntax statement }:
                return AfterStatement(statement, level, Add(site, statement.UsingKeyword, "using: Dispose"));
            case IArrayCreationOperation or ICollectionExpressionOperation when site.Kind == SiteKind.ParamsArray:
                return operation.Parent?.Parent?.Syntax is { } call ? Add(site, call) : null;
        }

        if (operation.Syntax is not ExpressionSyntax expression)
        {
            return null;
        }

        var outermost = (ExpressionSyntax)SiteText.Shown(expression);
        if (outermost != expression)
        {
            // One probe for the chain: behind its last call that can allocate.
            if (!_conditional.Add(outermost))
            {
                return null;
            }

            return PlaceWhole(outermost, _levels.TryGetValue(outermost, out int whole) ? whole : level, site);
        }

        return PlaceExpression(operation, expression, level, site);
    }

    private PlacedSite? PlaceExpression(IOperation operation, ExpressionSyntax expression, int level, Site site)
    {
        var type = operation.Type;
        var reference = operation switch
        {
            IInvocationOperation invocation => invocation.TargetMethod.RefKind,
            IPropertyReferenceOperation property => property.Property.RefKind,
            _ => RefKind.None,
        };
        bool isTarget = reference == RefKind.None && IsTarget(operation);
        if (isTarget || !CanBeArgument(type) || (type!.TypeKind == TypeKind.Dynamic && IsStatement(expression)))
        {
            return PlaceBehindStatement(expression, level, site);
        }

        if (expression is InitializerExpressionSyntax)
        {
            return Print(type) is { } array ? Wrap(expression, level, site, $"At<{array}>", $"new {array} ") : null;
        }

        if (type.TypeKind == TypeKind.Dynamic && operation is IConversionOperation { IsImplicit: true })
        {
            // What becomes dynamic only here was bound by the compiler.
            return Wrap(expression, level, site, "At<object>", "");
        }

        if (operation is IUnaryOperation { OperatorKind: UnaryOperatorKind.True, IsImplicit: true })
        {
            return Wrap(expression, level, site, "At<bool>", "(", ") ? true : false");
        }

        if (operation is IConversionOperation { Operand.Type.TypeKind: TypeKind.Dynamic } && NeedsType(operation, expression))
        {
            return Print(type) is { } target
                ? Wrap(expression, level, site, $"At<{target}>", $"new global::HotPathGen.Runtime.Converted<{target}> {{ Value = ", " }.Value")
                : null;
        }

        if (type.TypeKind == TypeKind.Dynamic)
        {
            var placed = Add(site, expression);
            _edits.Open(expression.SpanStart, level, () => $"((dynamic){_probe.Open("At<object>", placed.Index, "(object)(")}");
            _edits.Close(expression.Span.End, level, () => $"){_probe.Close(placed.Index)})");
            return placed;
        }

        if (reference != RefKind.None)
        {
            return reference == RefKind.Ref
                ? Wrap(expression, level, site, "AtReference", "ref ")
                : Wrap(expression, level, site, "AtReadOnlyReference", "in ");
        }

        if (!NeedsType(operation, expression))
        {
            return Wrap(expression, level, site, "At", "");
        }

        if (ChoosesOverload(operation, expression))
        {
            return null;
        }

        return Print(type) is { } name ? Wrap(expression, level, site, $"At<{name}>", "") : null;
    }

    /// <summary>Whether the value goes nowhere, so that only what may be a statement may stand there.</summary>
    private bool IsStatement(ExpressionSyntax expression) =>
        expression.Parent switch
        {
            ExpressionStatementSyntax => true,
            ForStatementSyntax loop => loop.Condition != expression,
            ArrowExpressionClauseSyntax arrow => arrow == _body && _method.ReturnsVoid,
            _ => false,
        };

    /// <summary>Expressions whose type comes from where they stand.</summary>
    private static bool NeedsType(IOperation operation, ExpressionSyntax expression) =>
        operation switch
        {
            IConversionOperation conversion => conversion.IsImplicit || expression is not CastExpressionSyntax,
            IDelegateCreationOperation => expression is not (ObjectCreationExpressionSyntax or CastExpressionSyntax),
            ICollectionExpressionOperation => true,
            _ => expression is ImplicitObjectCreationExpressionSyntax,
        };

    /// <summary>
    /// Whether a call could mean another method if an argument that has no type of its own, as a lambda has none, came with the one it is
    /// converted to: an instance method that takes any object goes before an extension, a derived class's before its base's. The bytes of
    /// such an argument are the call's.
    /// </summary>
    private bool ChoosesOverload(IOperation operation, ExpressionSyntax expression)
    {
        if (
            operation
                is not {
                    Type: { } type,
                    Parent: IArgumentOperation
                    {
                        Syntax: ArgumentSyntax { Parent: ArgumentListSyntax list } argument,
                        Parent: IInvocationOperation { Syntax: InvocationExpressionSyntax call, TargetMethod: var target }
                    }
                }
            || _model.GetTypeInfo(expression, _cancellation).Type is not null
        )
        {
            return false;
        }

        int place = list.Arguments.IndexOf(argument);
        return _model
            .GetMemberGroup(call.Expression, _cancellation)
            .OfType<IMethodSymbol>()
            .Any(other =>
                !SymbolEqualityComparer.Default.Equals(
                    (other.ReducedFrom ?? other).OriginalDefinition,
                    (target.ReducedFrom ?? target).OriginalDefinition
                )
                && Takes(other, list.Arguments.Count)
                && (
                    argument.NameColon is { Name.Identifier.ValueText: var name }
                        ? other.Parameters.FirstOrDefault(parameter => parameter.Name == name)
                        : other.Parameters.ElementAtOrDefault(place)
                )
                    is { Type: var accepted }
                && (
                    accepted is ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method }
                    || _model.Compilation.ClassifyConversion(type, accepted) is { IsImplicit: true, IsIdentity: false }
                )
            );

        static bool Takes(IMethodSymbol method, int arguments) =>
            arguments >= method.Parameters.Count(static parameter => parameter is { IsOptional: false, IsParams: false })
            && (arguments <= method.Parameters.Length || method.Parameters.Any(static parameter => parameter.IsParams));
    }

    private PlacedSite? PlaceWhole(ExpressionSyntax conditional, int level, Site site)
    {
        var type = _model.GetTypeInfo(conditional, _cancellation).Type;
        bool declares = conditional.DescendantNodes().Any(node => node is SingleVariableDesignationSyntax);
        return CanBeArgument(type) && type!.TypeKind != TypeKind.Dynamic && !declares && !IsTargetOfAssignment(conditional)
            ? Wrap(conditional, level, site, "At", "")
            : PlaceBehindStatement(conditional, level, site);
    }

    private static bool IsTargetOfAssignment(ExpressionSyntax expression) =>
        expression.Parent is AssignmentExpressionSyntax assignment && assignment.Left == expression;

    /// <summary>Written to, or referred to, rather than read.</summary>
    private static bool IsTarget(IOperation operation) =>
        operation.Parent switch
        {
            IAssignmentOperation assignment => assignment.Target == operation,
            IIncrementOrDecrementOperation increment => increment.Target == operation,
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
            IAddressOfOperation => true,
            _ => false,
        };

    private bool CanBeArgument(ITypeSymbol? type) =>
        type
            is {
                SpecialType: not (
                    SpecialType.System_Void
                    or SpecialType.System_TypedReference
                    or SpecialType.System_ArgIterator
                    or SpecialType.System_RuntimeArgumentHandle
                )
            }
        && type.TypeKind is not (TypeKind.Pointer or TypeKind.FunctionPointer)
        && (!type.IsRefLikeType || _knowsRefStructArguments);

    private PlacedSite Wrap(ExpressionSyntax expression, int level, Site site, string probe, string before, string after = "")
    {
        var placed = Add(site, expression);
        bool branches =
            _isBeforeNew
            && before is not ("ref " or "in ")
            && !expression
                .DescendantNodesAndSelf()
                .Any(static node =>
                    node
                        is AssignmentExpressionSyntax
                            or VariableDesignationSyntax
                            or ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword }
                );
        _edits.Open(expression.SpanStart, level, () =>
            $"{(branches ? "(global::HotPathGen.Runtime.Frame.IsEnabled ? " : "")}{_probe.Open(probe, placed.Index, before)}"
        );
        _edits.Close(expression.Span.End, level, () => after + _probe.Close(placed.Index) + (branches ? " : default)" : ""));
        return placed;
    }

    private PlacedSite? PlaceBehindStatement(ExpressionSyntax expression, int level, Site site)
    {
        PlacedSite? placed = null;
        if (!WriteBehind(expression, level, () => _probe.Statement(placed!.Index)))
        {
            return null;
        }

        placed = Add(site, expression);
        return placed;
    }

    /// <summary>Writes a statement behind the one that an expression belongs to, if it runs whenever that has run.</summary>
    private bool WriteBehind(ExpressionSyntax expression, int level, Func<string> text)
    {
        SyntaxNode? node = expression;
        while (
            node
                is ExpressionSyntax
                    or ArgumentSyntax
                    or ArgumentListSyntax
                    or EqualsValueClauseSyntax
                    or VariableDeclaratorSyntax
                    or VariableDeclarationSyntax
        )
        {
            if (node.Parent is ForStatementSyntax loop && node is ExpressionSyntax incrementor && loop.Incrementors.Contains(incrementor))
            {
                _edits.Close(node.Span.End, level, () => ", " + text().TrimEnd(';'));
                return true;
            }

            node = node.Parent;
        }

        switch (node)
        {
            case ExpressionStatementSyntax or LocalDeclarationStatementSyntax:
                WriteAfter((StatementSyntax)node, level, text);
                return true;
            case ArrowExpressionClauseSyntax arrow when arrow == _body && !_returnsValue:
                _needsBlock = true;
                _edits.Close(_core.SemicolonToken.Span.End, level, () => " " + text());
                return true;
            default:
                return false;
        }
    }

    private PlacedSite AfterStatement(StatementSyntax statement, int level, PlacedSite site)
    {
        WriteAfter(statement, level, () => _probe.Statement(site.Index));
        return site;
    }

    private void WriteAfter(StatementSyntax statement, int level, Func<string> text)
    {
        var list = statement.Parent;
        while (list is LabeledStatementSyntax)
        {
            list = list.Parent;
        }

        bool isAlone = list is not (BlockSyntax or SwitchSectionSyntax);
        if (isAlone)
        {
            _edits.Open(statement.SpanStart, level, static () => "{ ");
        }

        _edits.Close(statement.Span.End, level, () => $" {text()}{(isAlone ? " }" : "")}");
    }

    /// <summary>A probe behind what a block does when it is left at its end.</summary>
    private PlacedSite BehindBlock(BlockSyntax block, PlacedSite site)
    {
        _edits.Open(block.OpenBraceToken.Span.End, -3, static () => " {");
        _edits.Open(block.CloseBraceToken.SpanStart, -3, () => $"}} {_probe.Statement(site.Index)} ");
        return site;
    }

    /// <summary>A probe as the first thing in a statement.</summary>
    private void Begin(SyntaxNode scope, int level, PlacedSite site)
    {
        switch (scope)
        {
            case BlockSyntax block:
                _edits.Open(block.OpenBraceToken.Span.End, level, () => " " + _probe.Statement(site.Index));
                break;
            case SwitchSectionSyntax section:
                _edits.Open(section.Statements[0].SpanStart, level, () => _probe.Statement(site.Index) + " ");
                break;
            case SwitchStatementSyntax choice:
                foreach (var section in choice.Sections)
                {
                    Begin(section, level, site);
                }

                break;
            case WhileStatementSyntax loop when _model.GetTypeInfo(loop.Condition, _cancellation).Type is { SpecialType: SpecialType.System_Boolean }:
                // The compiler still sees what the condition assigns when it is true.
                _edits.Open(loop.Condition.SpanStart, level, () => $"{_probe.Marked("At", site.Index)} == 0 && (");
                _edits.Close(loop.Condition.Span.End, level, static () => ")");
                break;
            case WhileStatementSyntax loop:
                Begin(loop.Statement, level, site);
                break;
            case StatementSyntax statement:
                _edits.Open(statement.SpanStart, level, () => $"{{ {_probe.Statement(site.Index)} ");
                _edits.Close(statement.Span.End, level, static () => " }");
                break;
        }
    }

    private void PlaceClosure(SyntaxNode scope, IReadOnlyList<string> names)
    {
        var site = Add(new(SiteKind.Closure), scope.GetFirstToken(), SiteText.OfClosure(names));
        if (scope is ArrowExpressionClauseSyntax arrow)
        {
            _needsBlock = true;
            _edits.Open(arrow.Expression.SpanStart, -2, () => _probe.Statement(site.Index) + " ");
            return;
        }

        // Outside what else stands round the statement, and inside what stands round the one that it is part of.
        Begin(scope, _levels.TryGetValue(scope, out int level) ? level - 1 : -1, site);
    }

    private void PrintArrowAsBlock()
    {
        if (!_needsBlock || _body is not ArrowExpressionClauseSyntax arrow)
        {
            return;
        }

        _edits.Replace(arrow.ArrowToken.Span, static () => "{");
        if (_returnsValue && arrow.Expression is not ThrowExpressionSyntax)
        {
            _edits.Open(arrow.Expression.SpanStart, -1, static () => "return ");
        }

        _edits.Close(_core.SemicolonToken.Span.End, -3, static () => " }");
    }

    private PlacedSite Add(Site site, SyntaxNode shown) =>
        Add(site, shown.GetFirstToken(), SiteText.OneLine(_source, shown.SpanStart, shown.Span.End));

    private PlacedSite Add(Site site, SyntaxToken first, string text)
    {
        var placed = new PlacedSite(site, first.SpanStart, Describe(site, first, text), text);
        _sites.Add(placed);
        return placed;
    }

    private string Describe(Site site, SyntaxToken first, string text)
    {
        string type = site switch
        {
            { Callee: { } callee } when site.Kind is SiteKind.Call or SiteKind.Growth or SiteKind.Linq or SiteKind.Reflection => Name(callee),
            { Type: { } allocated } => allocated.ToDisplayString(s_reportType),
            _ => "",
        };
        var place = first.GetLocation().GetMappedLineSpan();
        return new SiteLine(
            place.StartLinePosition.Line + 1,
            Column(first),
            site.Kind,
            type,
            text,
            CalleeOrigin.Of(site, _method.ContainingAssembly)
        ).Print();
    }

    private static string Name(IMethodSymbol callee) =>
        callee switch
        {
            { MethodKind: MethodKind.Constructor } => callee.ContainingType.Name,
            { AssociatedSymbol: { } member } => member.ToDisplayString(s_callee),
            _ => (callee.ReducedFrom ?? callee).ToDisplayString(s_callee),
        };

    /// <summary>One-based, in the user's text: what prepare inserted before it on its line does not count.</summary>
    private int Column(SyntaxToken first)
    {
        var text = _core.SyntaxTree.GetText(_cancellation);
        int start = text.Lines.GetLineFromPosition(first.SpanStart).Start;
        int column = first.SpanStart - start + 1;
        _inserted ??= PreparedPair.Declaration(_core) is { } declaration ? [.. PreparedPair.Inserted(declaration, _core)] : [];
        foreach (var inserted in _inserted)
        {
            if (inserted.Start >= start && inserted.End <= first.SpanStart)
            {
                column -= inserted.Length;
            }
        }

        return column;
    }

    private static string? Print(ITypeSymbol type) => SpeakableTypes.Print(type);
}
