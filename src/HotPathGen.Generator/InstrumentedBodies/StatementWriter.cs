using HotPathGen.Generator.Sites;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.InstrumentedBodies;

/// <summary>Writes probes that are statements of their own.</summary>
internal sealed class StatementWriter(OriginalBody body, ProbeText probe, TextEdits edits)
{
    private const int BehindSemicolon = 50_000;

    /// <summary>Whether the arrow of a body has to become a block.</summary>
    public bool NeedsBlock { get; set; }

    public void Site(FoundSite site)
    {
        switch (site.Probe)
        {
            case { Form: ProbeForm.BehindStatement, Node: ExpressionSyntax expression }:
                Behind(expression, site.Level, () => probe.Statement(site.Index));
                break;
            case { Form: ProbeForm.BehindBlock, Node: BlockSyntax block }:
                BehindEnd(block, site);
                break;
            case { Form: ProbeForm.BehindUsing, Node: StatementSyntax statement }:
                After(statement, site.Level, () => probe.Statement(site.Index));
                break;
            case { Form: ProbeForm.Loop, Node: CommonForEachStatementSyntax loop }:
                Begin(loop.Statement, site);
                After(loop, site.Level, () => probe.Statement(site.Index));
                break;
            case { Form: ProbeForm.Scope, Node: var scope } when scope == body.Syntax && body.Expression is { } expression:
                NeedsBlock = true;
                edits.Open(expression.SpanStart, body.Level - 2, () => probe.Statement(site.Index) + " ");
                break;
            case { Form: ProbeForm.Scope, Node: var scope }:
                Begin(scope, site);
                break;
        }
    }

    /// <summary>The level of a statement behind a body without a block. For a lambda, it comes behind the semicolon that is written there.</summary>
    public int LevelBehind(int level) => body.Syntax is ExpressionSyntax ? level - BehindSemicolon : level;

    /// <summary>Writes a statement behind the one that an expression belongs to, if the new statement runs whenever the expression has run.</summary>
    public void Behind(ExpressionSyntax expression, int level, Func<string> text)
    {
        switch (body.Behind(expression))
        {
            case ExpressionSyntax whole when whole == body.Syntax:
                NeedsBlock = true;
                edits.Close(body.End, LevelBehind(level), () => " " + text());
                break;
            case ExpressionSyntax incrementor:
                edits.Close(incrementor.Span.End, level, () => ", " + text().TrimEnd(';'));
                break;
            case StatementSyntax statement:
                After(statement, level, text);
                break;
            case ArrowExpressionClauseSyntax:
                NeedsBlock = true;
                edits.Close(body.End, level, () => " " + text());
                break;
        }
    }

    public void After(StatementSyntax statement, int level, Func<string> text)
    {
        var list = statement.Parent;
        while (list is LabeledStatementSyntax)
        {
            list = list.Parent;
        }

        bool isAlone = list is not (BlockSyntax or SwitchSectionSyntax);
        if (isAlone)
        {
            edits.Open(statement.SpanStart, level, "{ ");
        }

        edits.Close(statement.Span.End, level, () => $" {text()}{(isAlone ? " }" : "")}");
    }

    /// <summary>Writes a probe behind what a block does when it is left at its end.</summary>
    private void BehindEnd(BlockSyntax block, FoundSite site)
    {
        edits.Open(block.OpenBraceToken.Span.End, -3, " {");
        edits.Open(block.CloseBraceToken.SpanStart, -3, () => $"}} {probe.Statement(site.Index)} ");
    }

    /// <summary>Writes a probe as the first thing in a statement.</summary>
    private void Begin(SyntaxNode scope, FoundSite site)
    {
        switch (scope)
        {
            case BlockSyntax block:
                edits.Open(block.OpenBraceToken.Span.End, site.Level, () => " " + probe.Statement(site.Index));
                break;
            case SwitchSectionSyntax section:
                edits.Open(section.Statements[0].SpanStart, site.Level, () => probe.Statement(site.Index) + " ");
                break;
            case SwitchStatementSyntax choice:
                foreach (var section in choice.Sections)
                {
                    Begin(section, site);
                }

                break;
            case WhileStatementSyntax loop
                when body.Model.GetTypeInfo(loop.Condition, body.Cancellation).Type is { SpecialType: SpecialType.System_Boolean }:
                // With this form the compiler still sees which variables the condition assigns when it is true.
                edits.Open(loop.Condition.SpanStart, site.Level, () => $"{probe.Marked("At", site.Index)} == 0 && (");
                edits.Close(loop.Condition.Span.End, site.Level, ")");
                break;
            case WhileStatementSyntax loop:
                Begin(loop.Statement, site);
                break;
            case StatementSyntax statement:
                edits.Open(statement.SpanStart, site.Level, () => $"{{ {probe.Statement(site.Index)} ");
                edits.Close(statement.Span.End, site.Level, " }");
                break;
        }
    }

    public void PrintArrowAsBlock()
    {
        if (!NeedsBlock || body.Expression is not { } expression)
        {
            return;
        }

        if (body.Syntax is ArrowExpressionClauseSyntax arrow)
        {
            edits.Replace(arrow.ArrowToken.Span, "{");
        }
        else
        {
            edits.Open(expression.SpanStart, body.Level - 4, "{ ");
            edits.Close(body.End, body.Level - 1, ";");
        }

        if (body.ReturnsValue && expression is not ThrowExpressionSyntax)
        {
            edits.Open(expression.SpanStart, body.Level - 1, "return ");
        }

        edits.Close(body.End, LevelBehind(body.Level - 3), " }");
    }
}
