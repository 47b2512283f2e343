using System.Globalization;
using HotPathGen.Causes;
using HotPathGen.Generator.Allocations;
using HotPathGen.Generator.Library;
using HotPathGen.Generator.Sites;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Analysis;

/// <summary>Describes allocations in the words of the rules.</summary>
internal static class AllocationWords
{
    private static readonly SymbolDisplayFormat s_member = new(
        memberOptions: SymbolDisplayMemberOptions.IncludeContainingType,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
    );

    /// <summary>The beginning of a rule's message.</summary>
    public static string Subject(Allocation allocation) =>
        allocation.Site switch
        {
            { Kind: SiteKind.With, Type: { } type } => $"A copy of '{Name(type)}'",
            { Kind: SiteKind.AnonymousObject } => "An anonymous object",
            { Kind: SiteKind.Object or SiteKind.Array or SiteKind.CollectionExpression, Type: { } type } => $"A new '{Name(type)}'",
            { Kind: SiteKind.Boxing, Type: { } type } => $"'{Name(type)}'",
            { Kind: SiteKind.Closure } => string.Join(", ", allocation.Captures.Select(static name => $"'{name}'")),
            { Kind: SiteKind.Concatenation or SiteKind.Interpolation, Kind: var kind } => Words.Of(kind),
            { Kind: SiteKind.Call or SiteKind.Growth or SiteKind.Linq or SiteKind.Reflection, Callee: { } callee } => $"'{Name(callee)}'",
            { Kind: SiteKind.Call } => "A dynamic operation",
            { Type: { } type } => $"'{Name(type)}'",
            var site => Words.Of(site.Kind),
        };

    /// <summary>The same for a message that does not say what kind of object is made.</summary>
    public static string Whole(Allocation allocation) =>
        allocation.Site.Kind == SiteKind.Enumerator ? $"An enumerator of {Subject(allocation)}" : Subject(allocation);

    /// <summary>The end of a rule's message: how sure the allocation is, and, for a call, what allocates in the called method.</summary>
    public static string Rest(Allocation allocation)
    {
        string sometimes = allocation is { Certainty: Certainty.Sometimes, Site.Kind: not SiteKind.Growth } ? " at times" : "";
        return allocation.Inside is null ? sometimes : sometimes + ": " + Chain(allocation.Inside);
    }

    /// <summary>Why an allocation happens, and what helps. The tool gives the same advice.</summary>
    /// <param name="allocation">The allocation that a rule reports.</param>
    /// <param name="assembly">The assembly that the allocation is in.</param>
    public static Cause CauseOf(Allocation allocation, IAssemblySymbol assembly) =>
        allocation.Site switch
        {
            {
                Kind: SiteKind.Call or SiteKind.Growth or SiteKind.Linq or SiteKind.Reflection,
                Callee: { MethodKind: not MethodKind.Constructor } callee
            } => Cause.Of(
                allocation.Site.Kind,
                $"{callee.ContainingType.Name}.{(callee.AssociatedSymbol ?? callee).Name}",
                allocation.Text,
                CalleeOrigin.Of(allocation.Site, assembly)
            ),
            { Type: { } type } => Cause.Of(allocation.Site.Kind, Name(type)),
            var site => Cause.Of(site.Kind),
        };

    /// <summary>The chain from an allocation to the one that it finally leads to, each with its place.</summary>
    public static string Chain(Allocation allocation) =>
        string.Join(" > ", allocation.Chain.Select(static link => $"{Words.Of(link.Site.Kind)} {Thing(link)} ({Place(link.Syntax)})"));

    public static string Place(SyntaxNode syntax)
    {
        var place = syntax.GetFirstToken().GetLocation().GetMappedLineSpan();
        return string.Format(CultureInfo.InvariantCulture, "{0}:{1}", Path.GetFileName(place.Path), place.StartLinePosition.Line + 1);
    }

    /// <summary>A type as the source would name it.</summary>
    public static string Name(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    public static string Name(IMethodSymbol method) =>
        method switch
        {
            { MethodKind: MethodKind.Constructor } => "new " + method.ContainingType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
            { AssociatedSymbol: { } member } => member.ToDisplayString(s_member),
            _ => (method.ReducedFrom ?? method).ToDisplayString(s_member),
        };

    private static string Thing(Allocation allocation) =>
        allocation.Site switch
        {
            { Kind: SiteKind.Closure } => "of " + Subject(allocation),
            { Callee: { } callee } => $"'{Name(callee)}'",
            { Type: { } type } => $"'{Name(type)}'",
            _ => "of something dynamic",
        };
}
