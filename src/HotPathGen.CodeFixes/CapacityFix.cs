using System.Composition;
using System.Globalization;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.CodeFixes;

/// <summary>
/// Gives a list, dictionary or text builder the capacity that the loop after it needs. This is done only where the loop follows directly and adds one
/// element in each round, and nothing else adds any: a capacity that is not needed would cost the bytes that it should save.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class CapacityFix() : Fix(RuleIds.Grows, RuleIds.AllocatesObject, RuleIds.BreaksContract)
{
    private protected override Proposal? Propose(Place place)
    {
        if (
            Variable(place)
                is not {
                    Initializer.Value: BaseObjectCreationExpressionSyntax { Initializer: null } creation,
                    Parent: VariableDeclarationSyntax
                    {
                        Variables.Count: 1,
                        Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax block } statement
                    }
                } variable
            || creation.ArgumentList is { Arguments.Count: > 0 }
            || place.Model.GetDeclaredSymbol(variable, place.Cancellation) is not ILocalSymbol local
            || !Variables.IsFixed(place, local)
            || place.TypeOf(creation) is not INamedTypeSymbol type
            || AddOf(type) is not { } add
            || block.Statements.IndexOf(statement) is var index && index + 1 >= block.Statements.Count
        )
        {
            return null;
        }

        var loop = block.Statements[index + 1];
        if (Rounds(place, loop, local) is not { } rounds || Body(loop) is not { } body || !AddsOnce(place, local, body, add))
        {
            return null;
        }

        var proposal = new Proposal($"Start '{local.Name}' with capacity {rounds}", "Start collections with the capacity that they need");
        return creation.ArgumentList is { } list
            ? proposal.Insert(place.Tree, list.OpenParenToken.Span.End, rounds)
            : proposal.Insert(place.Tree, creation.Span.End, $"({rounds})");
    }

    /// <summary>The variable that is created here, or that grows in the call here.</summary>
    private static VariableDeclaratorSyntax? Variable(Place place) =>
        place.Node switch
        {
            BaseObjectCreationExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } } => variable,
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax receiver } }
                when place.SymbolOf(receiver) is ILocalSymbol { DeclaringSyntaxReferences: [var reference] } => reference.GetSyntax(
                place.Cancellation
            ) as VariableDeclaratorSyntax,
            _ => null,
        };

    private static string? AddOf(INamedTypeSymbol type) =>
        type switch
        {
            { Name: "List", Arity: 1 } when Counted.IsCollection(type) => "Add",
            { Name: "Dictionary", Arity: 2 } when Counted.IsCollection(type) => "Add",
            { Name: "StringBuilder" } when type.ContainingNamespace?.ToDisplayString() == "System.Text" => "Append",
            _ => null,
        };

    private static StatementSyntax? Body(StatementSyntax loop) =>
        loop switch
        {
            ForEachStatementSyntax each => each.Statement,
            ForStatementSyntax counted => counted.Statement,
            _ => null,
        };

    /// <summary>
    /// How often a loop runs, as an expression. The expression has the same value before the loop, cannot be negative and has no side effect.
    /// </summary>
    private static string? Rounds(Place place, StatementSyntax loop, ILocalSymbol filled) =>
        loop switch
        {
            ForEachStatementSyntax { AwaitKeyword.RawKind: 0, Expression: var source } => Count(place, source, filled),
            ForStatementSyntax
            {
                Declaration.Variables: [{ Initializer.Value: var start } counter],
                Condition: BinaryExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: var compared }, Right: var end } condition,
                Incrementors: [var step],
                Statement: var body,
            }
                when compared == counter.Identifier.ValueText
                    && StepsUp(step) == compared
                    && place.Model.GetDeclaredSymbol(counter, place.Cancellation) is { } symbol
                    && !Variables.References(place.Model, body, symbol, place.Cancellation).Any(Variables.IsWritten)
                    && place.Model.GetConstantValue(start, place.Cancellation).Value is int first
                    && first >= 0 => Rounds(place, condition, first, end, filled),
            _ => null,
        };

    /// <summary>The variable that is counted up by one.</summary>
    private static string? StepsUp(ExpressionSyntax step) =>
        step switch
        {
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression, Operand: IdentifierNameSyntax name } =>
                name.Identifier.ValueText,
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression, Operand: IdentifierNameSyntax name } =>
                name.Identifier.ValueText,
            _ => null,
        };

    private static string? Rounds(Place place, BinaryExpressionSyntax condition, int first, ExpressionSyntax end, ILocalSymbol filled)
    {
        bool isBelow = condition.IsKind(SyntaxKind.LessThanExpression);
        if (place.Model.GetConstantValue(end, place.Cancellation).Value is int last)
        {
            long rounds = (long)last - first + (isBelow ? 0 : 1);
            bool isAsWritten = first == 0 && isBelow;
            return !isBelow && !condition.IsKind(SyntaxKind.LessThanOrEqualExpression) || rounds is < 0 or > 1_000_000 ? null
                : isAsWritten ? end.ToString()
                : rounds.ToString(CultureInfo.InvariantCulture);
        }

        return
            isBelow
            && first == 0
            && end is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var property, Expression: var source }
            && Counted.Property(place.TypeOf(source)) == property
            ? Count(place, source, filled)
            : null;
    }

    private static string? Count(Place place, ExpressionSyntax source, ILocalSymbol filled) =>
        Counted.Property(place.TypeOf(source)) is { } property
        && IsStored(place, source)
        && !SymbolEqualityComparer.Default.Equals(place.SymbolOf(source), filled)
            ? $"{source}.{property}"
            : null;

    /// <summary>
    /// Whether the source is a variable or field, which gives the same value when it is read twice and has no side effect. Where it is null, the
    /// program fails one statement earlier, with the same exception.
    /// </summary>
    private static bool IsStored(Place place, ExpressionSyntax source) =>
        source switch
        {
            IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } => place.SymbolOf(source)
                is ILocalSymbol
                    or IParameterSymbol
                    or IFieldSymbol { IsVolatile: false },
            _ => false,
        };

    /// <summary>
    /// Whether each round of the loop adds one element, and nothing else in the method adds any or uses the capacity.
    /// </summary>
    private static bool AddsOnce(Place place, ILocalSymbol local, StatementSyntax body, string add)
    {
        StatementSyntax[] statements = body is BlockSyntax block ? [.. block.Statements] : [body];
        ExpressionStatementSyntax[] adding = [.. statements.OfType<ExpressionStatementSyntax>().Where(statement => IsAdd(statement.Expression))];
        return adding.Length == 1
            && !body.DescendantNodesAndSelf()
                .Any(static node =>
                    node
                        is BreakStatementSyntax
                            or ContinueStatementSyntax
                            or ReturnStatementSyntax
                            or GotoStatementSyntax
                            or YieldStatementSyntax
                            or AnonymousFunctionExpressionSyntax
                            or LocalFunctionStatementSyntax
                )
            && Variables
                .References(place.Model, place.Member!, local, place.Cancellation)
                .All(use => adding[0].Span.Contains(use.Span) ? use.Parent?.Parent == adding[0].Expression : IsRead(place, use));

        bool IsAdd(ExpressionSyntax expression) =>
            expression
                is InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax receiver, Name.Identifier.ValueText: var name },
                    ArgumentList.Arguments: var arguments
                }
            && name == add
            && SymbolEqualityComparer.Default.Equals(place.SymbolOf(receiver), local)
            // Only a character is known to append exactly one element to a text.
            && (add != "Append" || (arguments.Count == 1 && place.TypeOf(arguments[0].Expression)?.SpecialType == SpecialType.System_Char));
    }

    private static bool IsRead(Place place, IdentifierNameSyntax use) =>
        use.Parent switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: var member } access when access.Expression == use => member
                is not ("Capacity" or "EnsureCapacity" or "MaxCapacity" or "GetChunks")
                && !member.StartsWith("Add", StringComparison.Ordinal)
                && !member.StartsWith("TryAdd", StringComparison.Ordinal)
                && !member.StartsWith("Append", StringComparison.Ordinal)
                && !member.StartsWith("Insert", StringComparison.Ordinal),
            // Setting an element of a dictionary may add one.
            ElementAccessExpressionSyntax element => !Variables.IsWritten(element) || place.TypeOf(use) is { Name: "List" },
            ArgumentSyntax => place.TypeOf(use) is not { Name: "StringBuilder" },
            ReturnStatementSyntax or ArrowExpressionClauseSyntax or CommonForEachStatementSyntax or EqualsValueClauseSyntax => true,
            AssignmentExpressionSyntax assignment => assignment.Right == use,
            _ => false,
        };
}
