using HotPathGen.Generator.Sites;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.InstrumentedBodies;

/// <summary>Writes probes that are statements of their own.</summary>
internal sealed class StatementWriter(OriginalBody body, ProbeText probe, TextEdits edits)
{
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
            case { Form: ProbeForm.Scope, Node: ArrowExpressionClauseSyntax arrow }:
                NeedsBlock = true;
                edits.Open(arrow.Expression.SpanStart, -2, () => probe.Statement(site.Index) + " ");
                break;
            case { Form: ProbeForm.Scope, Node: var scope }:
                Begin(scope, site);
                break;
        }
    }

    /// <summary>Writes a statement behind the one that an expression belongs to, if the new statement runs whenever the expression has run.</summary>
    public void Behind(ExpressionSyntax expression, int level, Func<string> text)
    {
        switch (body.Behind(expression))
        {
            case ExpressionSyntax incrementor:
                edits.Close(incrementor.Span.End, level, () => ", " + text().TrimEnd(';'));
                break;
            case StatementSyntax statement:
                After(statement, level, text);
                break;
            case ArrowExpressionClauseSyntax:
                NeedsBlock = true;
                edits.Close(body.Core.SemicolonToken.Span.End, level, () => " " + text());
                break;
        }
    }

    private void After(StatementSyntax statement, int level, Func<string> text)
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
        if (!NeedsBlock || body.Syntax is not ArrowExpressionClauseSyntax arrow)
        {
            return;
        }

        edits.Replace(arrow.ArrowToken.Span, "{");
        if (body.ReturnsValue && arrow.Expression is not ThrowExpressionSyntax)
        {
            edits.Open(arrow.Expression.SpanStart, -1, "return ");
        }

        edits.Close(body.Core.SemicolonToken.Span.End, -3, " }");
    }
}
