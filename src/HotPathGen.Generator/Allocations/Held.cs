using HotPathGen.Generator.Library;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Allocations;

/// <summary>
/// Finds the types that fields, properties and locals of interface types hold, from all that the source assigns to them. The JIT profiles the types
/// that come by. It keeps the enumerators of the usual collections off the heap as long as they are of one kind. It does not do so without its
/// profile, or where loops are nested. For an array in a static readonly field it needs no profile.
/// </summary>
internal sealed class Held(MethodAllocations methods, Bodies bodies, CancellationToken cancellation)
{
    private const int Deepest = 3;

    // The enumerators of these were measured to stay off the heap (playground/Allocations). Those of sorted and immutable collections do not.
    private static readonly HashSet<string> s_usual = ["List`1", "HashSet`1", "Dictionary`2", "LinkedList`1", "Queue`1", "Stack`1"];

    private enum Kind
    {
        Unknown,
        Usual,
        Array,
    }

    /// <summary>
    /// How sure it is that a loop's enumerator is allocated. The parameter <paramref name="certainty"/> is the answer for the type that the loop
    /// names.
    /// </summary>
    public Certainty Enumerator(IOperation loop, Certainty certainty)
    {
        if (loop is not IForEachLoopOperation { Collection: var collection })
        {
            return certainty;
        }

        var named = Named(collection);
        return KindOf(named, 0) switch
        {
            Kind.Array when named is IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } } && !OffHeap.IsInLoop(loop) =>
                Certainty.OnlyUnoptimized,
            Kind.Array or Kind.Usual => Certainty.Sometimes,
            _ => certainty,
        };
    }

    private Kind KindOf(IOperation value, int depth) =>
        Named(value) switch
        {
            IObjectCreationOperation or ICollectionExpressionOperation or IArrayCreationOperation => OfType(Named(value).Type),
            IFieldReferenceOperation { Field: var field } when depth < Deepest => OfMember(field, depth),
            IPropertyReferenceOperation { Property: { SetMethod: null or { DeclaredAccessibility: Accessibility.Private } } property }
                when depth < Deepest && IsOwn(property) => OfMember(property, depth),
            ILocalReferenceOperation { Local: var local } when depth < Deepest => OfLocal(local, value, depth),
            _ => Kind.Unknown,
        };

    private static Kind OfType(ITypeSymbol? type) =>
        type switch
        {
            IArrayTypeSymbol { Rank: 1 } => Kind.Array,
            // A collection expression makes an array for interfaces without a method to add elements, and a list for the others.
            INamedTypeSymbol { TypeKind: TypeKind.Interface, MetadataName: "IEnumerable`1" or "IReadOnlyCollection`1" or "IReadOnlyList`1" } =>
                Kind.Array,
            INamedTypeSymbol { TypeKind: TypeKind.Interface, MetadataName: "ICollection`1" or "IList`1" } => Kind.Usual,
            INamedTypeSymbol named
                when s_usual.Contains(named.MetadataName) && named.ContainingNamespace?.ToDisplayString() == "System.Collections.Generic" =>
                Kind.Usual,
            _ => Kind.Unknown,
        };

    private static IOperation Named(IOperation value)
    {
        while (value is IConversionOperation { OperatorMethod: null, Operand: var operand })
        {
            value = operand;
        }

        return value;
    }

    private static bool IsOwn(IPropertySymbol property) =>
        property is { IsAbstract: false, IsVirtual: false, IsOverride: false } && AutoProperties.HasField(property);

    /// <summary>The kinds of values that a type assigns to a member of its own, to which no other type can assign.</summary>
    private Kind OfMember(ISymbol member, int depth)
    {
        var definition = member.OriginalDefinition;
        if (
            definition.DeclaringSyntaxReferences.Length == 0
            || (definition is IFieldSymbol { IsReadOnly: false, DeclaredAccessibility: not Accessibility.Private })
            || !definition.ContainingType.DeclaringSyntaxReferences.All(reference => methods.Compilation.ContainsSyntaxTree(reference.SyntaxTree))
        )
        {
            return Kind.Unknown;
        }

        bodies.Remember(definition.ContainingType);
        var kinds = new HashSet<Kind>();
        foreach (var type in definition.ContainingType.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)))
        {
            var model = methods.Model(type.SyntaxTree);
            foreach (var node in type.DescendantNodes())
            {
                if (
                    Assigned(node, definition, model) is var (isAssigned, value)
                    && isAssigned
                    && !(value is not null && model.GetConstantValue(value, cancellation) is { HasValue: true, Value: null })
                )
                {
                    kinds.Add(
                        value is not null && model.GetOperation(value, cancellation) is { } operation ? KindOf(operation, depth + 1) : Kind.Unknown
                    );
                }
            }
        }

        return Together(kinds);
    }

    /// <summary>Whether a node assigns a value to the member, and which value; null if the value is not visible.</summary>
    private (bool IsAssigned, ExpressionSyntax? Value) Assigned(SyntaxNode node, ISymbol member, SemanticModel model)
    {
        switch (node)
        {
            case VariableDeclaratorSyntax { Initializer.Value: var value } declarator
                when declarator.Identifier.ValueText == member.Name && IsMember(model.GetDeclaredSymbol(declarator, cancellation)):
                return (true, value);
            case PropertyDeclarationSyntax { Initializer.Value: var value } property
                when property.Identifier.ValueText == member.Name && IsMember(model.GetDeclaredSymbol(property, cancellation)):
                return (true, value);
            case IdentifierNameSyntax name when name.Identifier.ValueText == member.Name:
                SyntaxNode whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
                return whole.Parent switch
                {
                    AssignmentExpressionSyntax assignment when assignment.Left == whole && IsNamed() => (true, assignment.Right),
                    ArgumentSyntax { RefKindKeyword.RawKind: not 0 }
                    or RefExpressionSyntax
                    or ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax } } when IsNamed() => (true, null),
                    _ => (false, null),
                };

                bool IsNamed() => IsMember(model.GetSymbolInfo(name, cancellation).Symbol);
            default:
                return (false, null);
        }

        bool IsMember(ISymbol? symbol) => SymbolEqualityComparer.Default.Equals(symbol?.OriginalDefinition, member);
    }

    private Kind OfLocal(ILocalSymbol local, IOperation use, int depth)
    {
        var kinds = new HashSet<Kind>();
        foreach (var operation in use.Whole().Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Symbol: var declared } declarator
                    when Same(declared) && declarator.GetVariableInitializer() is { Value: var value }:
                    kinds.Add(KindOf(value, depth + 1));
                    break;
                case ILocalReferenceOperation { Local: var named } when Same(named):
                    kinds.UnionWith(
                        operation.Parent switch
                        {
                            ISimpleAssignmentOperation assignment when assignment.Target == operation => [KindOf(assignment.Value, depth + 1)],
                            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } or ITupleOperation or ICoalesceAssignmentOperation =>
                                [Kind.Unknown],
                            _ => [],
                        }
                    );
                    break;
            }
        }

        return Together(kinds);

        bool Same(ILocalSymbol other) => SymbolEqualityComparer.Default.Equals(other, local);
    }

    private static Kind Together(HashSet<Kind> kinds) =>
        kinds.Count == 0 || kinds.Contains(Kind.Unknown) ? Kind.Unknown
        : kinds.Contains(Kind.Usual) ? Kind.Usual
        : Kind.Array;
}
