using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Prepare;

/// <summary>
/// Finds, by name and number of arguments, methods with a <c>[CallerMemberName]</c> parameter. A body that calls one must stay in a method of its own
/// name. Types are not compared. So a body may be kept in place without need, but none is moved wrongly.
/// </summary>
/// <remarks>
/// A set of such methods, <c>takers</c>, has each of them by name alone, for code that calls it without naming it. It also has each with the numbers
/// of arguments that leave the name out: <c>Log(1)</c>.
/// </remarks>
internal static class CallerNames
{
    private const string AttributeName = "CallerMemberNameAttribute";

    /// <summary>Stands for any constructor, because <c>new()</c> names no type.</summary>
    private const string Constructor = ".ctor";

    /// <summary>Stands for the constructor of an interpolated-string handler, because an interpolated string calls it without naming it.</summary>
    private const string Handler = "$";

    private const string Deconstruction = "Deconstruct";
    private const string HandlerAttribute = "InterpolatedStringHandler";

    /// <summary>Follows the name of a method that a call can leave the name out of with any number of arguments.</summary>
    private const string AnyArguments = "(*)";

    private static readonly string[] s_params = ["ParamArrayAttribute", "ParamCollectionAttribute"];

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

    /// <summary>Such methods that a file declares.</summary>
    public static IEnumerable<string> Takers(SyntaxNode root) =>
        from parameter in root.DescendantNodes().OfType<ParameterSyntax>()
        where Has(parameter.AttributeLists, "CallerMemberName")
        from name in parameter.Parent?.Parent switch
        {
            MethodDeclarationSyntax method => [method.Identifier.ValueText],
            BaseTypeDeclarationSyntax type => ConstructorNames(type.Identifier.ValueText, Has(type.AttributeLists, HandlerAttribute)),
            ConstructorDeclarationSyntax { Parent: BaseTypeDeclarationSyntax type } => ConstructorNames(
                type.Identifier.ValueText,
                Has(type.AttributeLists, HandlerAttribute)
            ),
            LocalFunctionStatementSyntax local => [local.Identifier.ValueText],
            IndexerDeclarationSyntax => ["get_Item", "set_Item"],
            _ => (string[])[],
        }
        from taker in WithArguments(name, Arguments((BaseParameterListSyntax)parameter.Parent!))
        select taker;

    private static bool Has(SyntaxList<AttributeListSyntax> lists, string attributeName) =>
        lists.SelectMany(list => list.Attributes).Any(attribute => AttributeNames.Simple(attribute) == attributeName);

    private static string[] ConstructorNames(string type, bool isHandler) => isHandler ? [type, Constructor, Handler] : [type, Constructor];

    /// <summary>The numbers of arguments with which a call can leave the name out; null if it can be any number.</summary>
    private static (int Least, int Most)? Arguments(BaseParameterListSyntax list)
    {
        var parameters = list.Parameters;
        return parameters.Any(parameter => parameter.Modifiers.Any(SyntaxKind.ParamsKeyword))
            ? null
            // A parameter with attributes may have its default value by one, and in a partial member the other part may say it.
            : (
                list.Parent is MemberDeclarationSyntax member && member.Modifiers.Any(SyntaxKind.PartialKeyword)
                    ? 0
                    // An extension method gets its first argument before its name.
                    : parameters.Count(parameter =>
                        parameter.Default is null && parameter.AttributeLists.Count == 0 && !parameter.Modifiers.Any(SyntaxKind.ThisKeyword)
                    ),
                // A member of an extension block may also be called with the value that it extends.
                list.Parent?.Parent is ExtensionBlockDeclarationSyntax
                    ? parameters.Count
                    : parameters.Count - 1
            );
    }

    private static IEnumerable<string> WithArguments(string name, (int Least, int Most)? arguments) =>
        arguments is var (least, most)
            ? Enumerable.Range(least, Math.Max(0, most - least + 1)).Select(count => WithArguments(name, count)).Prepend(name)
            : [name, name + AnyArguments];

    private static string WithArguments(string name, int count) => $"{name}({count})";

    private static bool IsCalled(string? name, int arguments, IReadOnlySet<string> takers) =>
        name is not null && takers.Contains(name) && (takers.Contains(name + AnyArguments) || takers.Contains(WithArguments(name, arguments)));

    /// <summary>The nodes in code that may call one of <paramref name="takers"/>, as far as names and numbers of arguments tell.</summary>
    public static IEnumerable<SyntaxNode> PassingIn(SyntaxNode code, IReadOnlySet<string> takers) =>
        takers.Count == 0
            ? []
            : code.DescendantNodes()
                .Where(node =>
                    node switch
                    {
                        InvocationExpressionSyntax call => IsCalled(
                            call.Expression is MemberBindingExpressionSyntax binding
                                ? binding.Name.Identifier.ValueText
                                : AttributeNames.Rightmost(call.Expression),
                            call.ArgumentList.Arguments.Count,
                            takers
                        ),
                        ObjectCreationExpressionSyntax creation => IsCalled(
                            AttributeNames.Rightmost(creation.Type),
                            creation.ArgumentList?.Arguments.Count ?? 0,
                            takers
                        ),
                        ImplicitObjectCreationExpressionSyntax creation => IsCalled(Constructor, creation.ArgumentList.Arguments.Count, takers),
                        CollectionExpressionSyntax or InitializerExpressionSyntax { RawKind: (int)SyntaxKind.CollectionInitializerExpression } =>
                            takers.Contains("Add"),
                        ElementAccessExpressionSyntax or ElementBindingExpressionSyntax or ImplicitElementAccessSyntax or ListPatternSyntax =>
                            s_indexers.Any(takers.Contains),
                        InterpolatedStringExpressionSyntax => s_handlers.Any(takers.Contains),
                        CommonForEachStatementSyntax loop => s_loops.Any(takers.Contains)
                            || (loop is ForEachVariableStatementSyntax && takers.Contains(Deconstruction)),
                        UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: (int)SyntaxKind.UsingKeyword } =>
                            takers.Contains("Dispose") || takers.Contains("DisposeAsync"),
                        AwaitExpressionSyntax => s_awaits.Any(takers.Contains),
                        AssignmentExpressionSyntax { Left: TupleExpressionSyntax or DeclarationExpressionSyntax } or PositionalPatternClauseSyntax =>
                            takers.Contains(Deconstruction),
                        FixedStatementSyntax => takers.Contains("GetPinnableReference"),
                        QueryExpressionSyntax => s_queryMethods.Any(takers.Contains),
                        _ => false,
                    }
                );

    /// <summary>Such methods of an assembly that code of another assembly can call.</summary>
    /// <param name="metadata">The assembly.</param>
    /// <param name="caller">The name of the assembly that calls them.</param>
    public static IEnumerable<string> Takers(MetadataReader metadata, string caller)
    {
        bool known =
            metadata.TypeReferences.Any(handle => metadata.StringComparer.Equals(metadata.GetTypeReference(handle).Name, AttributeName))
            || metadata.TypeDefinitions.Any(handle => metadata.StringComparer.Equals(metadata.GetTypeDefinition(handle).Name, AttributeName));
        return known ? Takers(metadata, new Visibility(metadata, caller)) : [];
    }

    private static IEnumerable<string> Takers(MetadataReader metadata, Visibility visibility) =>
        from handle in metadata.MethodDefinitions
        let method = metadata.GetMethodDefinition(handle)
        where method.GetParameters().Any(parameter => Has(metadata, metadata.GetParameter(parameter).GetCustomAttributes(), AttributeName))
        where visibility.Has(method)
        let name = metadata.GetString(method.Name)
        from named in name == Constructor ? ConstructorNames(metadata, metadata.GetTypeDefinition(method.GetDeclaringType())) : [name]
        from taker in WithArguments(named, Arguments(metadata, method))
        select taker;

    private static string[] ConstructorNames(MetadataReader metadata, TypeDefinition type) =>
        ConstructorNames(metadata.GetString(type.Name).Split('`')[0], Has(metadata, type.GetCustomAttributes(), HandlerAttribute + "Attribute"));

    private static (int Least, int Most)? Arguments(MetadataReader metadata, MethodDefinition method)
    {
        var signature = metadata.GetBlobReader(method.Signature);
        if (signature.ReadSignatureHeader().IsGeneric)
        {
            signature.ReadCompressedInteger();
        }

        int all = signature.ReadCompressedInteger();
        Parameter[] parameters = [.. method.GetParameters().Select(metadata.GetParameter)];
        int optional = parameters.Count(parameter => parameter.Attributes.HasFlag(ParameterAttributes.Optional));
        // An extension method gets its first argument before its name.
        int before = method.Attributes.HasFlag(MethodAttributes.Static) ? 1 : 0;
        return parameters.Any(parameter => s_params.Any(attribute => Has(metadata, parameter.GetCustomAttributes(), attribute)))
            ? null
            : (Math.Max(0, all - optional - before), all - 1);
    }

    private static bool Has(MetadataReader metadata, CustomAttributeHandleCollection attributes, string attributeName) =>
        attributes.Any(attribute => IsOf(metadata, attribute, attributeName));

    public static bool IsOf(MetadataReader metadata, CustomAttributeHandle handle, string attributeName)
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
