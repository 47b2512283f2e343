using HotPathGen.Generator.Emission;
using HotPathGen.Generator.Sites;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.InstrumentedBodies;

/// <summary>
/// Writes the probes of a body. A probe stands behind what it measures: it gives the site all bytes that were allocated since the probe before.
/// Something else may come in between, for example the elements of an array. Then the part before it is noted first.
/// </summary>
internal sealed class ProbeWriter : ISiteVisitor
{
    private readonly ProbeText _probe;
    private readonly TextEdits _edits;
    private readonly StatementWriter _statements;
    private readonly AwaitWriter _awaits;

    public ProbeWriter(OriginalBody body, ProbeText probe, TextEdits edits)
    {
        (_probe, _edits) = (probe, edits);
        _statements = new(body, probe, edits);
        _awaits = new(body, probe, edits, _statements);
    }

    /// <summary>Writes the text round the whole body.</summary>
    /// <param name="sites">The sites of the body.</param>
    /// <param name="isWritten">Whether somebody else makes a block of a body without one.</param>
    /// <param name="needsBlock">Whether a body without a block has to become one.</param>
    public void Finish(BodySites sites, bool isWritten = false, bool needsBlock = false)
    {
        _awaits.EncloseBody(sites);
        _statements.NeedsBlock |= needsBlock;
        if (!isWritten)
        {
            _statements.PrintArrowAsBlock();
        }
    }

    public void Enter(IOperation operation, int level)
    {
        switch (operation)
        {
            case ITryOperation { Syntax: TryStatementSyntax { Finally.Block: { } block } }:
                // If an exception leads to the finally block, the block must not get the exception's bytes.
                _edits.Open(block.OpenBraceToken.Span.End, -2, _awaits.BeginFinally);
                break;
            case ICatchClauseOperation { Syntax: CatchClauseSyntax clause }:
                _edits.Open(clause.Block.OpenBraceToken.Span.End, -2, () => " " + _probe.Caught);
                break;
            case IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak, Syntax: YieldStatementSyntax yielding }:
                _awaits.Yield(yielding);
                break;
            case IAnonymousObjectCreationOperation creation:
                WriteNames(ImplicitNames.Of(creation), level, " = ");
                break;
            case ITupleOperation tuple:
                WriteNames(ImplicitNames.Of(tuple), level, ": ");
                break;
        }
    }

    public void Leave(IOperation operation, int level)
    {
        if (operation is IAwaitOperation { Syntax: AwaitExpressionSyntax syntax } awaiting)
        {
            _awaits.Await(awaiting, syntax, level);
        }
    }

    /// <summary>Writes the arguments about the caller. This is separate from the sites, because each operation is asked for such arguments.</summary>
    public void Call(CallerArguments arguments)
    {
        string text = string.Join(", ", arguments.Values.Select(static value => $"@{value.Name}: {GeneratedText.Literal(value.Value)}"));
        _edits.Close(
            arguments.Position,
            0,
            arguments.List switch
            {
                null => $"({text})",
                { Arguments.Count: > 0 } => ", " + text,
                _ => text,
            }
        );
    }

    public void Site(FoundSite site)
    {
        string? type = site.Probe.Type;
        switch (site.Probe.Form)
        {
            case ProbeForm.Value:
                Wrap(site, "At", "");
                break;
            case ProbeForm.TypedValue:
                Wrap(site, $"At<{type}>", "");
                break;
            case ProbeForm.ArrayInitializer:
                Wrap(site, $"At<{type}>", $"new {type} ");
                break;
            case ProbeForm.BecomesDynamic:
                Wrap(site, "At<object>", "");
                break;
            case ProbeForm.Truth:
                Wrap(site, "At<bool>", "(", ") ? true : false");
                break;
            case ProbeForm.Converted:
                Wrap(site, $"At<{type}>", $"new global::HotPathGen.Runtime.Converted<{type}> {{ Value = ", " }.Value");
                break;
            case ProbeForm.Dynamic:
                WrapDynamic(site);
                break;
            case ProbeForm.Reference:
                Wrap(site, "AtReference", "ref ");
                break;
            case ProbeForm.ReadOnlyReference:
                Wrap(site, "AtReadOnlyReference", "in ");
                break;
            case ProbeForm.AwaitForEach or ProbeForm.AwaitUsing or ProbeForm.AwaitUsingDeclaration:
                _awaits.WriteOut(site);
                break;
            default:
                _statements.Site(site);
                break;
        }
    }

    public void Element(ExpressionSyntax element, string type, FoundSite container, bool isFirst, int level)
    {
        _edits.Open(element.SpanStart, level, () => $"{_probe.After($"<{type}>")}({_probe.Marked(isFirst ? "At" : "Part", container.Index)}, ");
        _edits.Close(element.Span.End, level, ")");
    }

    public void Hole(ExpressionSyntax hole, FoundSite? container, int level, Action visit)
    {
        int before = _edits.Count;
        visit();
        if (_edits.Count == before)
        {
            return;
        }

        // A colon outside parentheses would begin a format.
        _edits.Open(hole.SpanStart, level, () => container is null ? "(" : $"({_probe.After("")}({_probe.Marked("Part", container.Index)}, ");
        _edits.Close(hole.Span.End, level, container is null ? ")" : "))");
    }

    private void Wrap(FoundSite site, string probe, string before, string after = "")
    {
        var expression = (ExpressionSyntax)site.Probe.Node;
        bool branches = site.IsBeforeNew && before is not ("ref " or "in ") && !DeclaresOrAssigns(expression);
        string open = branches ? "(global::HotPathGen.Runtime.Frame.IsEnabled ? " : "";
        string close = branches ? " : default)" : "";
        _edits.Open(expression.SpanStart, site.Level, () => open + _probe.Open(probe, site.Index, before));
        _edits.Close(expression.Span.End, site.Level, () => after + _probe.Close(site.Index) + close);
    }

    private static bool DeclaresOrAssigns(ExpressionSyntax expression) =>
        expression
            .DescendantNodesAndSelf()
            .Any(static node =>
                node
                    is AssignmentExpressionSyntax
                        or VariableDesignationSyntax
                        or ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword }
            );

    private void WrapDynamic(FoundSite site)
    {
        var expression = site.Probe.Node;
        _edits.Open(expression.SpanStart, site.Level, () => $"((dynamic){_probe.Open("At<object>", site.Index, "(object)(")}");
        _edits.Close(expression.Span.End, site.Level, () => $"){_probe.Close(site.Index)})");
    }

    private void WriteNames(IEnumerable<(SyntaxNode Value, string Name)> named, int level, string sign)
    {
        foreach (var (value, name) in named)
        {
            _edits.Open(value.SpanStart, level + 1, $"@{name}{sign}");
        }
    }
}
