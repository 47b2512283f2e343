using System.Globalization;
using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Sites;

/// <summary>
/// Finds the sites of a body at which a probe can stand. A measured build puts a probe at each of them. Something else may come between the beginning
/// and the end of a site, for example the elements of an array. The visitor is told of it, so that the part before it can be noted.
/// </summary>
internal sealed class BodySites : SiteFinder
{
    private readonly OriginalBody _body;
    private readonly ISiteVisitor? _visitor;
    private readonly ProbePlaces _places;
    private readonly UnsupportedCode _code;
    private readonly List<FoundSite> _sites = [];
    private readonly List<IOperation> _filters = [];
    private readonly Dictionary<SyntaxNode, int> _levels = [];
    private readonly Dictionary<IOperation, int> _functionLevels = [];
    private readonly Func<NestedFunction, int, bool>? _takes;
    private int _level;
    private bool _isBeforeNew;

    private BodySites(OriginalBody body, ISiteVisitor? visitor, Func<NestedFunction, int, bool>? takes)
        : base(body.Cancellation)
    {
        (_body, _visitor, _takes) = (body, visitor, takes);
        (_places, _code, _level) = (new(body), new(body), body.Level);
    }

    /// <summary>Why the body cannot be copied; null if it can.</summary>
    public string? Unsupported { get; private set; }

    /// <summary>The sites in the order of the source. Empty for a body that cannot allocate.</summary>
    public IReadOnlyList<FoundSite> All => _sites;

    /// <summary>
    /// The sites that have no place in the source; they follow the others. They are the object in which a body in segments lives, and the bytes that
    /// exceptions leave behind.
    /// </summary>
    public IReadOnlyList<SiteKind> Others =>
        _body.Method.IsAsync || _body.Method.IsIterator ? [SiteKind.StateMachine, SiteKind.Exception] : [SiteKind.Exception];

    /// <param name="body">The body to search.</param>
    /// <param name="visitor">Is told of what is found on the way; null for no visitor.</param>
    /// <param name="takes">
    /// Is asked for each function in the body, with its level, whether the function is measured apart. Null if none is.
    /// </param>
    public static BodySites Of(OriginalBody body, ISiteVisitor? visitor = null, Func<NestedFunction, int, bool>? takes = null)
    {
        var sites = new BodySites(body, visitor, takes);
        sites.Find();
        return sites;
    }

    private void Find()
    {
        if (_body.Operation is not { } operation)
        {
            Unsupported = UnsupportedCode.Body;
            return;
        }

        Visit(operation);
        if (Unsupported is not null)
        {
            return;
        }

        foreach (var function in Functions.Concat(_filters))
        {
            if (
                Unsupported is null
                && _takes is not null
                && _functionLevels.TryGetValue(function, out int level)
                && NestedFunction.Of(function) is { } nested
                && _takes(nested, level)
            )
            {
                Check(function, isNested: true);
                continue;
            }

            foreach (var inside in function.DescendantsAndSelf())
            {
                Check(inside, isNested: true);
            }
        }

        IOperation[] functions =
        [
            .. Functions,
            .. _filters.SelectMany(static filter => filter.DescendantsAndSelf().OfType<IAnonymousFunctionOperation>()),
        ];
        foreach (var (scope, names) in Closures.Of(operation, _body.Method, _body.Syntax, functions))
        {
            AddClosure(scope, names);
        }

        _sites.Sort(static (a, b) => a.Place.CompareTo(b.Place));
        for (int i = 0; i < _sites.Count; i++)
        {
            _sites[i].Index = i.ToString(CultureInfo.InvariantCulture);
        }
    }

    protected override bool IsLeftOut(IOperation operation) => Unsupported is not null;

    protected override void FoundConstant(IOperation constant)
    {
        if (constant is ILiteralOperation)
        {
            return;
        }

        foreach (var field in constant.DescendantsAndSelf().OfType<IFieldReferenceOperation>())
        {
            Unsupported ??= _code.ReasonOf(field);
        }
    }

    protected override void Found(IOperation operation, Site? site)
    {
        Check(operation, isNested: false);
        switch (operation)
        {
            case IAnonymousFunctionOperation or ILocalFunctionOperation:
                _functionLevels.Add(operation, _level);
                return;
            case ITranslatedQueryOperation:
                AddFunctionsOf(operation);
                Add(operation, site, _level);
                return;
        }

        int level = _level;
        bool isBeforeNew = _isBeforeNew;
        if (operation is IConditionalAccessOperation || (operation.Syntax is StatementSyntax && !_levels.ContainsKey(operation.Syntax)))
        {
            _levels[operation.Syntax] = level;
        }

        _level += 2;
        var found = Add(operation, site, level);
        _isBeforeNew = AllocatesLast(operation, found) || (isBeforeNew && found is null && operation is not IBlockOperation);
        _visitor?.Enter(operation, level);
        VisitInside(operation, found);
        _visitor?.Leave(operation, level);
        _level = level;
        _isBeforeNew = isBeforeNew;
    }

    /// <summary>Adds the clauses of a query, which have no place for a frame, and the lambdas that the user wrote in them, which have one.</summary>
    private void AddFunctionsOf(IOperation query)
    {
        foreach (var function in query.Descendants().OfType<IAnonymousFunctionOperation>())
        {
            Functions.Add(function);
            if (NestedFunction.IsInClause(function, query))
            {
                _functionLevels.Add(function, _level);
            }
        }
    }

    private void VisitInside(IOperation operation, FoundSite? site)
    {
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
                Unsupported ??= _code.ReasonOf(awaiting, syntax);
                break;
            case IReturnOperation { Kind: OperationKind.YieldReturn, ReturnedValue.Syntax: ExpressionSyntax } when _body.Method.IsAsync:
                Unsupported ??= _code.ReasonOfYield();
                VisitAll(operation.ChildOperations);
                break;
            case ICatchClauseOperation { Syntax: CatchClauseSyntax } caught:
                if (caught.Filter is { } filter)
                {
                    // A filter runs before the frames that the exception leaves are closed. The bytes of those frames would count as this frame's.
                    _filters.Add(filter);
                }

                Visit(caught.Handler);
                break;
            default:
                VisitAll(operation.ChildOperations);
                break;
        }
    }

    /// <summary>
    /// Whether the JIT, unoptimized, allocates a box or an object before it evaluates the operand or the arguments that it has not had to store yet.
    /// The probes of those would get its bytes, unless a branch makes the JIT store them.
    /// </summary>
    private static bool AllocatesLast(IOperation operation, FoundSite? site) =>
        operation switch
        {
            IObjectCreationOperation { Type.IsReferenceType: true } or IAnonymousObjectCreationOperation or IDelegateCreationOperation => true,
            IConversionOperation => site is { Kind: SiteKind.Boxing },
            _ => false,
        };

    /// <summary>Visits the values of an initializer. When they are evaluated, the object that they initialize exists already.</summary>
    private void VisitElements(IOperation initializer, FoundSite? site)
    {
        foreach (var element in initializer.ChildOperations)
        {
            switch (element)
            {
                case ISimpleAssignmentOperation assignment:
                    Unsupported ??= _code.ReasonOf(assignment.Target);
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
                    Tell(add, isNested: false);
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

    /// <summary>The operations that stand in the source of an argument. If the compiler gathers several arguments, it is each of them.</summary>
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

    private void VisitElement(IOperation element, FoundSite? container)
    {
        int level = _level;
        int before = _sites.Count;
        _level += 2;
        Visit(element);
        _level = level;
        bool isFirstOfParams = container is { Kind: SiteKind.ParamsArray, IsBegun: false };
        // A part gives back a number, which would have to be kept across an await.
        if (
            container is not null
            && (_sites.Count > before || isFirstOfParams)
            && element.Syntax is ExpressionSyntax expression
            && !_body.Awaits(expression)
            && _body.CanBeArgument(element.Type)
            && SpeakableTypes.Print(element.Type!) is { } type
        )
        {
            container.IsBegun = true;
            _visitor?.Element(expression, type, container, isFirstOfParams, level);
        }
    }

    private void VisitHoles(SyntaxNode text, FoundSite? site)
    {
        foreach (var hole in text.DescendantNodes(static node => node is not InterpolationSyntax).OfType<InterpolationSyntax>())
        {
            if (_body.Model.GetOperation(hole.Expression, _body.Cancellation) is not { } value)
            {
                continue;
            }

            int level = _level;
            if (_visitor is null)
            {
                VisitHole();
            }
            else
            {
                // An expression without a type of its own, for example a conditional with null, cannot give a probe its type.
                bool isInterrupted =
                    site is not null
                    && !_body.Awaits(hole.Expression)
                    && _body.CanBeArgument(_body.Model.GetTypeInfo(hole.Expression, _body.Cancellation).Type)
                    && value.Type is not { TypeKind: TypeKind.Dynamic };
                _visitor.Hole(hole.Expression, isInterrupted ? site : null, level, VisitHole);
            }

            void VisitHole()
            {
                _level += 2;
                Visit(value);
                _level = level;
            }
        }
    }

    /// <summary>Notes code that would not compile in a copy, or would mean something else there.</summary>
    private void Check(IOperation operation, bool isNested)
    {
        Unsupported ??= _code.ReasonOf(operation);
        Tell(operation, isNested);
    }

    private void Tell(IOperation operation, bool isNested)
    {
        if (CallerArguments.Of(operation, isNested) is not { } arguments)
        {
            return;
        }

        if (arguments.Position < 0)
        {
            Unsupported ??= UnsupportedCode.OwnName;
        }
        else
        {
            _visitor?.Call(arguments);
        }
    }

    private FoundSite? Add(IOperation operation, Site? site, int level)
    {
        if (site is not { } known || _places.Of(operation, known) is not { } place)
        {
            return null;
        }

        Unsupported ??= _code.ReasonOf(place);
        string text = place.Text ?? SiteText.OneLine(_body.File.Text, place.Node.SpanStart, place.Node.Span.End);
        // A whole chain has one probe, which stands where the chain begins.
        bool isOfChain = place.Node is ConditionalAccessExpressionSyntax && place.Node != operation.Syntax;
        return Add(
            new(known, place, text)
            {
                Level = isOfChain && _levels.TryGetValue(place.Node, out int whole) ? whole : level,
                IsBeforeNew = _isBeforeNew,
            }
        );
    }

    private void AddClosure(SyntaxNode scope, IReadOnlyList<string> names) =>
        // The probe stands outside what else stands round the statement, and inside what stands round the statement that this one is part of.
        Add(
            new(new(SiteKind.Closure), new(ProbeForm.Scope, scope), SiteText.OfClosure(names))
            {
                Level = _levels.TryGetValue(scope, out int level) ? level - 1 : -1,
            }
        );

    private FoundSite Add(FoundSite site)
    {
        _sites.Add(site);
        _visitor?.Site(site);
        return site;
    }
}
