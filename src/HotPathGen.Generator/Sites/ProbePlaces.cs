using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Sites;

/// <summary>Decides where the probe of a site stands.</summary>
internal sealed class ProbePlaces(OriginalBody body)
{
    /// <summary>The chains and blocks that have their probe already.</summary>
    private readonly HashSet<SyntaxNode> _taken = [];

    /// <summary>Finds the place of a site's probe; null if there is no room for one, or if another site's probe is there.</summary>
    public ProbePlace? Of(IOperation operation, Site site)
    {
        switch (operation)
        {
            // With a probe round the sequence, the elements would be objects and no longer dynamic.
            case IConversionOperation { IsImplicit: true, Operand.Type.TypeKind: TypeKind.Dynamic, Parent: IForEachLoopOperation }:
                return null;
            case IForEachLoopOperation { Syntax: CommonForEachStatementSyntax loop } each:
                return new(each.IsAsynchronous ? ProbeForm.AwaitForEach : ProbeForm.Loop, loop, loop.ForEachKeyword, SiteText.OfLoop(loop));
            case IUsingDeclarationOperation { IsAsynchronous: true, Syntax: LocalDeclarationStatementSyntax declaration }:
                return new(ProbeForm.AwaitUsingDeclaration, declaration, declaration.UsingKeyword, "await using: DisposeAsync");
            case IUsingDeclarationOperation { Syntax: LocalDeclarationStatementSyntax { Parent: BlockSyntax block } declaration }:
                return _taken.Add(block) ? new(ProbeForm.BehindBlock, block, declaration.UsingKeyword, "using: Dispose") : null;
            case IUsingOperation { IsAsynchronous: true, Syntax: UsingStatementSyntax statement }:
                return new(ProbeForm.AwaitUsing, statement, statement.UsingKeyword, "await using: DisposeAsync");
            case IUsingOperation { Syntax: UsingStatementSyntax statement }:
                return new(ProbeForm.BehindUsing, statement, statement.UsingKeyword, "using: Dispose");
            case IDeconstructionAssignmentOperation { Syntax: ExpressionSyntax deconstruction }:
                return BehindStatement(deconstruction);
            case IArrayCreationOperation or ICollectionExpressionOperation when site.Kind == SiteKind.ParamsArray:
                return operation.Parent?.Parent?.Syntax is { } call ? new(ProbeForm.Elements, call) : null;
        }

        if (operation.Syntax is not ExpressionSyntax expression)
        {
            return null;
        }

        var outermost = (ExpressionSyntax)SiteText.Shown(expression);
        if (outermost == expression)
        {
            return OfExpression(operation, expression);
        }

        // A chain has one probe, behind its last call that can allocate.
        return _taken.Add(outermost) ? OfChain(outermost) : null;
    }

    private ProbePlace? OfChain(ExpressionSyntax conditional)
    {
        var type = body.Model.GetTypeInfo(conditional, body.Cancellation).Type;
        bool declares = conditional.DescendantNodes().Any(static node => node is SingleVariableDesignationSyntax);
        return body.CanBeArgument(type) && type!.TypeKind != TypeKind.Dynamic && !declares && !IsTargetOfAssignment(conditional)
            ? new(ProbeForm.Value, conditional)
            : BehindStatement(conditional);
    }

    private ProbePlace? OfExpression(IOperation operation, ExpressionSyntax expression)
    {
        var type = operation.Type;
        var reference = operation switch
        {
            IInvocationOperation invocation => invocation.TargetMethod.RefKind,
            IPropertyReferenceOperation property => property.Property.RefKind,
            _ => RefKind.None,
        };
        bool isTarget = reference == RefKind.None && IsTarget(operation);
        if (isTarget || !body.CanBeArgument(type) || (type!.TypeKind == TypeKind.Dynamic && IsStatement(expression)))
        {
            return BehindStatement(expression);
        }

        if (expression is InitializerExpressionSyntax)
        {
            return Typed(ProbeForm.ArrayInitializer, expression, type);
        }

        if (type.TypeKind == TypeKind.Dynamic && operation is IConversionOperation { IsImplicit: true })
        {
            return new(ProbeForm.BecomesDynamic, expression);
        }

        if (operation is IUnaryOperation { OperatorKind: UnaryOperatorKind.True, IsImplicit: true })
        {
            return new(ProbeForm.Truth, expression);
        }

        if (operation is IConversionOperation { Operand.Type.TypeKind: TypeKind.Dynamic } && NeedsType(operation, expression))
        {
            return Typed(ProbeForm.Converted, expression, type);
        }

        if (type.TypeKind == TypeKind.Dynamic)
        {
            return new(ProbeForm.Dynamic, expression);
        }

        if (reference != RefKind.None)
        {
            return new(reference == RefKind.Ref ? ProbeForm.Reference : ProbeForm.ReadOnlyReference, expression);
        }

        if (!NeedsType(operation, expression))
        {
            return new(ProbeForm.Value, expression);
        }

        return ChoosesOverload(operation, expression) ? null : Typed(ProbeForm.TypedValue, expression, type);
    }

    private ProbePlace? BehindStatement(ExpressionSyntax expression) =>
        body.Behind(expression) is null ? null : new(ProbeForm.BehindStatement, expression);

    private static ProbePlace? Typed(ProbeForm form, ExpressionSyntax expression, ITypeSymbol type) =>
        SpeakableTypes.Print(type) is { } name ? new(form, expression, name) : null;

    /// <summary>Whether nothing uses the value. Then only an expression that may be a statement can stand there.</summary>
    private bool IsStatement(ExpressionSyntax expression) =>
        expression.Parent switch
        {
            ExpressionStatementSyntax => true,
            ForStatementSyntax loop => loop.Condition != expression,
            ArrowExpressionClauseSyntax arrow => arrow == body.Syntax && body.Method.ReturnsVoid,
            _ => expression == body.Syntax && body.Method.ReturnsVoid,
        };

    /// <summary>Whether the type of an expression comes from its surroundings.</summary>
    private static bool NeedsType(IOperation operation, ExpressionSyntax expression) =>
        operation switch
        {
            IConversionOperation conversion => conversion.IsImplicit || expression is not CastExpressionSyntax,
            IDelegateCreationOperation => expression is not (ObjectCreationExpressionSyntax or CastExpressionSyntax),
            ICollectionExpressionOperation => true,
            _ => expression is ImplicitObjectCreationExpressionSyntax,
        };

    /// <summary>
    /// Whether a call could mean another method if a probe gave its argument a type. This concerns arguments without a type of their own, for example
    /// lambdas: the probe gives them the type that they are converted to. An instance method that takes any object would then go before an extension,
    /// and a method of a derived class before one of its base. The bytes of such an argument count as the call's.
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
            || body.Model.GetTypeInfo(expression, body.Cancellation).Type is not null
        )
        {
            return false;
        }

        int place = list.Arguments.IndexOf(argument);
        return body
            .Model.GetMemberGroup(call.Expression, body.Cancellation)
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
                    || body.Model.Compilation.ClassifyConversion(type, accepted) is { IsImplicit: true, IsIdentity: false }
                )
            );

        static bool Takes(IMethodSymbol method, int arguments) =>
            arguments >= method.Parameters.Count(static parameter => parameter is { IsOptional: false, IsParams: false })
            && (arguments <= method.Parameters.Length || method.Parameters.Any(static parameter => parameter.IsParams));
    }

    private static bool IsTargetOfAssignment(ExpressionSyntax expression) =>
        expression.Parent is AssignmentExpressionSyntax assignment && assignment.Left == expression;

    /// <summary>Whether an operation is written to or referred to, rather than read.</summary>
    private static bool IsTarget(IOperation operation) =>
        operation.Parent switch
        {
            IAssignmentOperation assignment => assignment.Target == operation,
            IIncrementOrDecrementOperation increment => increment.Target == operation,
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
            IAddressOfOperation => true,
            _ => false,
        };
}
