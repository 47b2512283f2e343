using System.Composition;
using System.Globalization;
using HotPathGen.Generator.Parsing;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.CodeFixes;

/// <summary>
/// Turns an array that only its method uses into a pooled span. The span is cleared at the place where the array was made, because new arrays are
/// cleared. Its length must be known when the method is called, and a wrong length must fail there as it failed for the array.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ScratchFix() : Fix(RuleIds.AllocatesArray, RuleIds.BreaksContract)
{
    private protected override Proposal? Propose(Place place)
    {
        if (
            place.Node
                is not ArrayCreationExpressionSyntax
                {
                    Initializer: null,
                    Type.RankSpecifiers: [{ Sizes: [var size] }, ..],
                    Parent: EqualsValueClauseSyntax
                    {
                        Parent: VariableDeclaratorSyntax
                        {
                            Parent: VariableDeclarationSyntax
                            {
                                Variables.Count: 1,
                                Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Parent: BlockSyntax } statement
                            }
                        } variable
                    }
                } creation
            || place.Member is not MethodDeclarationSyntax { Body: { } body } method
            || Shape.IsDeferred(method)
            || statement
                .Ancestors()
                .TakeWhile(node => node != body)
                .Any(static node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
            || place.Model.GetDeclaredSymbol(method, place.Cancellation) is not IMethodSymbol symbol
            || place.TypeOf(creation) is not IArrayTypeSymbol { IsSZArray: true, ElementType: var element }
            || place.Model.GetDeclaredSymbol(variable, place.Cancellation) is not ILocalSymbol { IsConst: false } local
            || !Variables.IsFixed(place, local)
        )
        {
            return null;
        }

        string name = local.Name;
        var proposal = new Proposal($"Make '{name}' a pooled span, on the stack where it is small", "Make scratch arrays pooled spans");
        if (
            !IsAlone(place, method, variable, local)
            || !Follow(place, method, local, proposal)
            || Length(place, method, symbol, size, isFirst: body.Statements[0] == statement, name) is not var (attribute, beside)
        )
        {
            return null;
        }

        string parameter = $"[{Attribute(place)}({attribute})] scoped {place.WriteSystem("Span", place.Write(element))} {variable.Identifier.Text}";
        proposal.Replace(statement, $"{variable.Identifier.Text}.Clear();");
        if (IsCore(symbol))
        {
            var list = method.ParameterList;
            proposal.Insert(place.Tree, list.CloseParenToken.SpanStart, (list.Parameters.Count > 0 ? ", " : "") + parameter);
            if (beside.Length > 0)
            {
                proposal.Insert(place.Tree, method.Span.End, $"{Pairing.NewLine(method)}{Pairing.NewLine(method)}{Pairing.Indent(method)}{beside}");
            }

            return symbol.Parameters.LastOrDefault() is { IsParams: true } ? null : proposal;
        }

        if (!Pairable.Is(method, symbol, place.Model, place.Cancellation))
        {
            return null;
        }

        Pairing.Split(proposal, method, parameter, beside);
        return proposal;
    }

    private static string Attribute(Place place)
    {
        string name = place.Compilation.GetTypeByMetadataName("HotPathGen.PooledAttribute") is { } attribute
            ? place.Write(attribute)
            : "PooledAttribute";
        return name.Substring(0, name.Length - "Attribute".Length);
    }

    private static bool IsCore(IMethodSymbol method) =>
        !method.IsPartialDefinition
        && method.PartialDefinitionPart is null
        && method
            .ContainingType.GetMembers()
            .OfType<IMethodSymbol>()
            .Any(other =>
                other.IsPartialDefinition
                && Pairable.CoreName(other.Name) == method.Name
                && other.Parameters.Length <= method.Parameters.Length
                && other
                    .Parameters.Zip(method.Parameters, static (a, b) => SymbolEqualityComparer.Default.Equals(a.Type, b.Type))
                    .All(static same => same)
            );

    /// <summary>Whether nothing else in the method has the name. As a parameter the name holds for the whole method.</summary>
    private static bool IsAlone(Place place, MethodDeclarationSyntax method, VariableDeclaratorSyntax variable, ILocalSymbol local)
    {
        int references = Variables.References(place.Model, method, local, place.Cancellation).Count();
        return method.DescendantTokens().Count(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == variable.Identifier.ValueText)
            == references + 1;
    }

    /// <summary>Whether a span has each use of the array too, in the same words or in others.</summary>
    private static bool Follow(Place place, MethodDeclarationSyntax method, ILocalSymbol local, Proposal proposal)
    {
        if (local.Type is INamedTypeSymbol { Name: "Span", ContainingNamespace.Name: "System" })
        {
            return true;
        }

        return local.Type is IArrayTypeSymbol
            && Variables.References(place.Model, method, local, place.Cancellation).All(use => Follow(place, use, proposal));
    }

    private static bool Follow(Place place, IdentifierNameSyntax use, Proposal proposal)
    {
        switch (use.Parent)
        {
            case ElementAccessExpressionSyntax { ArgumentList.Arguments: [var index] } element when element.Expression == use:
                return place.Model.GetTypeInfo(index.Expression, place.Cancellation).ConvertedType?.Name != "Range";
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" } access:
                return access.Expression == use;
            case CommonForEachStatementSyntax loop:
                return loop.Expression == use;
            case MemberAccessExpressionSyntax
            {
                Name: IdentifierNameSyntax { Identifier.ValueText: "AsSpan" } name,
                Parent: InvocationExpressionSyntax { ArgumentList.Arguments: var arguments } call
            } access when access.Expression == use:
                if (arguments.Count == 0)
                {
                    proposal.Change(place.Tree, TextSpan.FromBounds(use.Span.End, call.Span.End), "");
                    return true;
                }

                proposal.Replace(name, "Slice");
                return arguments.All(argument =>
                    place.Model.GetTypeInfo(argument.Expression, place.Cancellation).ConvertedType?.SpecialType == SpecialType.System_Int32
                );
            case ArgumentSyntax
            {
                RefKindKeyword.RawKind: 0,
                Parent: ArgumentListSyntax { Parent: BaseObjectCreationExpressionSyntax creation } list
            } argument when place.TypeOf(creation)?.SpecialType == SpecialType.System_String && list.Arguments[0] == argument:
                if (list.Arguments.Count == 3)
                {
                    proposal.Change(place.Tree, TextSpan.FromBounds(argument.Span.End, list.Arguments[1].SpanStart), ".Slice(");
                    proposal.Insert(place.Tree, list.Arguments[2].Span.End, ")");
                }

                return list.Arguments.All(static other => other.NameColon is null);
            case ArgumentSyntax { RefKindKeyword.RawKind: 0 } or EqualsValueClauseSyntax:
                return place.Model.GetTypeInfo(use, place.Cancellation).ConvertedType
                    is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", ContainingNamespace.Name: "System" };
            default:
                return false;
        }
    }

    /// <summary>
    /// The argument of the attribute, and the method that it names. A length that is negative or too large, and a null, now fail before the body
    /// begins. So making the array must be the first thing that the body does.
    /// </summary>
    private static (string Attribute, string Beside)? Length(
        Place place,
        MethodDeclarationSyntax method,
        IMethodSymbol symbol,
        ExpressionSyntax size,
        bool isFirst,
        string name
    )
    {
        if (place.Model.GetConstantValue(size, place.Cancellation).Value is int constant)
        {
            bool isLocal = size.DescendantNodesAndSelf().Any(node => place.SymbolOf(node) is ILocalSymbol);
            return constant < 0 ? null : (isLocal ? constant.ToString(CultureInfo.InvariantCulture) : size.ToString(), "");
        }

        if (
            !isFirst
            || Computed(place, size) is not var (expression, parameter)
            || symbol.IsGenericMethod
            || parameter.DeclaringSyntaxReferences is not [var reference]
            || reference.GetSyntax(place.Cancellation) is not ParameterSyntax { Type: { } type }
            || !SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, symbol)
            || parameter.RefKind != RefKind.None
            || !Variables.IsFixed(place, parameter)
        )
        {
            return null;
        }

        string length = $"{symbol.Name}{char.ToUpperInvariant(name[0])}{name.Substring(1)}Length";
        return symbol.ContainingType.GetMembers(length).Length > 0
            ? null
            : ($"Length = nameof({length})", $"private static int {length}({type} {parameter.Name}) => {expression};");
    }

    /// <summary>
    /// A length that is computed from one parameter. Where it overflows to a negative length, it throws OverflowException as the array does. Twice a
    /// length, or a length plus a constant, cannot overflow to anything else.
    /// </summary>
    private static (string Expression, IParameterSymbol Parameter)? Computed(Place place, ExpressionSyntax size) =>
        size switch
        {
            ParenthesizedExpressionSyntax parenthesized => Computed(place, parenthesized.Expression),
            IdentifierNameSyntax name when place.SymbolOf(name) is IParameterSymbol { Type.SpecialType: SpecialType.System_Int32 } parameter => (
                $"(int)checked((uint){name})",
                parameter
            ),
            IdentifierNameSyntax name
                when place.SymbolOf(name) is IParameterSymbol { Type.SpecialType: SpecialType.System_Byte or SpecialType.System_UInt16 } parameter =>
                (name.ToString(), parameter),
            MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner } access
                when place.SymbolOf(owner) is IParameterSymbol parameter && IsLength(access, parameter.Type) => (access.ToString(), parameter),
            BinaryExpressionSyntax { Left: MemberAccessExpressionSyntax left, Right: var right } sum
                when Computed(place, left) is var (expression, parameter)
                    && place.Model.GetConstantValue(right, place.Cancellation).Value is int number
                    && (sum.IsKind(SyntaxKind.AddExpression) ? number >= 0 : sum.IsKind(SyntaxKind.MultiplyExpression) && number is 1 or 2)
                    && !right.DescendantNodesAndSelf().Any(node => place.SymbolOf(node) is ILocalSymbol) => (
                $"checked({expression} {sum.OperatorToken} {right})",
                parameter
            ),
            _ => null,
        };

    private static bool IsLength(MemberAccessExpressionSyntax access, ITypeSymbol type) =>
        Counted.Property(type) == access.Name.Identifier.ValueText
        && type is IArrayTypeSymbol or { SpecialType: SpecialType.System_String } or { Name: "Span" or "ReadOnlySpan" or "List" };
}
