using System.Reflection.Metadata;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Prepare;

/// <summary>
/// Names, for the original bodies of the async methods of one file, builders that observe them. Most methods return what the base library declares,
/// which their text says. The compiler is asked about the others. A method keeps its builder, and is measured up to its first await that waits, where
/// no file beside its own can name the builder, and in a language version that has no such attribute.
/// </summary>
/// <param name="taskLikes">Has the result of <see cref="TaskLikes"/> for all files of the project.</param>
/// <param name="bound">The file as the compiler binds it.</param>
internal sealed class AsyncBuilders(IReadOnlySet<string> taskLikes, BoundFile bound)
{
    private const string Attribute = "AsyncMethodBuilder";
    private const string Pooling = "PoolingAsyncValueTaskMethodBuilder";

    private readonly HashSet<ObservingBuilder> _used = [];

    /// <summary>The builders that were named.</summary>
    public IReadOnlyCollection<ObservingBuilder> Used => _used;

    /// <summary>The attribute that names the builder, followed by a blank; empty if the method keeps its own.</summary>
    /// <param name="declaration">The async method or local function.</param>
    public string Of(SyntaxNode declaration) => Print(Find(declaration));

    private ObservingBuilder? Find(SyntaxNode declaration)
    {
        var type = declaration switch
        {
            MethodDeclarationSyntax method => method.ReturnType,
            LocalFunctionStatementSyntax local => local.ReturnType,
            _ => null,
        };
        if (type is null || !Shape.IsAsync(declaration) || Shape.IsIterator(declaration))
        {
            return null;
        }

        if (type is PredefinedTypeSyntax)
        {
            return UseIn(declaration.SyntaxTree, ObservingBuilder.OfVoid);
        }

        if (type is NullableTypeSyntax nullable)
        {
            type = nullable.ElementType;
        }

        string? name = AttributeNames.Rightmost(type);
        bool isGeneric =
            type.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().FirstOrDefault(part => part.Identifier.ValueText == name) is GenericNameSyntax;
        return Find(declaration, name, isGeneric, DeferredEdit.Attributes(declaration), () => bound.Of(declaration));
    }

    /// <summary>The same for an async lambda.</summary>
    /// <param name="lambda">The lambda.</param>
    /// <param name="symbol">The function that it is.</param>
    /// <param name="attributes">Its attributes.</param>
    public string Of(AnonymousFunctionExpressionSyntax lambda, IMethodSymbol symbol, SyntaxList<AttributeListSyntax> attributes) =>
        Print(
            symbol.ReturnsVoid
                ? UseIn(lambda.SyntaxTree, ObservingBuilder.OfVoid)
                : Find(lambda, symbol.ReturnType.Name, symbol.ReturnType is INamedTypeSymbol { IsGenericType: true }, attributes, () => symbol)
        );

    /// <summary>The same for what async top-level statements become.</summary>
    /// <param name="tree">The file.</param>
    /// <param name="hasResult">Whether they return an exit code.</param>
    public string OfTask(SyntaxTree tree, bool hasResult) => Print(UseIn(tree, OfTask(hasResult)));

    /// <summary>Gives the core of a pair that the user wrote another builder.</summary>
    /// <param name="core">The async core.</param>
    /// <param name="edits">Receives the text.</param>
    public void Observe(MethodDeclarationSyntax core, TextEdits edits)
    {
        // One that returns nothing could not change what it returns: the declaration has to return the same.
        if (core.ReturnType is PredefinedTypeSyntax || Find(core) is not { } builder)
        {
            return;
        }

        if (Own(core.AttributeLists) is { ArgumentList.Arguments: [{ Expression: TypeOfExpressionSyntax { Type: var type } }] })
        {
            edits.Blank(type.Span);
            edits.Insert(type.SpanStart, builder.Reference);
        }
        else
        {
            edits.Insert(core.GetFirstToken().SpanStart, Print(builder));
        }

        int body = Shape.Body(core)!.SpanStart;
        edits.Insert(body, Markers.Column(core, body));
    }

    private static string Print(ObservingBuilder? builder) =>
        builder is null ? "" : $"[global::System.Runtime.CompilerServices.{Attribute}(typeof({builder.Reference}))] ";

    private ObservingBuilder? Find(
        SyntaxNode function,
        string? name,
        bool isGeneric,
        SyntaxList<AttributeListSyntax> attributes,
        Func<IMethodSymbol?> symbol
    )
    {
        var own = Own(attributes);
        bool isKnown = name is "Task" or "ValueTask" && !taskLikes.Contains(TaskLike(name));
        return UseIn(
            function.SyntaxTree,
            isKnown && own is null ? ObservingBuilder.OfBaseLibrary($"Async{name}MethodBuilder", name!, isGeneric)
                : isKnown && name == "ValueTask" && NamesPooling(own!) ? ObservingBuilder.OfBaseLibrary(Pooling, name, isGeneric)
                : symbol() is { } method ? Of(method)
                : null
        );
    }

    private ObservingBuilder? UseIn(SyntaxTree tree, ObservingBuilder? builder)
    {
        // Before C# 10, a method cannot name its builder.
        if (builder is null || tree.Options is not CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp10 })
        {
            return null;
        }

        _used.Add(builder);
        return builder;
    }

    private static AttributeSyntax? Own(SyntaxList<AttributeListSyntax> attributes) =>
        attributes.SelectMany(list => list.Attributes).FirstOrDefault(attribute => AttributeNames.Simple(attribute) == Attribute);

    private static ObservingBuilder? Of(IMethodSymbol method) =>
        (Named(method) ?? Named(method.ReturnType.OriginalDefinition)) is { } builder ? ObservingBuilder.Of(builder)
        : method.ReturnType is INamedTypeSymbol { Name: "Task" } task && task.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks"
            ? OfTask(task.IsGenericType)
        : null;

    private static ObservingBuilder OfTask(bool hasResult) => ObservingBuilder.OfBaseLibrary("AsyncTaskMethodBuilder", "Task", hasResult);

    /// <summary>The builder that the attribute of a method or type names.</summary>
    private static INamedTypeSymbol? Named(ISymbol symbol) =>
        symbol
            .GetAttributes()
            .Where(attribute => attribute.AttributeClass?.Name == Attribute + "Attribute")
            .Select(attribute => attribute.ConstructorArguments is [{ Value: INamedTypeSymbol builder }] ? builder : null)
            .FirstOrDefault();

    /// <summary>What a body returns that gets a builder.</summary>
    /// <param name="type">What it returns in production.</param>
    /// <param name="builder">The attribute that names the builder; empty for none.</param>
    public static string Returns(string type, string builder) => builder.Length > 0 && type == "void" ? ObservingBuilder.OfVoid.Task : type;

    /// <summary>The attributes that go with a body, without the one that names a builder if the body gets another.</summary>
    public static string WithBody(SyntaxList<AttributeListSyntax> lists, string builder) =>
        BodyAttributes.Of(lists, HeadText.OneLine, builder.Length > 0 ? Attribute : null) + builder;

    /// <summary>
    /// Names for the types in a file that an async method can return. A project may declare one that has the name of a type of the base library.
    /// </summary>
    public static IEnumerable<string> TaskLikes(SyntaxNode root) =>
        root.DescendantNodes()
            .OfType<TypeDeclarationSyntax>()
            .Where(type => Own(type.AttributeLists) is not null)
            .Select(type => TaskLike(type.Identifier.ValueText));

    /// <summary>The same for the types of an assembly, but for those of the base library.</summary>
    public static IEnumerable<string> TaskLikes(MetadataReader metadata) =>
        from handle in metadata.TypeDefinitions
        let type = metadata.GetTypeDefinition(handle)
        where type.GetCustomAttributes().Any(attribute => CallerNames.IsOf(metadata, attribute, Attribute + "Attribute"))
        where metadata.GetString(type.Namespace) != "System.Threading.Tasks"
        select TaskLike(metadata.GetString(type.Name).Split('`')[0]);

    // No method has such a name.
    private static string TaskLike(string name) => "async " + name;

    private static bool NamesPooling(AttributeSyntax attribute) =>
        attribute.ArgumentList?.Arguments is [{ Expression: TypeOfExpressionSyntax { Type: var builder } }]
        && AttributeNames.Rightmost(builder) == Pooling;
}
