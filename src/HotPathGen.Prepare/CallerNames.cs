using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Prepare;

/// <summary>
/// Finds, by name, methods with a <c>[CallerMemberName]</c> parameter. A body that calls one must stay in a method of its own name. Only names
/// are compared, not types. So a body may be kept in place without need, but none is moved wrongly.
/// </summary>
internal static class CallerNames
{
    private const string AttributeName = "CallerMemberNameAttribute";

    /// <summary>Stands for any constructor, because <c>new()</c> names no type.</summary>
    private const string Constructor = ".ctor";

    /// <summary>Stands for the constructor of an interpolated-string handler, because an interpolated string calls it without naming it.</summary>
    private const string Handler = "$";

    private const string Deconstruction = "Deconstruct";

    private static readonly string[] s_handlers = [Handler, "AppendLiteral", "AppendFormatted"];
    private static readonly string[] s_loops =
    [
        "GetEnumerator",
        "MoveNext",
        "get_Current",
        "Dispose",
        "GetAsyncEnumerator",
        "MoveNextAsync",
        "DisposeAsync",
    ];
    private static readonly string[] s_awaits = ["GetAwaiter", "get_IsCompleted", "GetResult"];
    private static readonly string[] s_indexers = ["get_Item", "set_Item", "get_Length", "get_Count", "Slice"];

    /// <summary>The methods that query syntax calls without naming them.</summary>
    private static readonly string[] s_queryMethods =
    [
        "Cast",
        "GroupBy",
        "GroupJoin",
        "Join",
        "OrderBy",
        "OrderByDescending",
        "Select",
        "SelectMany",
        "ThenBy",
        "ThenByDescending",
        "Where",
    ];

    /// <summary>The names of such methods that a file declares.</summary>
    public static IEnumerable<string> Takers(SyntaxNode root) =>
        from parameter in root.DescendantNodes().OfType<ParameterSyntax>()
        where parameter.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => AttributeNames.Simple(attribute) == "CallerMemberName")
        from name in parameter.Parent?.Parent switch
        {
            MethodDeclarationSyntax method => [method.Identifier.ValueText],
            BaseTypeDeclarationSyntax type => ConstructorNames(type),
            ConstructorDeclarationSyntax { Parent: BaseTypeDeclarationSyntax type } => ConstructorNames(type),
            LocalFunctionStatementSyntax local => [local.Identifier.ValueText],
            IndexerDeclarationSyntax => ["get_Item", "set_Item"],
            _ => (string[])[],
        }
        select name;

    private static string[] ConstructorNames(BaseTypeDeclarationSyntax type) =>
        type.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => AttributeNames.Simple(attribute) == "InterpolatedStringHandler")
            ? [type.Identifier.ValueText, Constructor, Handler]
            : [type.Identifier.ValueText, Constructor];

    /// <summary>Whether a body calls one of <paramref name="takers"/>.</summary>
    public static bool Passes(SyntaxNode declaration, IReadOnlySet<string> takers) => Shape.Body(declaration) is { } body && PassesIn(body, takers);

    /// <summary>Whether code calls one of <paramref name="takers"/>.</summary>
    public static bool PassesIn(SyntaxNode code, IReadOnlySet<string> takers) =>
        takers.Count > 0
        && code.DescendantNodes()
            .Any(node =>
                node switch
                {
                    InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } => takers.Contains(
                        binding.Name.Identifier.ValueText
                    ),
                    InvocationExpressionSyntax call => AttributeNames.Rightmost(call.Expression) is { } name && takers.Contains(name),
                    ObjectCreationExpressionSyntax creation => AttributeNames.Rightmost(creation.Type) is { } name && takers.Contains(name),
                    ImplicitObjectCreationExpressionSyntax => takers.Contains(Constructor),
                    CollectionExpressionSyntax or InitializerExpressionSyntax { RawKind: (int)SyntaxKind.CollectionInitializerExpression } =>
                        takers.Contains("Add"),
                    ElementAccessExpressionSyntax or ElementBindingExpressionSyntax or ImplicitElementAccessSyntax or ListPatternSyntax =>
                        s_indexers.Any(takers.Contains),
                    InterpolatedStringExpressionSyntax => s_handlers.Any(takers.Contains),
                    CommonForEachStatementSyntax loop => s_loops.Any(takers.Contains)
                        || (loop is ForEachVariableStatementSyntax && takers.Contains(Deconstruction)),
                    UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: (int)SyntaxKind.UsingKeyword } => takers.Contains(
                        "Dispose"
                    ) || takers.Contains("DisposeAsync"),
                    AwaitExpressionSyntax => s_awaits.Any(takers.Contains),
                    AssignmentExpressionSyntax { Left: TupleExpressionSyntax or DeclarationExpressionSyntax } or PositionalPatternClauseSyntax =>
                        takers.Contains(Deconstruction),
                    FixedStatementSyntax => takers.Contains("GetPinnableReference"),
                    QueryExpressionSyntax => s_queryMethods.Any(takers.Contains),
                    _ => false,
                }
            );

    /// <summary>The names of such methods that an assembly declares; none where the file is not an assembly.</summary>
    public static IEnumerable<string> Takers(string assembly)
    {
        using var file = File.OpenRead(assembly);
        using var image = new PEReader(file);
        if (!image.HasMetadata)
        {
            return [];
        }

        var metadata = image.GetMetadataReader();
        bool known =
            metadata.TypeReferences.Any(handle => metadata.StringComparer.Equals(metadata.GetTypeReference(handle).Name, AttributeName))
            || metadata.TypeDefinitions.Any(handle => metadata.StringComparer.Equals(metadata.GetTypeDefinition(handle).Name, AttributeName));
        return known ? [.. Takers(metadata)] : [];
    }

    private static IEnumerable<string> Takers(MetadataReader metadata) =>
        from handle in metadata.MethodDefinitions
        let method = metadata.GetMethodDefinition(handle)
        where
            method
                .GetParameters()
                .Any(parameter => metadata.GetParameter(parameter).GetCustomAttributes().Any(attribute => IsOf(metadata, attribute, AttributeName)))
        let name = metadata.GetString(method.Name)
        from taker in name == Constructor ? ConstructorNames(metadata, metadata.GetTypeDefinition(method.GetDeclaringType())) : [name]
        select taker;

    private static string[] ConstructorNames(MetadataReader metadata, TypeDefinition type) =>
        type.GetCustomAttributes().Any(attribute => IsOf(metadata, attribute, "InterpolatedStringHandlerAttribute"))
            ? [metadata.GetString(type.Name), Constructor, Handler]
            : [metadata.GetString(type.Name), Constructor];

    private static bool IsOf(MetadataReader metadata, CustomAttributeHandle handle, string attributeName)
    {
        var constructor = metadata.GetCustomAttribute(handle).Constructor;
        var name =
            constructor.Kind == HandleKind.MethodDefinition
                ? metadata.GetTypeDefinition(metadata.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType()).Name
            : metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } type
                ? metadata.GetTypeReference((TypeReferenceHandle)type).Name
            : default;
        return !name.IsNil && metadata.StringComparer.Equals(name, attributeName);
    }
}
