using HotPathGen.Generator.Emission;
using HotPathGen.Generator.Sites;
using HotPathGen.Generator.Symbols;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.InstrumentedBodies;

/// <summary>
/// Writes a frame into a lambda or local function. The body of an ordinary function gets the frame round it. The body of an async function or an
/// iterator becomes a local function of the same function, which opens a frame round the call of it. Parameters are passed and not captured: a
/// captured one would cost an object that production does not allocate.
/// </summary>
/// <param name="body">The body of the function.</param>
/// <param name="function">The function.</param>
/// <param name="method">The expression for the number of the function.</param>
/// <param name="edits">Receives the text.</param>
internal sealed class FunctionWriter(OriginalBody body, NestedFunction function, string method, TextEdits edits)
{
    private const string Frame = "global::HotPathGen.Runtime.Frame";
    private const string Body = "__hotpath_body";

    /// <summary>Inside everything that stands round a statement.</summary>
    private const int Innermost = 90_000;

    private const int Outside = -6;

    private IMethodSymbol Symbol => function.Symbol;

    private bool IsDeferred => Symbol.IsAsync || Symbol.IsIterator;

    /// <summary>Whether the body becomes a local function of its function.</summary>
    public bool MovesBody => IsDeferred || (CanMove && (AreParametersCaptured || IsInlined));

    /// <summary>
    /// Whether the function is marked for inlining. It then is only the frame, and the JIT decides about its body as it does in production: it
    /// inlines the lambda of a delegate that it expects, and what the lambda makes can stay off the heap.
    /// </summary>
    private bool IsInlined =>
        !IsDeferred
        && function.Syntax is LambdaExpressionSyntax or LocalFunctionStatementSyntax
        && function.Syntax.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp10 }
        && !Attributes().SelectMany(static list => list.Attributes).Any(static a => AttributeNames.Simple(a) == BodyAttributes.Implementation);

    /// <summary>
    /// Whether a function in the body captures a parameter. The compiler makes the object for it before anything else in the function, and so the
    /// frame has to be outside.
    /// </summary>
    private bool AreParametersCaptured =>
        body.Operation!.Descendants()
            .Any(operation =>
                operation is IParameterReferenceOperation { Parameter: var parameter }
                && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, Symbol)
                && IsInFunction(operation)
            );

    /// <summary>Why a function cannot be measured; null if it can.</summary>
    public static string? Unsupported(OriginalBody body, NestedFunction function)
    {
        var symbol = function.Symbol;
        bool isSpeakable = symbol.ReturnsVoid || SpeakableTypes.Print(symbol.ReturnType) is not null;
        return symbol.IsAsync || symbol.IsIterator
            ? isSpeakable && symbol.Parameters.All(static parameter => parameter.IsDiscard || SpeakableTypes.Print(parameter.Type) is not null)
                ? null
                : "it takes or returns values of a type that cannot be named"
            : isSpeakable
            || Returned(body).All(result => SymbolEqualityComparer.Default.Equals(body.Model.GetTypeInfo(result).Type, symbol.ReturnType))
                ? null
                : "it returns values of a type that cannot be named";
    }

    public void Enclose(BodySites sites)
    {
        int count = sites.All.Count == 0 && !IsDeferred ? 0 : sites.All.Count + sites.Others.Count;
        if (MovesBody)
        {
            MoveBody(count);
        }
        else
        {
            EncloseCall(count);
        }
    }

    private static string Enter(string method, int sites) =>
        $"var __hotpath_frame = {Frame}.{(sites > 0 ? $"EnterBodies({method}, {sites})" : $"Enter({method})")}; var __hotpath_completed = !__hotpath_frame.IsOpen; try {{ ";

    private static string Completed(string exit) => $"__hotpath_frame.{exit}(true); __hotpath_completed = true; ";

    private static string Leave(string exit) => $"}} finally {{ if (!__hotpath_completed) {Frame}.Innermost.{exit}(false); }} ";

    private void EncloseCall(int sites)
    {
        string exit = sites > 0 ? "ExitBodies" : "Exit";
        string open = Enter(method, sites);
        string completed = Completed(exit);
        if (body.Syntax is BlockSyntax block)
        {
            edits.Open(block.OpenBraceToken.Span.End, int.MinValue, " " + open);
            foreach (var statement in Shape.OwnNodes(block).OfType<ReturnStatementSyntax>())
            {
                MarkReturn(statement, completed);
            }

            edits.Open(block.CloseBraceToken.SpanStart, int.MaxValue - 1, (Symbol.ReturnsVoid ? completed : "") + Leave(exit));
            return;
        }

        var expression = body.Expression!;
        if (body.Syntax is ArrowExpressionClauseSyntax arrow)
        {
            edits.Replace(arrow.ArrowToken.Span, "{ " + open);
        }
        else
        {
            edits.Open(expression.SpanStart, body.Level - 4, "{ " + open);
            edits.Close(body.End, body.Level - 1, ";");
        }

        edits.Open(expression.SpanStart, body.Level - 1, Result(expression));
        edits.Close(body.End, OutsideLevel, $" {(expression is ThrowExpressionSyntax ? "" : completed + Return(expression))}{Leave(exit)}}}");
    }

    private void MarkReturn(ReturnStatementSyntax statement, string completed)
    {
        if (statement.Expression is not { } expression)
        {
            edits.Open(statement.SpanStart, body.Level + Innermost, "{ " + completed);
            edits.Close(statement.Span.End, body.Level + Innermost, " }");
            return;
        }

        edits.Replace(statement.ReturnKeyword.Span, "{ " + Result(expression));
        edits.Replace(statement.SemicolonToken.Span, $"; {completed}{Return(expression)}}}");
    }

    /// <summary>Declares a local for the result. It converts the expression as a return does.</summary>
    private string Result(ExpressionSyntax expression) =>
        Symbol.ReturnsVoid || expression is ThrowExpressionSyntax
            ? ""
            : $"{Symbol.RefKind switch { RefKind.Ref => "ref ", RefKind.RefReadOnly => "ref readonly ", _ => "" }}"
                + $"{SpeakableTypes.Print(Symbol.ReturnType) ?? "var"} __hotpath_result = ";

    private string Return(ExpressionSyntax expression) =>
        Symbol.ReturnsVoid ? ""
        : expression is RefExpressionSyntax ? "return ref __hotpath_result; "
        : "return __hotpath_result; ";

    /// <summary>Whether an ordinary body can become a local function of its function.</summary>
    private bool CanMove =>
        Symbol.RefKind == RefKind.None
        && (Symbol.ReturnsVoid || SpeakableTypes.Print(Symbol.ReturnType) is not null)
        && Symbol.Parameters.All(static parameter =>
            parameter.IsDiscard
            || (parameter.RefKind == RefKind.None && parameter.ScopedKind == ScopedKind.None && SpeakableTypes.Print(parameter.Type) is not null)
        );

    private bool IsInFunction(IOperation operation)
    {
        for (var outer = operation.Parent; outer is not null && outer != body.Operation; outer = outer.Parent)
        {
            if (outer is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Makes the body a local function of its function, and opens a frame round the call of it.</summary>
    private void MoveBody(int sites)
    {
        string exit =
            IsDeferred ? "ExitStarted"
            : sites > 0 ? "ExitBodies"
            : "Exit";
        string? handle =
            !IsDeferred ? "__hotpath_frame"
            : Symbol.IsIterator ? null
            : "__hotpath_frame.Begin()";
        IParameterSymbol[] passed = [.. Symbol.Parameters.Where(static parameter => !parameter.IsDiscard)];
        var arguments = passed.Select(static parameter => "@" + parameter.Name);
        var parameters = passed.Select(Declare);
        string call = $"{Body}({string.Join(", ", handle is null ? arguments : arguments.Prepend(handle))}); ";
        string started = IsDeferred ? $"__hotpath_frame.Started({sites - 2}); " : "";
        string completed = Completed(exit);
        string observed = Symbol.IsIterator ? "__hotpath_result = __hotpath_frame.Observe(__hotpath_result); " : "";
        string text =
            "{ "
            + Enter(method, sites)
            + (
                Symbol.ReturnsVoid
                    ? call + started + completed
                    : $"var __hotpath_result = {call}{started}{observed}{completed}return __hotpath_result; "
            )
            + Leave(exit)
            + BodyAttributes.Of(Attributes(), SourceHead.Tokens)
            + (Symbol.IsAsync ? "async " : "")
            + (Symbol.ReturnsVoid ? "void" : SpeakableTypes.Print(Symbol.ReturnType))
            + $" {Body}({string.Join(", ", handle is null ? parameters : parameters.Prepend(IsDeferred ? "int __hotpath_call" : $"{Frame} __hotpath_frame"))}) ";

        foreach (var modifier in Modifiers().Where(static modifier => modifier.IsKind(SyntaxKind.AsyncKeyword)))
        {
            edits.Blank(modifier.Span);
        }

        if (IsInlined)
        {
            MarkForInlining();
        }

        edits.Open(body.Syntax.SpanStart, body.Level + Outside, text);
        edits.Close(body.Syntax is BlockSyntax ? body.Syntax.Span.End : body.End, OutsideLevel, " }");
    }

    /// <summary>Attributes of a lambda need parentheses round its parameter.</summary>
    private void MarkForInlining()
    {
        edits.Open(function.Syntax.SpanStart, body.Level + Innermost, PairEmitter.Inlined + " ");
        if (function.Syntax is SimpleLambdaExpressionSyntax { Parameter: var parameter })
        {
            edits.Open(parameter.SpanStart, body.Level + Innermost + 1, "(");
            edits.Close(parameter.Span.End, 0, ")");
        }
    }

    /// <summary>Outside everything that closes behind the body, and inside everything that closes behind the function.</summary>
    private int OutsideLevel => body.Level - 60_000;

    private SyntaxList<AttributeListSyntax> Attributes() =>
        function.Syntax switch
        {
            LambdaExpressionSyntax lambda => lambda.AttributeLists,
            LocalFunctionStatementSyntax local => local.AttributeLists,
            _ => default,
        };

    private SyntaxTokenList Modifiers() =>
        function.Syntax switch
        {
            AnonymousFunctionExpressionSyntax lambda => lambda.Modifiers,
            LocalFunctionStatementSyntax local => local.Modifiers,
            _ => default,
        };

    private static string Declare(IParameterSymbol parameter) =>
        (
            parameter.DeclaringSyntaxReferences is [var reference, ..] && reference.GetSyntax() is ParameterSyntax syntax
                ? BodyAttributes.Of(syntax)
                : ""
        ) + $"{SpeakableTypes.Print(parameter.Type)} @{parameter.Name}";

    /// <summary>The expressions that a function returns.</summary>
    private static IEnumerable<ExpressionSyntax> Returned(OriginalBody body) =>
        body.Expression is { } expression
            ? [expression]
            : Shape.OwnNodes(body.Syntax).OfType<ReturnStatementSyntax>().Select(static statement => statement.Expression).OfType<ExpressionSyntax>();
}
