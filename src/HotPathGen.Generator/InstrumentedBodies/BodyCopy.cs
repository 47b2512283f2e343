using HotPathGen.Generator.Checks;
using HotPathGen.Generator.Emission;
using HotPathGen.Generator.Sites;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.InstrumentedBodies;

/// <summary>The copy of a body: the user's text, with a probe at each of its sites.</summary>
internal sealed class BodyCopy
{
    private readonly OriginalBody _body;
    private readonly TextEdits _edits;

    private BodyCopy(OriginalBody body, BodySites sites, TextEdits edits) => (_body, Sites, _edits) = (body, sites, edits);

    public BodySites Sites { get; }

    /// <summary>Whether every call has to run the copy, because a program can tell the delegates of two bodies apart.</summary>
    public bool RunsAlways => !_body.Method.IsAsync && DelegateIdentity.Matters(_body.Whole!);

    /// <summary>For tests: changes copies so that they mean something else than their bodies. The tests show that no such copy is compiled.</summary>
    internal static Func<string, string>? Damage { get; set; }

    /// <param name="body">The body to copy.</param>
    /// <param name="key">The key of its method.</param>
    public static BodyCopy Of(OriginalBody body, string key)
    {
        var edits = new TextEdits();
        var writer = new ProbeWriter(body, ProbeText.Of(body.Method, key), edits);
        var sites = BodySites.Of(body, writer);
        if (sites.Unsupported is null)
        {
            writer.Finish(sites);
        }

        return new(body, sites, edits);
    }

    /// <summary>Prints the body with its probes, on the user's lines. Also gives back the meaning that the copy must have.</summary>
    public (string Text, CopiedBody Copied) Print(SymbolHashes symbols)
    {
        BlankDirectives();
        var span = _body.Syntax is ArrowExpressionClauseSyntax ? TextSpan.FromBounds(_body.Syntax.SpanStart, _body.Core.Span.End) : _body.Syntax.Span;
        var kept = new List<(int InCopy, int InBody, int Length)>();
        string copy = GeneratedText.Print(text => _edits.Print(text, _body.File.Text, span, kept));
        var facts = Meaning.Of(_body.Whole!, _body.Syntax, _body.Model, symbols, _body.Cancellation);
        return (Damage?.Invoke(copy) ?? copy, new(_body.Syntax, facts, new(kept)));
    }

    /// <summary>
    /// Replaces directives with blanks. Conditions have been decided already, and no warning of a copy is shown. Lines and nullability are the
    /// user's.
    /// </summary>
    private void BlankDirectives()
    {
        if (!_body.Syntax.ContainsDirectives)
        {
            return;
        }

        foreach (var trivia in _body.Syntax.DescendantTrivia(descendIntoTrivia: false).Where(IsBlanked))
        {
            _edits.Replace(trivia.FullSpan, new string([.. trivia.ToFullString().Where(static letter => letter is '\r' or '\n')]));
        }
    }

    private static bool IsBlanked(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.DisabledTextTrivia)
        || (trivia.IsDirective && trivia.GetStructure() is not (LineOrSpanDirectiveTriviaSyntax or NullableDirectiveTriviaSyntax));
}
