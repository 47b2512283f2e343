using System.Globalization;
using HotPathGen.Generator.Sites;
using HotPathGen.Generator.Symbols;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.InstrumentedBodies;

/// <summary>
/// Writes the probes at the places where a body in segments is left and entered again. <c>await foreach</c> and <c>await using</c> are written out as
/// the compiler lowers them (C# standard, 13.9.5 and 13.14), so that their awaits have a place for a probe.
/// </summary>
internal sealed class AwaitWriter(OriginalBody body, ProbeText probe, TextEdits edits, StatementWriter statements)
{
    // This comes behind everything that closes at a position, and before everything else that opens there. The later declaration ends first.
    private const int EndOfDeclarations = -100_000_000;

    /// <summary>Inside everything else that stands round a statement.</summary>
    private const int Innermost = 90_000;

    private int _named;
    private string _exceptionSite = "";

    /// <summary>Writes the probes of an await. The awaited expression ends a segment, and its result begins the next.</summary>
    public void Await(IAwaitOperation awaiting, AwaitExpressionSyntax syntax, int level)
    {
        edits.Open(syntax.Expression.SpanStart, level, probe.Suspend.Open);
        edits.Close(syntax.Expression.Span.End, level, probe.Suspend.Close);
        if (!UnsupportedCode.HasResult(awaiting))
        {
            statements.Behind(syntax, level, () => probe.ResumeStatement);
            return;
        }

        bool isDynamic = awaiting.Type!.TypeKind == TypeKind.Dynamic;
        edits.Open(syntax.SpanStart, level, isDynamic ? $"((dynamic){probe.Resume.Open}(object)(" : probe.Resume.Open);
        edits.Close(syntax.Span.End, level, isDynamic ? $"){probe.Resume.Close})" : probe.Resume.Close);
    }

    /// <summary>Writes the probes of a yield. A value for the consumer ends a segment, and the next begins behind the statement.</summary>
    public void Yield(YieldStatementSyntax statement)
    {
        if (!body.Method.IsAsync || AwaitForms.Yielded(body.Method) is not { } type)
        {
            return;
        }

        if (statement.Expression is not { } value)
        {
            edits.Open(statement.SpanStart, Innermost, $"{{ {probe.Complete} ");
            edits.Close(statement.Span.End, Innermost, " }");
            return;
        }

        edits.Open(value.SpanStart, -1, probe.Yield(type).Open);
        edits.Close(value.Span.End, -1, probe.Yield(type).Close);
        statements.After(statement, Innermost, () => probe.Continue);
    }

    /// <summary>Writes a try block round an async body, because the end of such a body is seen only from inside it.</summary>
    public void EncloseBody(BodySites sites)
    {
        int count = sites.All.Count + sites.Others.Count;
        _exceptionSite = (count - 1).ToString(CultureInfo.InvariantCulture);
        if (!body.Method.IsAsync)
        {
            return;
        }

        if (body.Syntax is BlockSyntax block)
        {
            edits.Open(block.OpenBraceToken.Span.End, int.MinValue, probe.BeginBody(count));
            edits.Open(block.CloseBraceToken.SpanStart, int.MaxValue - 1, probe.EndBody(_exceptionSite));
            return;
        }

        statements.NeedsBlock = true;
        edits.Open(body.Expression!.SpanStart, body.Level - 3, probe.BeginBody(count) + " ");
        edits.Close(body.End, statements.LevelBehind(body.Level - 2), " " + probe.EndBody(_exceptionSite));
    }

    /// <summary>The text at the start of a finally block. It keeps bytes that an exception left behind from the first site of the block.</summary>
    public string BeginFinally() => (body.Method.IsAsync ? " " + probe.ResumeStatement : "") + $" {probe.Marked("Part", _exceptionSite)};";

    /// <summary>
    /// Writes out a statement that awaits without an <c>await</c> expression. Writes nothing if that cannot be done; the body is not copied then.
    /// </summary>
    public void WriteOut(FoundSite site)
    {
        switch (site.Probe.Node)
        {
            case CommonForEachStatementSyntax loop when AwaitForms.Of(loop, body) is { } form:
                WriteOut(loop, form, site);
                break;
            case UsingStatementSyntax statement:
                WriteOut(statement, site);
                break;
            case LocalDeclarationStatementSyntax { Parent: BlockSyntax block } statement:
                Remove(statement.AwaitKeyword);
                Remove(statement.UsingKeyword);
                var end = Open(statement.Declaration, statement.SemicolonToken, site);
                edits.Open(block.CloseBraceToken.SpanStart, EndOfDeclarations - statement.SpanStart, () => end() + " ");
                break;
        }
    }

    private void WriteOut(CommonForEachStatementSyntax loop, AwaitedLoop form, FoundSite site)
    {
        string steps = "__hotpath_steps" + _named++;
        var variables = loop is ForEachStatementSyntax named
            ? named.Type.DescendantTokens()
            : ((ForEachVariableStatementSyntax)loop).Variable.DescendantTokens();
        foreach (var token in loop.ChildTokens().Concat(variables).Where(token => token.SpanStart < loop.Expression.SpanStart))
        {
            edits.Replace(token.Span, token == loop.AwaitKeyword ? $"{{ var {steps} = ({form.Conversion}(" : "");
        }

        bool disposes = form.Dispose is not null;
        edits.Replace(loop.CloseParenToken.Span, () =>
            $")).GetAsyncEnumerator(); {probe.Marked("Part", site.Index)};{(disposes ? " try {" : "")} while ({probe.Resume.Open}await {Suspended($"{steps}.MoveNextAsync()", site)}{probe.Resume.Close}) {{ {form.Item}{steps}.Current; {probe.Marked("Part", site.Index)};"
        );
        bool byInterface = form.Dispose?.ContainingType is { TypeKind: TypeKind.Interface };
        edits.Close(loop.Statement.Span.End, site.Level, () => $" }}{(disposes ? EndUsing(steps, form.Enumerator, byInterface, site) : "")} }}");
    }

    private void WriteOut(UsingStatementSyntax statement, FoundSite site)
    {
        edits.Replace(statement.AwaitKeyword.Span, "{");
        Remove(statement.UsingKeyword);
        if (statement.Declaration is { } declaration)
        {
            Remove(statement.OpenParenToken);
            var end = Open(declaration, statement.CloseParenToken, site);
            edits.Close(statement.Statement.Span.End, site.Level, () => end() + " }");
        }
        else if (statement.Expression is { } expression && AwaitForms.Disposed(expression, body) is var (type, byInterface))
        {
            string used = "__hotpath_used" + _named++;
            edits.Replace(statement.OpenParenToken.Span, $"var {used} = (");
            edits.Replace(statement.CloseParenToken.Span, "); try {");
            edits.Close(statement.Statement.Span.End, site.Level, () => EndUsing(used, type, byInterface, site) + " }");
        }
    }

    /// <summary>Opens a try block behind each variable. Gives back the text that closes the blocks, the last one first.</summary>
    private Func<string> Open(VariableDeclarationSyntax declaration, SyntaxToken end, FoundSite site)
    {
        foreach (var comma in declaration.Variables.GetSeparators())
        {
            edits.Replace(comma.Span, $"; try {{ {SourceHead.Tokens(declaration.Type)} ");
        }

        edits.Replace(end.Span, "; try {");
        return () =>
            string.Concat(
                declaration
                    .Variables.Reverse()
                    .Select(variable =>
                        AwaitForms.Disposed(variable, body) is var (type, byInterface)
                            ? EndUsing(variable.Identifier.Text, type, byInterface, site)
                            : ""
                    )
            );
    }

    private string EndUsing(string name, ITypeSymbol type, bool byInterface, FoundSite site)
    {
        string call = byInterface ? $"global::HotPathGen.Runtime.AsyncBody.DisposeAsync({name})" : name + ".DisposeAsync()";
        string dispose = $"await {Suspended(call, site)}; {probe.ResumeStatement}";
        return $" }} finally {{{BeginFinally()} {(type.IsValueType ? dispose : $"if ({name} is not null) {{ {dispose} }}")} }}";
    }

    private string Suspended(string awaitable, FoundSite site) =>
        probe.Suspend.Open + probe.Open("At", site.Index, "") + awaitable + probe.Close(site.Index) + probe.Suspend.Close;

    /// <summary>Removes a token and leaves the lines round it as they are.</summary>
    private void Remove(SyntaxToken token) => edits.Replace(token.Span, "");
}
