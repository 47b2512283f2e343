using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Prepare;

/// <summary>
/// Finds, by name, methods with a <c>[CallerMemberName]</c> parameter: a body that calls one must stay in a method of its
/// own name. Names decide, not types, so a body may be kept in place without need, never moved wrongly.
/// </summary>
internal static class CallerNames
{
    private const string AttributeName = "CallerMemberNameAttribute";

    /// <summary>Stands for any constructor: <c>new()</c> names no type.</summary>
    private const string Constructor = ".ctor";

    /// <summary>What query syntax calls without naming it.</summary>
    private static readonly string[] s_queryMethods =
        ["Cast", "GroupBy", "GroupJoin", "Join", "OrderBy", "OrderByDescending", "Select", "SelectMany", "ThenBy", "ThenByDescending", "Where"];

    /// <summary>Those that a file declares.</summary>
    public static IEnumerable<string> Takers(SyntaxNode root) =>
        from parameter in root.DescendantNodes().OfType<ParameterSyntax>()
        where parameter.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => AttributeNames.Simple(attribute) == "CallerMemberName")
        from name in parameter.Parent?.Parent switch
        {
            MethodDeclarationSyntax method => [method.Identifier.ValueText],
            BaseTypeDeclarationSyntax type => [type.Identifier.ValueText, Constructor],
            ConstructorDeclarationSyntax constructor => [constructor.Identifier.ValueText, Constructor],
            LocalFunctionStatementSyntax local => [local.Identifier.ValueText],
            IndexerDeclarationSyntax => ["get_Item", "set_Item"],
            _ => (string[])[],
        }
        select name;

    /// <summary>Whether a body calls one of <paramref name="takers"/>.</summary>
    public static bool Passes(SyntaxNode declaration, IReadOnlySet<string> takers) =>
        takers.Count > 0 && Shape.Body(declaration) is { } body && body.DescendantNodes().Any(node => node switch
        {
            InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } => takers.Contains(binding.Name.Identifier.ValueText),
            InvocationExpressionSyntax call => AttributeNames.Rightmost(call.Expression) is { } name && takers.Contains(name),
            ObjectCreationExpressionSyntax creation => AttributeNames.Rightmost(creation.Type) is { } name && takers.Contains(name),
            ImplicitObjectCreationExpressionSyntax => takers.Contains(Constructor),
            CollectionExpressionSyntax or InitializerExpressionSyntax { RawKind: (int)SyntaxKind.CollectionInitializerExpression } => takers.Contains("Add"),
            ElementAccessExpressionSyntax or ElementBindingExpressionSyntax or ImplicitElementAccessSyntax => takers.Contains("get_Item") || takers.Contains("set_Item"),
            QueryExpressionSyntax => s_queryMethods.Any(takers.Contains),
            _ => false,
        });

    /// <summary>Those that an assembly declares; none where the file is not one.</summary>
    public static IEnumerable<string> Takers(string assembly)
    {
        using FileStream file = File.OpenRead(assembly);
        using var image = new PEReader(file);
        if (!image.HasMetadata)
        {
            return [];
        }

        MetadataReader metadata = image.GetMetadataReader();
        bool known = metadata.TypeReferences.Any(handle => metadata.StringComparer.Equals(metadata.GetTypeReference(handle).Name, AttributeName))
            || metadata.TypeDefinitions.Any(handle => metadata.StringComparer.Equals(metadata.GetTypeDefinition(handle).Name, AttributeName));
        return known ? [.. Takers(metadata)] : [];
    }

    private static IEnumerable<string> Takers(MetadataReader metadata) =>
        from handle in metadata.MethodDefinitions
        let method = metadata.GetMethodDefinition(handle)
        where method.GetParameters().Any(parameter => metadata.GetParameter(parameter).GetCustomAttributes().Any(attribute => IsCallerMemberName(metadata, attribute)))
        let name = metadata.GetString(method.Name)
        from taker in name == Constructor ? [metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name), Constructor] : (string[])[name]
        select taker;

    private static bool IsCallerMemberName(MetadataReader metadata, CustomAttributeHandle handle)
    {
        EntityHandle constructor = metadata.GetCustomAttribute(handle).Constructor;
        StringHandle name = constructor.Kind == HandleKind.MethodDefinition
            ? metadata.GetTypeDefinition(metadata.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType()).Name
            : metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } type
                ? metadata.GetTypeReference((TypeReferenceHandle)type).Name
                : default;
        return !name.IsNil && metadata.StringComparer.Equals(name, AttributeName);
    }
}
