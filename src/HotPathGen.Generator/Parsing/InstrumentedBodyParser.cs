using System.Collections.Immutable;
using System.Globalization;
using HotPathGen.Generator.Checks;
using HotPathGen.Generator.InstrumentedBodies;
using HotPathGen.Generator.Library;
using HotPathGen.Generator.Models;
using HotPathGen.Generator.Sites;
using HotPathGen.Generator.Symbols;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Parsing;

/// <summary>The result of copying a body.</summary>
/// <param name="Instrumented">The copy; null if there is none.</param>
/// <param name="UnsupportedReason">Why there is no copy; null for a body in which nothing can allocate.</param>
/// <param name="Copied">The meaning that the copy must have.</param>
internal sealed record ParsedBody(InstrumentedBodyModel? Instrumented, string? UnsupportedReason, CopiedBody? Copied)
{
    public static readonly ParsedBody None = new(null, null, null);

    /// <summary>The hot functions in the body that are not measured.</summary>
    public EquatableArray<PlainModel> Plain { get; init; }
}

/// <summary>Makes the instrumented body from the core of a pair.</summary>
internal static class InstrumentedBodyParser
{
    /// <summary>The parameter through which the probes of an ordinary body reach its frame.</summary>
    public const string Frame = "global::HotPathGen.Runtime.Frame __hotpath_frame";

    /// <summary>
    /// The instrumented body with the meaning that it must have, or the reason why there is none. For a body in which nothing can allocate, it is
    /// neither.
    /// </summary>
    public static ParsedBody Of(
        IMethodSymbol declaration,
        MethodDeclarationSyntax core,
        SourceFile file,
        string key,
        EquatableArray<string> types,
        SymbolHashes symbols,
        bool withFunctions,
        CancellationToken cancellation
    )
    {
        if (file.Model.GetDeclaredSymbol(core, cancellation) is not { } method)
        {
            return ParsedBody.None;
        }

        var body = new OriginalBody(file, core, method, cancellation);
        var copy = BodyCopy.Of(body, key, withFunctions);
        bool isDeferred = method.IsAsync || method.IsIterator;
        if (copy.Sites.Unsupported is not null || (copy.Sites.All.Count == 0 && copy.Functions.Count == 0 && !isDeferred))
        {
            return new(null, copy.Sites.Unsupported, null)
            {
                Plain = copy.Sites.Unsupported is null
                    ? default
                    : Unmeasured(body, declaration, "its method is measured without an instrumented body"),
            };
        }

        var (text, copied) = copy.Print(symbols);
        InterceptedModel[] intercepted = [.. Intercepted(body, copied.Kept)];
        if (intercepted.FirstOrDefault(static call => call.Position < 0) is not null)
        {
            return new(null, "a call in it is intercepted, and its copy would have another form", null)
            {
                Plain = Unmeasured(body, declaration, "its method is measured without an instrumented body"),
            };
        }

        var first = body.Syntax.GetFirstToken();
        var place = first.GetLocation().GetMappedLineSpan();
        string[] sites = [.. new SiteDescription(body).Of(copy.Sites, declaration.Name)];
        return new(
            new(
                file.Scopes(core),
                types,
                NullableDirective(file.Model.GetNullableContext(body.Syntax.SpanStart)),
                Head(core, method, declaration, file),
                UserPlace.IsHidden(first) ? 0 : place.StartLinePosition.Line + 1,
                place.Path,
                text,
                sites.Length,
                copy.Use,
                file.SymbolDirectives,
                core.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp11 },
                string.Join("\n", sites),
                new([.. copy.Functions.Select((function, i) => Describe(function, declaration, LambdasTo(copy.Functions, i)))]),
                new([.. intercepted])
            ),
            null,
            copied
        )
        {
            Plain = withFunctions
                ? new([.. copy.Plain.Select(plain => Plain(plain.Function.Symbol, plain.Function.Syntax, declaration, plain.Reason))])
                : Unmeasured(body, declaration, "a copy of its method with a frame in it would not compile, or would mean something else"),
        };
    }

    /// <summary>The calls in a body that interceptors replace.</summary>
    private static IEnumerable<InterceptedModel> Intercepted(OriginalBody body, KeptText kept)
    {
        foreach (var call in body.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (body.File.Interceptor(call) is { } interceptor)
            {
                string types = interceptor.IsGenericMethod
                    ? $"<{string.Join(", ", interceptor.TypeParameters.Select(static type => PairHead.Identifier(type.Name)))}>"
                    : "";
                yield return new(
                    kept.InCopy(InterceptedPlace.NameOf(call)!.SpanStart - body.Syntax.SpanStart),
                    PairHead.Print(
                        interceptor,
                        (MethodDeclarationSyntax)interceptor.DeclaringSyntaxReferences[0].GetSyntax(),
                        false,
                        $"{interceptor.ContainingType.Name}_{interceptor.Name}"
                    ),
                    $"{(interceptor.ReturnsByRef || interceptor.ReturnsByRefReadonly ? "ref " : "")}{SpeakableTypes.Print(interceptor.ContainingType)}"
                        + $".{PairHead.Identifier(interceptor.Name)}{types}({string.Join(", ", interceptor.Parameters.Select(PairHead.Argument))})"
                );
            }
        }
    }

    /// <summary>The hot functions in a body, if none of them is measured.</summary>
    private static EquatableArray<PlainModel> Unmeasured(OriginalBody body, IMethodSymbol declaration, string reason) =>
        new([
            .. Hotness
                .FunctionsIn(body.Syntax)
                .Select(function =>
                    (body.Model.GetDeclaredSymbol(function) ?? body.Model.GetSymbolInfo(function).Symbol) is IMethodSymbol symbol
                        ? Plain(symbol, function, declaration, reason)
                        : null
                )
                .OfType<PlainModel>(),
        ]);

    private static PlainModel Plain(IMethodSymbol function, SyntaxNode syntax, IMethodSymbol declaration, string reason)
    {
        var place = NestedPlace(syntax);
        return new(NameOf(function, syntax, declaration), place.Path, place.StartLinePosition.Line + 1, reason);
    }

    /// <summary>The number of lambdas among the first functions.</summary>
    private static int LambdasTo(IReadOnlyList<MeasuredFunction> functions, int last) =>
        functions.Take(last + 1).Count(static function => function.Function.Symbol.MethodKind == MethodKind.AnonymousFunction);

    /// <summary>Describes a function that has a frame of its own.</summary>
    /// <param name="measured">The function.</param>
    /// <param name="declaration">The method that contains it.</param>
    /// <param name="number">For a lambda, its number among the lambdas in the method, from 1.</param>
    private static FunctionModel Describe(MeasuredFunction measured, IMethodSymbol declaration, int number)
    {
        var symbol = measured.Function.Symbol;
        bool isDeferred = symbol.IsAsync || symbol.IsIterator;
        string sites =
            measured.Sites.All.Count == 0 && !isDeferred
                ? ""
                : string.Join("\n", new SiteDescription(measured.Body).Of(measured.Sites, symbol.Name.Length > 0 ? symbol.Name : "lambda"));
        var place = NestedPlace(measured.Function.Syntax);
        var form = (symbol.IsAsync, symbol.IsIterator) switch
        {
            (true, true) => MethodForm.AsyncIterator,
            (true, false) => MethodForm.Async,
            (false, true) => MethodForm.Iterator,
            _ => MethodForm.Function,
        };
        return new(
            new(
                measured.Key,
                MethodNames.OfFunctionId(declaration, symbol, number),
                NameOf(symbol, measured.Function.Syntax, declaration),
                place.Path,
                place.StartLinePosition.Line + 1,
                Words.Of(form),
                null,
                null,
                "",
                HotSymbols.MaxBytesPerCall(symbol)
            ),
            sites
        );
    }

    private static string NameOf(IMethodSymbol function, SyntaxNode syntax, IMethodSymbol declaration) =>
        MethodNames.OfFunction(declaration, function, NestedPlace(syntax), FunctionPurpose.Of(syntax));

    private static FileLinePositionSpan NestedPlace(SyntaxNode function) =>
        UserPlace.Of(function is LocalFunctionStatementSyntax local ? local.Identifier : function.GetFirstToken(), function.Span);

    public static string Name(IMethodSymbol declaration, MethodDeclarationSyntax core)
    {
        string name = core.Identifier.ValueText;
        int mark = name.IndexOf(Marks.Core, StringComparison.Ordinal);
        return mark < 0 ? declaration.Name + Marks.Probing : name.Substring(0, mark) + Marks.Probing + name.Substring(mark + Marks.Core.Length);
    }

    /// <summary>
    /// The argument of the copy's <c>#nullable</c> directive. Only annotations matter, because they are metadata. No warning of a copy is shown.
    /// </summary>
    private static string NullableDirective(NullableContext context) =>
        context.HasFlag(NullableContext.AnnotationsEnabled) ? "enable annotations" : "disable";

    private static string Head(MethodDeclarationSyntax core, IMethodSymbol method, IMethodSymbol declaration, SourceFile file)
    {
        bool isUnsafe = core.AncestorsAndSelf()
            .Any(static node => node is MemberDeclarationSyntax member && member.Modifiers.Any(SyntaxKind.UnsafeKeyword));
        var modifiers = core
            .Modifiers.Where(modifier => modifier.Kind() is SyntaxKind.StaticKeyword or SyntaxKind.ReadOnlyKeyword or SyntaxKind.AsyncKeyword)
            .Select(modifier => modifier.Text + " ");
        var parameters = core.ParameterList.Parameters.Select(parameter =>
            BodyAttributes.Of(parameter)
            + string.Concat(parameter.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.ThisKeyword)).Select(modifier => modifier.Text + " "))
            + $"{SourceHead.Tokens(parameter.Type)} {parameter.Identifier.Text}"
        );
        string attributes = BodyAttributes.Of(core.AttributeLists, attribute =>
            WithOwnBuilder(attribute, method, file) ?? WithoutFileTypes(attribute, file)
        );
        return $"{attributes}private "
            + $"{(isUnsafe ? "unsafe " : "")}{string.Concat(modifiers)}{(declaration.ReturnsVoid ? "void" : SourceHead.Tokens(core.ReturnType))} "
            + $"{Name(declaration, core)}{WithoutFileTypes(core.TypeParameterList, file)}"
            + $"({string.Join(", ", parameters.Prepend(method.IsIterator ? "" : method.IsAsync ? "int __hotpath_call" : Frame).Where(parameter => parameter.Length > 0))}){string.Concat(core.ConstraintClauses.Select(clause => " " + SourceHead.Tokens(clause)))}";
    }

    /// <summary>
    /// The attribute that names the user's builder where prepare named one that observes it, and empty for the default builder; null for another
    /// attribute. The probes of a copy see what the observing builder sees.
    /// </summary>
    private static string? WithOwnBuilder(SyntaxNode attribute, IMethodSymbol method, SourceFile file)
    {
        if (
            attribute is not AttributeSyntax { ArgumentList.Arguments: [{ Expression: TypeOfExpressionSyntax { Type: var type } }] }
            || !type.ToString().Contains("." + Marks.ObservingBuilder)
            || (file.Model.GetTypeInfo(type).Type as INamedTypeSymbol)?.OriginalDefinition.GetMembers(Marks.ObservedBuilder)
                is not [IFieldSymbol { Type: INamedTypeSymbol builder }]
        )
        {
            return null;
        }

        return IsDefaultBuilder(builder.OriginalDefinition, method.ReturnType)
            ? ""
            : $"global::System.Runtime.CompilerServices.AsyncMethodBuilder(typeof({Unbound(builder)}))";
    }

    private static string Unbound(INamedTypeSymbol builder) =>
        SpeakableTypes.Print(builder.IsGenericType ? builder.ConstructUnboundGenericType() : builder)!;

    private static bool IsDefaultBuilder(INamedTypeSymbol builder, ITypeSymbol result) =>
        builder.Name switch
        {
            "AsyncVoidMethodBuilder" => true,
            "AsyncTaskMethodBuilder" when result is { Name: "Task", ContainingNamespace: { Name: "Tasks" } space } => Namespaces.IsSystem(space),
            _ => result
                .OriginalDefinition.GetAttributes()
                .Any(attribute =>
                    attribute.AttributeClass?.Name == "AsyncMethodBuilderAttribute"
                    && attribute.ConstructorArguments is [{ Value: INamedTypeSymbol named }]
                    && SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, builder)
                ),
        };

    /// <summary>
    /// Prints the tokens of a head. Constants in attributes that a file type declares are printed as their values, because no other file can name
    /// them.
    /// </summary>
    private static string WithoutFileTypes(SyntaxNode? node, SourceFile file)
    {
        if (!file.DeclaresFileTypes)
        {
            return SourceHead.Tokens(node);
        }

        var model = file.Model;
        ExpressionSyntax[] constants =
        [
            .. node?.DescendantNodesAndSelf().OfType<AttributeArgumentSyntax>().Select(argument => argument.Expression).Where(IsOfFileType) ?? [],
        ];
        return constants.Length == 0
            ? SourceHead.Tokens(node)
            : string.Join(
                " ",
                node!
                    .DescendantTokens()
                    .Select(token =>
                        constants.FirstOrDefault(constant => constant.Span.Contains(token.Span)) is { } constant
                            ? (token.SpanStart == constant.SpanStart ? Value(constant) : "")
                            : token.Text
                    )
            );

        bool IsOfFileType(ExpressionSyntax expression) =>
            expression
                .DescendantNodesAndSelf()
                .OfType<SimpleNameSyntax>()
                .Any(name => model.GetSymbolInfo(name).Symbol is IFieldSymbol { ContainingType: var type } && SpeakableTypes.IsFileLocal(type));

        string Value(ExpressionSyntax constant)
        {
            string value = SymbolDisplay.FormatPrimitive(model.GetConstantValue(constant).Value!, quoteStrings: true, useHexadecimalNumbers: false)
                ?? "default";
            return model.GetTypeInfo(constant).Type is INamedTypeSymbol { TypeKind: TypeKind.Enum } type
                ? $"({SpeakableTypes.Print(type)})({value})"
                : value;
        }
    }
}
