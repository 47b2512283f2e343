using System.Globalization;
using HotPathGen.Generator.Library;
using HotPathGen.Generator.Sites;
using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.Twins;

/// <summary>What the runtime is told of the sites of a body.</summary>
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

    private TextSpan[]? _inserted;

    /// <summary>A line for each site, those that are not in the source behind the others.</summary>
    /// <param name="sites">All of the body.</param>
    /// <param name="name">The method's name.</param>
    public IEnumerable<string> Of(BodySites sites, string name)
    {
        int line = body.Syntax.GetFirstToken().GetLocation().GetMappedLineSpan().StartLinePosition.Line + 1;
        string start = line.ToString(CultureInfo.InvariantCulture) + "\t1\t";
        return sites
            .All.Select(Of)
            .Concat(sites.Others.Select(kind => $"{start}{SiteKinds.Word(kind)}\t\t{(kind == SiteKind.Exception ? "thrown or caught" : name)}"));
    }

    /// <summary>Line, column, kind, type and text, between tabs; of calls also whose the callee is, where that is known.</summary>
    private string Of(FoundSite found)
    {
        string type = found.Site switch
        {
            { Callee: { } callee, Kind: SiteKind.Call or SiteKind.Growth or SiteKind.Linq or SiteKind.Reflection } => Name(callee),
            { Type: { } allocated } => allocated.ToDisplayString(s_reportType),
            _ => "",
        };
        var place = found.First.GetLocation().GetMappedLineSpan();
        string described = string.Join(
            "\t",
            (place.StartLinePosition.Line + 1).ToString(CultureInfo.InvariantCulture),
            Column(found.First).ToString(CultureInfo.InvariantCulture),
            SiteKinds.Word(found.Kind),
            type,
            found.Text
        );
        return CalleeOrigin.Of(found.Site, body.Method.ContainingAssembly) is { Length: > 0 } origin ? $"{described}\t{origin}" : described;
    }

    private static string Name(IMethodSymbol callee) =>
        callee switch
        {
            { MethodKind: MethodKind.Constructor } => callee.ContainingType.Name,
            { AssociatedSymbol: { } member } => member.ToDisplayString(s_callee),
            _ => (callee.ReducedFrom ?? callee).ToDisplayString(s_callee),
        };

    /// <summary>One-based, in the user's text: what prepare inserted before it on its line does not count.</summary>
    private int Column(SyntaxToken first)
    {
        var text = body.Core.SyntaxTree.GetText(body.Cancellation);
        int start = text.Lines.GetLineFromPosition(first.SpanStart).Start;
        int column = first.SpanStart - start + 1;
        _inserted ??= PreparedPair.Declaration(body.Core) is { } declaration ? [.. PreparedPair.Inserted(declaration, body.Core)] : [];
        foreach (var inserted in _inserted)
        {
            if (inserted.Start >= start && inserted.End <= first.SpanStart)
            {
                column -= inserted.Length;
            }
        }

        return column;
    }
}
