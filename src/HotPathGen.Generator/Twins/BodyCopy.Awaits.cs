using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Twins;

/// <summary>
/// Where a body that runs in segments is left and entered again. <c>await foreach</c> and <c>await using</c> are written out as the
/// compiler lowers them (C# standard, 13.9.5 and 13.14), so that their awaits have a place for it.
/// </summary>
internal sealed partial class BodyCopy
{
    // Behind everything that closes at a position and before everything else that opens there; the later declaration ends first.
    private const int EndOfDeclarations = -100_000_000;

    private int _named;

    /// <summary>What is awaited ends a segment, and its result begins one.</summary>
    private void PlaceAwait(IAwaitOperation operation, AwaitExpressionSyntax syntax, int level)
    {
        _edits.Open(syntax.Expression.SpanStart, level, () => _probe.Suspend.Open);
        _edits.Close(syntax.Expression.Span.End, level, () => _probe.Suspend.Close);
        if (operation.Type is null or { SpecialType: SpecialType.System_Void })
        {
            if (!WriteBehind(syntax, level, () => _probe.ResumeStatement))
            {
                Obstacle ??= "an await in it has neither a result nor a statement of its own";
            }

            return;
        }

        bool isDynamic = operation.Type.TypeKind == TypeKind.Dynamic;
        _edits.Open(syntax.SpanStart, level, () => isDynamic ? $"((dynamic){_probe.Resume.Open}(object)(" : _probe.Resume.Open);
        _edits.Close(syntax.Span.End, level, () => isDynamic ? $"){_probe.Resume.Close})" : _probe.Resume.Close);
    }

    /// <summary>The end of an async body is seen from inside it.</summary>
    private void EncloseAsyncBody()
    {
        if (!_method.IsAsync)
        {
            return;
        }

        if (_body is BlockSyntax block)
        {
            _edits.Open(block.OpenBraceToken.Span.End, int.MinValue, () => _probe.BeginBody);
            _edits.Open(block.CloseBraceToken.SpanStart, int.MaxValue - 1, () => _probe.EndBody(ExceptionSite));
            return;
        }

        _needsBlock = true;
        _edits.Open(((ArrowExpressionClauseSyntax)_body).Expression.SpanStart, int.MinValue, () => _probe.BeginBody + " ");
        _edits.Close(_core.SemicolonToken.Span.End, -2, () => " " + _probe.EndBody(ExceptionSite));
    }

    private bool Awaits(SyntaxNode node) => _method.IsAsync && node.DescendantNodesAndSelf().Any(inner => inner is AwaitExpressionSyntax);

    /// <summary>What an exception left behind must not go to the first site of a finally block.</summary>
    private string BeginFinally() => (_method.IsAsync ? " " + _probe.ResumeStatement : "") + $" {_probe.Marked("Part", ExceptionSite)};";

    /// <summary>A value that is handed to the consumer ends a segment.</summary>
    private void PlaceYield(ExpressionSyntax value)
    {
        if (_method.ReturnType is not INamedTypeSymbol { TypeArguments: [var element] } || Print(element) is not { } type)
        {
            Obstacle ??= "it yields values of a type that cannot be named elsewhere";
            return;
        }

        _edits.Open(value.SpanStart, -1, () => _probe.SuspendAs(type));
        _edits.Close(value.Span.End, -1, () => _probe.Suspend.Close);
    }

    private PlacedSite? PlaceAwaitForEach(CommonForEachStatementSyntax loop, int level, PlacedSite site)
    {
        var info = _model.GetForEachStatementInfo(loop);
        string? item = loop switch
        {
            ForEachStatementSyntax { Type: RefTypeSyntax or ScopedTypeSyntax } => null,
            ForEachStatementSyntax { Type: { IsVar: true } } variable => $"var {variable.Identifier.Text} = ",
            ForEachStatementSyntax variable => $"{OneLine(variable.Type)} {variable.Identifier.Text} = ({OneLine(variable.Type)})",
            ForEachVariableStatementSyntax variables => OneLine(variables.Variable) + " = ",
            _ => null,
        };
        if (
            item is null
            || info is not { GetEnumeratorMethod: { } start, MoveNextMethod: not null }
            || _model.GetTypeInfo(loop.Expression, _cancellation).Type is not { } type
        )
        {
            Obstacle ??= "an await foreach in it has a form that cannot be written out";
            return null;
        }

        string conversion = "";
        if (start.ContainingType.TypeKind == TypeKind.Interface && type.TypeKind is not (TypeKind.Interface or TypeKind.TypeParameter))
        {
            if (Print(start.ContainingType) is not { } sequence)
            {
                Obstacle ??= "it enumerates values of a type that cannot be named elsewhere";
                return null;
            }

            conversion = $"({sequence})";
        }

        string steps = "__hotpath_steps" + _named++;
        bool disposes = info.DisposeMethod is not null;
        foreach (
            var token in loop.ChildTokens()
                .Concat(
                    loop is ForEachStatementSyntax named
                        ? named.Type.DescendantTokens()
                        : ((ForEachVariableStatementSyntax)loop).Variable.DescendantTokens()
                )
        )
        {
            if (token.SpanStart < loop.Expression.SpanStart)
            {
                Blank(token, token == loop.AwaitKeyword ? $"{{ var {steps} = ({conversion}(" : "");
            }
        }

        _edits.Replace(loop.CloseParenToken.Span, () =>
            (
                $")).GetAsyncEnumerator(); {_probe.Marked("Part", site.Index)};{(disposes ? " try {" : "")} while ({_probe.Resume.Open}await "
                + $"{Suspended($"{steps}.MoveNextAsync()", site)}{_probe.Resume.Close}) {{ {item}{steps}.Current; {_probe.Marked("Part", site.Index)};"
            )
        );
        _edits.Close(loop.Statement.Span.End, level, () =>
            $" }}{(disposes ? EndAwaitUsing(steps, start.ReturnType, IsInterfaces(info.DisposeMethod!), site) : "")} }}"
        );
        return site;
    }

    private PlacedSite? PlaceAwaitUsing(UsingStatementSyntax statement, int level, PlacedSite site)
    {
        Blank(statement.AwaitKeyword, "{");
        Blank(statement.UsingKeyword);
        if (statement.Declaration is { } declaration)
        {
            Blank(statement.OpenParenToken);
            return OpenAwaitUsing(declaration, statement.CloseParenToken, site) is { } end ? Close(() => end() + " }") : null;
        }

        if (
            statement.Expression is not { } expression
            || _model.GetTypeInfo(expression, _cancellation).Type is not { TypeKind: not TypeKind.Dynamic } type
            || Disposal(type) is not { } isInterface
        )
        {
            Obstacle ??= "an await using in it has a form that cannot be written out";
            return null;
        }

        string used = "__hotpath_used" + _named++;
        _edits.Replace(statement.OpenParenToken.Span, () => $"var {used} = (");
        _edits.Replace(statement.CloseParenToken.Span, static () => "); try {");
        return Close(() => EndAwaitUsing(used, type, isInterface, site) + " }");

        PlacedSite Close(Func<string> end)
        {
            _edits.Close(statement.Statement.Span.End, level, end);
            return site;
        }
    }

    private PlacedSite? PlaceAwaitUsing(LocalDeclarationStatementSyntax statement, PlacedSite site)
    {
        if (statement.Parent is not BlockSyntax block || IsCalledBefore(statement, block))
        {
            Obstacle ??= "an await using in it has a form that cannot be written out";
            return null;
        }

        Blank(statement.AwaitKeyword);
        Blank(statement.UsingKeyword);
        if (OpenAwaitUsing(statement.Declaration, statement.SemicolonToken, site) is not { } end)
        {
            return null;
        }

        _edits.Open(block.CloseBraceToken.SpanStart, EndOfDeclarations - statement.SpanStart, () => end() + " ");
        return site;
    }

    /// <summary>Local functions behind the declaration are in the try block that it opens: what stands before it cannot call them any more.</summary>
    private static bool IsCalledBefore(LocalDeclarationStatementSyntax statement, BlockSyntax block)
    {
        var later = new HashSet<string>(
            block
                .Statements.OfType<LocalFunctionStatementSyntax>()
                .Where(function => function.SpanStart > statement.SpanStart)
                .Select(function => function.Identifier.ValueText)
        );
        return later.Count > 0
            && block
                .DescendantNodes()
                .OfType<IdentifierNameSyntax>()
                .Any(name => name.SpanStart < statement.SpanStart && later.Contains(name.Identifier.ValueText));
    }

    /// <summary>Opens a try block behind each variable; gives back what closes them, the last one first.</summary>
    private Func<string>? OpenAwaitUsing(VariableDeclarationSyntax declaration, SyntaxToken end, PlacedSite site)
    {
        var ends = new List<Func<string>>();
        foreach (var variable in declaration.Variables)
        {
            if (
                _model.GetDeclaredSymbol(variable, _cancellation) is not ILocalSymbol { Type: { TypeKind: not TypeKind.Dynamic } type }
                || Disposal(type) is not { } isInterface
            )
            {
                Obstacle ??= "an await using in it has a form that cannot be written out";
                return null;
            }

            ends.Insert(0, () => EndAwaitUsing(variable.Identifier.Text, type, isInterface, site));
        }

        foreach (var comma in declaration.Variables.GetSeparators())
        {
            _edits.Replace(comma.Span, () => $"; try {{ {OneLine(declaration.Type)} ");
        }

        _edits.Replace(end.Span, static () => "; try {");
        return () => string.Concat(ends.Select(static end => end()));
    }

    private string EndAwaitUsing(string name, ITypeSymbol type, bool isInterface, PlacedSite site)
    {
        string call = isInterface ? $"global::HotPathGen.Runtime.AsyncBody.DisposeAsync({name})" : name + ".DisposeAsync()";
        string dispose = $"await {Suspended(call, site)}; {_probe.ResumeStatement}";
        return $" }} finally {{{BeginFinally()} {(type.IsValueType ? dispose : $"if ({name} is not null) {{ {dispose} }}")} }}";
    }

    /// <summary>Whether a value is disposed of through the interface; null where it is not known how.</summary>
    private bool? Disposal(ITypeSymbol type)
    {
        if (
            type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
            || _model.Compilation.GetTypeByMetadataName("System.IAsyncDisposable") is not { } disposable
        )
        {
            return null;
        }

        var conversion = _model.Compilation.ClassifyConversion(type, disposable);
        return conversion is { IsImplicit: true, IsUserDefined: false };
    }

    private static bool IsInterfaces(IMethodSymbol dispose) => dispose.ContainingType is { TypeKind: TypeKind.Interface };

    private string Suspended(string awaitable, PlacedSite site) =>
        _probe.Suspend.Open + _probe.Open("At", site.Index, "") + awaitable + _probe.Close(site.Index) + _probe.Suspend.Close;

    /// <summary>Takes a token out and leaves the lines round it.</summary>
    private void Blank(SyntaxToken token, string replacement = "") => _edits.Replace(token.Span, () => replacement);

    private static string OneLine(SyntaxNode node) => Parsing.SourceHead.Tokens(node);
}
