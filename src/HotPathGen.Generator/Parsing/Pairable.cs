using System.Linq;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Parsing;

/// <summary>
/// Decides whether a user could write an ordinary method as a pair without a change of meaning, in production builds and in measured builds.
/// </summary>
internal static class Pairable
{
    private const string Suffix = "Core";

    public static string CoreName(string method) => method + Suffix;

    /// <summary>Whether a method could be a pair. Binds the body of a method only after it has passed the other tests.</summary>
    public static bool Is(MethodDeclarationSyntax declaration, IMethodSymbol method, SemanticModel model, CancellationToken cancellation) =>
        // Before C# 9, partial methods return nothing.
        ((CSharpParseOptions)declaration.SyntaxTree.Options).LanguageVersion >= LanguageVersion.CSharp9
        && Shape.Of(declaration).Form == Form.Pair
        && !declaration.ContainsDirectivesIn(declaration.ParameterList)
        && IsFree(CoreName(method.Name), method)
        && model.GetOperation(declaration, cancellation) is { } body
        && !PassesItsName(body);

    /// <summary>
    /// Whether the head contains directives. The parameters of a core are written on one line with nothing left out, so there must be none.
    /// </summary>
    private static bool ContainsDirectivesIn(this MethodDeclarationSyntax declaration, ParameterListSyntax list) =>
        list.ContainsDirectives
        || declaration.ConstraintClauses.Any(clause => clause.ContainsDirectives)
        || declaration.ReturnType.ContainsDirectives;

    /// <summary>
    /// Whether a core may have the name. If something else has that name, the core would take calls from it. From the cores of the method's overloads
    /// it takes no calls.
    /// </summary>
    private static bool IsFree(string name, IMethodSymbol method)
    {
        for (var outer = method.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            for (var type = outer; type is not null; type = type.BaseType)
            {
                if (type.GetMembers(name).Any(member => !IsCoreOfOverload(member)))
                {
                    return false;
                }
            }
        }

        return true;

        bool IsCoreOfOverload(ISymbol member) =>
            member is IMethodSymbol core
            && SymbolEqualityComparer.Default.Equals(core.ContainingType, method.ContainingType)
            && method
                .ContainingType.GetMembers(method.Name)
                .OfType<IMethodSymbol>()
                .Any(overload =>
                    overload.IsPartialDefinition
                    && overload.Parameters.Length <= core.Parameters.Length
                    && overload
                        .Parameters.Zip(core.Parameters, static (a, b) => SymbolEqualityComparer.Default.Equals(a.Type, b.Type))
                        .All(static same => same)
                );
    }

    private static bool PassesItsName(IOperation body) =>
        body.Descendants()
            .Any(static operation =>
                operation is IArgumentOperation { ArgumentKind: ArgumentKind.DefaultValue, Parameter: { } parameter }
                && parameter.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "CallerMemberNameAttribute")
            );
}
