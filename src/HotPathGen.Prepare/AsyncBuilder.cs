using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Prepare;

/// <summary>
/// The builder of the runtime that the original body of an async method gets. It sees where the body waits and where it ends. It stands in for one of
/// the base library's builders. A method that returns anything else keeps its builder, and is measured up to its first await that waits.
/// </summary>
internal static class AsyncBuilder
{
    private const string Attribute = "AsyncMethodBuilder";
    private const string Pooling = "PoolingAsyncValueTaskMethodBuilder";

    /// <summary>The attribute that names the builder, followed by a blank; empty if the method keeps its own.</summary>
    /// <param name="declaration">The async method or local function.</param>
    /// <param name="taskLikes">Has the result of <see cref="TaskLikes"/> for all files of the project.</param>
    public static string Of(SyntaxNode declaration, IReadOnlySet<string> taskLikes)
    {
        var type = declaration switch
        {
            MethodDeclarationSyntax method => method.ReturnType,
            LocalFunctionStatementSyntax local => local.ReturnType,
            _ => null,
        };
        if (type is null || !Shape.IsAsync(declaration) || Shape.IsIterator(declaration))
        {
            return "";
        }

        if (type is NullableTypeSyntax nullable)
        {
            type = nullable.ElementType;
        }

        string? name = AttributeNames.Rightmost(type);
        bool isGeneric =
            type.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().FirstOrDefault(part => part.Identifier.ValueText == name) is GenericNameSyntax;
        return Of(declaration.SyntaxTree, name, isGeneric, DeferredEdit.Attributes(declaration), taskLikes);
    }

    /// <summary>The same for an async lambda.</summary>
    /// <param name="lambda">The lambda.</param>
    /// <param name="type">What it returns.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <param name="taskLikes">Has the result of <see cref="TaskLikes"/> for all files of the project.</param>
    public static string Of(
        AnonymousFunctionExpressionSyntax lambda,
        ITypeSymbol type,
        SyntaxList<AttributeListSyntax> attributes,
        IReadOnlySet<string> taskLikes
    ) => Of(lambda.SyntaxTree, type.Name, type is INamedTypeSymbol { IsGenericType: true }, attributes, taskLikes);

    private static string Of(
        SyntaxTree tree,
        string? name,
        bool isGeneric,
        SyntaxList<AttributeListSyntax> attributes,
        IReadOnlySet<string> taskLikes
    )
    {
        var own = attributes.SelectMany(list => list.Attributes).FirstOrDefault(attribute => AttributeNames.Simple(attribute) == Attribute);
        return name is not ("Task" or "ValueTask") || taskLikes.Contains(TaskLike(name)) ? ""
            : own is null ? Of(tree, $"Async{name}MethodBuilder", isGeneric)
            : name == "ValueTask" && NamesPooling(own) ? Of(tree, Pooling, isGeneric)
            : "";
    }

    /// <summary>The attribute that names an observed builder, followed by a blank; empty in a language version that has no such attribute.</summary>
    public static string Of(SyntaxTree tree, string builder, bool isGeneric) =>
        tree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp10 }
            ? $"[global::System.Runtime.CompilerServices.{Attribute}(typeof({Marks.ObservedBuilder}{builder}{(isGeneric ? "<>" : "")}))] "
            : "";

    /// <summary>The attributes that go with a body, without the one that names a builder if the body gets another.</summary>
    public static string WithBody(SyntaxList<AttributeListSyntax> lists, string builder) =>
        BodyAttributes.Of(lists, HeadText.OneLine, builder.Length > 0 ? Attribute : null) + builder;

    /// <summary>
    /// Names for the types in a file that an async method can return. A project may declare one that has the name of a type of the base library.
    /// </summary>
    public static IEnumerable<string> TaskLikes(SyntaxNode root) =>
        root.DescendantNodes()
            .OfType<TypeDeclarationSyntax>()
            .Where(type => type.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => AttributeNames.Simple(attribute) == Attribute))
            .Select(type => TaskLike(type.Identifier.ValueText));

    // No method has such a name.
    private static string TaskLike(string name) => "async " + name;

    private static bool NamesPooling(AttributeSyntax attribute) =>
        attribute.ArgumentList?.Arguments is [{ Expression: TypeOfExpressionSyntax { Type: var builder } }]
        && AttributeNames.Rightmost(builder) == Pooling;
}
