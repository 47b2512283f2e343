using System.Composition;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.CodeFixes;

/// <summary>
/// Turns the <c>params</c> array of a method that no other assembly can call into a span. Callers then put the values on the stack. This is done only
/// where the method reads no more than elements and length, where it is only called, and where no array that it gets could be null.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ParamsSpanFix() : Fix(RuleIds.AllocatesParamsArray, RuleIds.BreaksContract)
{
    private protected override Proposal? Propose(Place place)
    {
        if (
            place.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call
            || place.SymbolOf(call) is not IMethodSymbol called
            || ((CSharpParseOptions)place.Tree.Options).LanguageVersion < LanguageVersion.CSharp13
        )
        {
            return null;
        }

        var method = (called.ReducedFrom ?? called).OriginalDefinition;
        if (
            !IsOwn(method, place.Compilation)
            || method.DeclaringSyntaxReferences is not [var reference]
            || reference.GetSyntax(place.Cancellation) is not MethodDeclarationSyntax declaration
            || Shape.IsDeferred(declaration)
            || Shape.Body(declaration) is not { } body
            || method.Parameters.LastOrDefault() is not { IsParams: true, Type: IArrayTypeSymbol { IsSZArray: true } } parameter
            || declaration.ParameterList.Parameters.Last().Type is not ArrayTypeSyntax { RankSpecifiers.Count: 1 } type
        )
        {
            return null;
        }

        var model = place.Compilation.GetSemanticModel(declaration.SyntaxTree);
        if (!Variables.References(model, body, parameter, place.Cancellation).All(use => IsRead(use, model, place.Cancellation)))
        {
            return null;
        }

        var proposal = new Proposal($"Make 'params {type} {parameter.Name}' of '{method.Name}' a span", "Make params arrays spans");
        proposal.Replace(type, Place.WriteSystem(model, type.SpanStart, "ReadOnlySpan", type.ElementType.ToString()));
        return Callers(place, method, proposal) ? proposal : null;
    }

    /// <summary>
    /// Whether a method of this assembly cannot be overridden, cannot be confused with another method and cannot be called from elsewhere.
    /// </summary>
    private static bool IsOwn(IMethodSymbol method, Compilation compilation)
    {
        bool isPrivate = false;
        for (ISymbol symbol = method; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            isPrivate |=
                symbol.DeclaredAccessibility is Accessibility.Private
                || (
                    symbol.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedAndInternal
                    && !compilation.Assembly.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "InternalsVisibleToAttribute")
                );
        }

        return isPrivate
            && method
                is {
                    MethodKind: MethodKind.Ordinary,
                    IsVirtual: false,
                    IsAbstract: false,
                    IsOverride: false,
                    IsExtern: false,
                    IsPartialDefinition: false,
                    PartialDefinitionPart: null
                }
            && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, compilation.Assembly)
            && method.ContainingType.TypeKind is TypeKind.Class or TypeKind.Struct
            && method.ContainingType.GetMembers(method.Name).Length == 1
            && !method.ContainingType.AllInterfaces.SelectMany(face => face.GetMembers(method.Name)).Any();
    }

    private static bool IsRead(IdentifierNameSyntax use, SemanticModel model, CancellationToken cancellation) =>
        use.Parent switch
        {
            ElementAccessExpressionSyntax { ArgumentList.Arguments: [var index] } element => !Variables.IsWritten(element)
                && model.GetTypeInfo(index.Expression, cancellation).ConvertedType?.Name != "Range"
                && element.Parent is not (MemberAccessExpressionSyntax or ConditionalAccessExpressionSyntax)
                || (
                    element.Parent is MemberAccessExpressionSyntax or ConditionalAccessExpressionSyntax
                    && model.GetTypeInfo(element, cancellation).Type is { } type
                    && Variables.IsImmutable(type)
                    && model.GetTypeInfo(index.Expression, cancellation).ConvertedType?.Name != "Range"
                ),
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" } access => access.Expression == use,
            CommonForEachStatementSyntax loop => loop.Expression == use,
            ArgumentSyntax => model.GetTypeInfo(use, cancellation).ConvertedType
                is INamedTypeSymbol { Name: "ReadOnlySpan", ContainingNamespace.Name: "System" },
            _ => false,
        };

    /// <summary>Whether every use of the method's name is a call, with single values or with an array that is not null.</summary>
    private static bool Callers(Place place, IMethodSymbol method, Proposal proposal)
    {
        foreach (var tree in place.Compilation.SyntaxTrees)
        {
            if (!tree.GetText(place.Cancellation).ToString().Contains(method.Name))
            {
                continue;
            }

            var model = place.Compilation.GetSemanticModel(tree);
            foreach (
                var name in tree.GetRoot(place.Cancellation)
                    .DescendantNodes()
                    .OfType<SimpleNameSyntax>()
                    .Where(name => name.Identifier.ValueText == method.Name)
            )
            {
                var info = model.GetSymbolInfo(name, place.Cancellation);
                if (
                    !info
                        .CandidateSymbols.Concat(info.Symbol is null ? [] : [info.Symbol])
                        .OfType<IMethodSymbol>()
                        .Any(found => SymbolEqualityComparer.Default.Equals((found.ReducedFrom ?? found).OriginalDefinition, method))
                )
                {
                    continue;
                }

                ExpressionSyntax callee = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
                if (callee.Parent is not InvocationExpressionSyntax call || call.Expression != callee)
                {
                    if (
                        callee.Parent is ArgumentSyntax
                        {
                            Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } }
                        }
                    )
                    {
                        continue;
                    }

                    return false;
                }

                if (
                    info.Symbol is null
                    || model.GetOperation(call, place.Cancellation) is not IInvocationOperation invocation
                    || !invocation.Arguments.All(IsGiven)
                )
                {
                    return false;
                }

                proposal.Affects(tree);
            }
        }

        return true;

        static bool IsGiven(IArgumentOperation argument) =>
            argument.Parameter is not { IsParams: true }
            || argument.ArgumentKind != ArgumentKind.Explicit
            || argument.Value is IArrayCreationOperation
            || argument.Syntax is ArgumentSyntax { Expression: ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax };
    }
}
