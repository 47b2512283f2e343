using HotPathGen.Generator.Sites;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.InstrumentedBodies;

/// <summary>Describes the sites of a body for the runtime.</summary>
internal sealed class SiteDescription(OriginalBody body)
{
    private static readonly SymbolDisplayFormat s_reportType = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
    );

    private static readonly SymbolDisplayFormat s_callee = new(
        memberOptions: SymbolDisplayMemberOptions.IncludeContainingType,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly
    );

    /// <summary>Gives a line for each site. The sites that are not in the source come last.</summary>
    /// <param name="sites">All sites of the body.</param>
    /// <param name="name">The method's name.</param>
    public IEnumerable<string> Of(BodySites sites, string name)
    {
        int line = UserPlace.Of(body.Syntax).StartLinePosition.Line + 1;
        return sites
            .All.Select(Of)
            .Concat(
                sites.Others.Select(kind => new SiteLine(line, 1, kind, "", kind == SiteKind.Exception ? "thrown or caught" : name, Origin.Other))
            )
            .Select(static site => site.Print());
    }

    private SiteLine Of(FoundSite found)
    {
        string type = found.Site switch
        {
            { Callee: { } callee, Kind: SiteKind.Call or SiteKind.Growth or SiteKind.Linq or SiteKind.Reflection } => Name(callee),
            { Type: { } allocated } => allocated.ToDisplayString(s_reportType),
            _ => "",
        };
        var place = UserPlace.Of(found.First, found.Probe.Node.Span).StartLinePosition;
        return new(
            place.Line + 1,
            UserPlace.IsHidden(found.First) ? place.Character + 1 : Column(found.First, place.Character),
            found.Kind,
            type,
            found.Text,
            CalleeOrigin.Of(found.Site, body.Method.ContainingAssembly)
        );
    }

    private static string Name(IMethodSymbol callee) =>
        callee switch
        {
            { MethodKind: MethodKind.Constructor } => callee.ContainingType.Name,
            { AssociatedSymbol: { } member } => member.ToDisplayString(s_callee),
            _ => (callee.ReducedFrom ?? callee).ToDisplayString(s_callee),
        };

    /// <summary>The one-based column in the user's text. Text that prepare inserted before it on its line does not count.</summary>
    private int Column(SyntaxToken first, int character)
    {
        var text = body.Core.SyntaxTree.GetText(body.Cancellation);
        int start = text.Lines.GetLineFromPosition(first.SpanStart).Start;
        string before = text.ToString(TextSpan.FromBounds(start, first.SpanStart));
        int mark = before.LastIndexOf(Marks.Column, StringComparison.Ordinal),
            end = mark < 0 ? -1 : before.IndexOf("*/ ", mark, StringComparison.Ordinal);
        return end >= 0 && int.TryParse(before.Substring(mark + Marks.Column.Length, end - mark - Marks.Column.Length), out int column)
            ? column + before.Length - end - "*/ ".Length
            : character + 1;
    }
}
