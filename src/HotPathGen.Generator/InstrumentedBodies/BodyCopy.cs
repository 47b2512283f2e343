using HotPathGen.Generator.Checks;
using HotPathGen.Generator.Emission;
using HotPathGen.Generator.Models;
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
    private readonly string _key;
    private readonly TextEdits _edits = new();
    private readonly List<MeasuredFunction> _functions = [];
    private readonly List<(NestedFunction, string)> _plain = [];

    private BodyCopy(OriginalBody body, string key, bool withFunctions)
    {
        (_body, _key) = (body, key);
        var writer = new ProbeWriter(body, ProbeText.Of(body.Method, key), _edits);
        Sites = BodySites.Of(body, writer, withFunctions ? (function, level) => Takes(body, function, level) : null);
        if (Sites.Unsupported is null)
        {
            writer.Finish(Sites);
        }
    }

    public BodySites Sites { get; }

    /// <summary>The functions in the body that have frames of their own in the copy.</summary>
    public IReadOnlyList<MeasuredFunction> Functions => _functions;

    /// <summary>The functions in the body that are hot and not measured, each with the reason.</summary>
    public IReadOnlyList<(NestedFunction Function, string Reason)> Plain => _plain;

    /// <summary>Which calls have to run the copy.</summary>
    public CopyUse Use =>
        _functions.Count > 0 ? CopyUse.Recorded
        // A program can tell the delegates of two bodies apart.
        : !_body.Method.IsAsync && DelegateIdentity.Matters(_body.Whole!) ? CopyUse.AnyProbing
        : CopyUse.Probing;

    /// <summary>For tests: changes copies so that they mean something else than their bodies. The tests show that no such copy is compiled.</summary>
    internal static Func<string, string>? Damage { get; set; }

    /// <param name="body">The body to copy.</param>
    /// <param name="key">The key of its method.</param>
    /// <param name="withFunctions">Whether lambdas and local functions get frames of their own.</param>
    public static BodyCopy Of(OriginalBody body, string key, bool withFunctions = true) => new(body, key, withFunctions);

    /// <summary>Writes a frame and probes into a function, if it is hot and can be measured.</summary>
    private bool Takes(OriginalBody outer, NestedFunction function, int level)
    {
        if (!Hotness.IsHotFunction(function.Syntax))
        {
            return false;
        }

        var body = new OriginalBody(outer, function, level);
        var found = BodySites.Of(body);
        string? reason = FunctionWriter.Unsupported(body, function)
            ?? found.Unsupported
            ?? (found.All.Count == 0 && Hotness.IsTrivialFunction(function.Syntax, function.Body) ? Hotness.OnlyMoves : null);
        if (reason is not null)
        {
            _plain.Add((function, reason));
            return false;
        }

        string key = $"{_key}_{_functions.Count + 1}";
        var measured = new MeasuredFunction(function, body, key);
        _functions.Add(measured);
        var writer = new ProbeWriter(body, ProbeText.Of(function.Symbol, key), _edits);
        measured.Sites = BodySites.Of(body, writer, (nested, nestedLevel) => Takes(body, nested, nestedLevel));
        var frame = new FunctionWriter(body, function, ProbeText.Method(key), _edits);
        writer.Finish(measured.Sites, !frame.MovesBody, frame.MovesBody);
        frame.Enclose(measured.Sites);
        return true;
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
