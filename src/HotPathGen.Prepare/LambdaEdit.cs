using HotPathGen.Generator.Symbols;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Prepare;

/// <summary>
/// Opens a frame in a lambda or anonymous method where no pair contains it. Where it has braces, syntax does not tell what type it returns, so
/// returns cannot be marked. An exception filter says instead that an exception leaves the lambda. It runs only if there is one. A lambda without
/// braces gets them, and the body of an async one becomes a local function, as <see cref="DeferredEdit"/> does it. For these two the compiler has
/// to say what the lambda returns: nothing in the text of <c>() => F()</c> does.
/// </summary>
internal static class LambdaEdit
{
    private const string Unknown = "the compiler does not say what it returns; give it braces, or let it call a method";

    private const string Unspeakable = "it takes or returns values of a type that cannot be named; let it call a method that does the work";

    /// <summary>Opens a frame in a lambda that is not an expression tree.</summary>
    /// <returns>The reason why there is none; null if there is one.</returns>
    public static string? Apply(
        AnonymousFunctionExpressionSyntax lambda,
        string key,
        Func<IMethodSymbol?> bind,
        AsyncBuilders builders,
        TextEdits edits
    )
    {
        if (Shape.IsAsync(lambda))
        {
            return bind() is not { } symbol ? Unknown
                : Types(symbol) is not { } types ? Unspeakable
                : MoveBody(lambda, symbol, types, key, builders, edits);
        }

        if (lambda.Block is { } block)
        {
            edits.Insert(block.OpenBraceToken.Span.End, " " + Markers.OpenLambda(key));
            edits.Insert(block.CloseBraceToken.SpanStart, Markers.CloseLambda);
            return null;
        }

        if (bind() is not { } function)
        {
            return Unknown;
        }

        Enclose(lambda.ExpressionBody!, Level(lambda), function, key, edits);
        return null;
    }

    /// <summary>The text of an inner lambda stands inside that of an outer one, also where both begin or end at one place.</summary>
    private static int Level(SyntaxNode lambda) => lambda.Ancestors().Count();

    private static void Enclose(ExpressionSyntax expression, int level, IMethodSymbol function, string key, TextEdits edits)
    {
        string? type = function.ReturnsVoid ? null : SpeakableTypes.Print(function.ReturnType);
        string reference = function.RefKind switch
        {
            RefKind.Ref => "ref ",
            RefKind.RefReadOnly => "ref readonly ",
            _ => "",
        };
        var (open, begin, end) =
            expression is ThrowExpressionSyntax ? (Markers.OpenMarkedLambda(key), "", "; " + Markers.CloseMarkedLambda)
            : function.ReturnsVoid ? (Markers.OpenMarkedLambda(key), "", $"; {Markers.Completed}{Markers.CloseMarkedLambda}")
            // A local of a type without a name could have another type. A return converts, whatever the type is.
            : type is null ? (Markers.OpenLambda(key), "return ", "; " + Markers.CloseLambda)
            : (
                Markers.OpenMarkedLambda(key),
                $"{reference}{type} __hotpath_result = ",
                $"; {Markers.Completed}return {(reference.Length > 0 ? "ref " : "")}__hotpath_result; {Markers.CloseMarkedLambda}"
            );
        edits.Open(expression.SpanStart, level, $"{{ {open}{begin}");
        edits.Close(expression.Span.End, level, end + "}");
    }

    private static string? MoveBody(
        AnonymousFunctionExpressionSyntax lambda,
        IMethodSymbol symbol,
        (string Result, string[] Parameters) types,
        string key,
        AsyncBuilders builders,
        TextEdits edits
    )
    {
        var attributes = lambda is LambdaExpressionSyntax { AttributeLists: var lists } ? lists : default;
        string builder = builders.Of(lambda, symbol, attributes);
        string[] names = [.. symbol.Parameters.Where(parameter => !IsUnnamed(parameter)).Select(parameter => "@" + parameter.Name)];
        string call = $"{Marks.LocalCore}({string.Join(", ", names)}); {Markers.Completed}";
        foreach (var modifier in lambda.Modifiers.Where(modifier => modifier.IsKind(SyntaxKind.AsyncKeyword)))
        {
            edits.Blank(modifier.Span);
        }

        int level = Level(lambda);
        edits.Open(
            lambda.Body.SpanStart,
            level,
            "{ "
                + Markers.OpenAsyncLambda(key, builder)
                + (symbol.ReturnsVoid ? call : $"var __hotpath_result = {call}return __hotpath_result; ")
                + Markers.CloseAsyncLambda(builder)
                + AsyncBuilders.WithBody(attributes, builder)
                + (lambda.Modifiers.Any(SyntaxKind.UnsafeKeyword) ? "unsafe " : "")
                + $"async {AsyncBuilders.Returns(types.Result, builder)} {Marks.LocalCore}({string.Join(", ", types.Parameters.Zip(names, (type, name) => $"{type} {name}"))}) "
                + (lambda.Block is null ? "=> " : "")
        );
        edits.Close(lambda.Body.Span.End, level, lambda.Block is null ? "; }" : " }");
        return null;
    }

    /// <summary>The names of the types that an async lambda returns and takes; null if one of them has none.</summary>
    private static (string Result, string[] Parameters)? Types(IMethodSymbol symbol)
    {
        string? result = symbol.ReturnsVoid ? "void" : SpeakableTypes.Print(symbol.ReturnType);
        string?[] parameters =
        [
            .. symbol.Parameters.Where(parameter => !IsUnnamed(parameter)).Select(parameter => SpeakableTypes.Print(parameter.Type)),
        ];
        return result is null || parameters.Contains(null) ? null : (result, [.. parameters.Select(type => type!)]);
    }

    /// <summary>Whether no name can stand for a parameter in the body: it is a discard, or the anonymous method declares none.</summary>
    private static bool IsUnnamed(IParameterSymbol parameter) => parameter.IsDiscard || parameter.DeclaringSyntaxReferences.IsEmpty;
}
