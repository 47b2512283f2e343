using HotPathGen.Generator.Allocations;
using HotPathGen.Generator.Parsing;
using HotPathGen.Generator.Sites;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Heat;

/// <summary>
/// A hot method beside what a profile knows of it. Sites are known by kind and text, as a baseline knows them: lines move with every edit
/// above. Those of a method that say the same weigh together.
/// </summary>
internal sealed class HeatOfMethod(Profile profile, ProfileMethod measured)
{
    /// <summary>What a site weighs; null where the profile does not know.</summary>
    public Weight? Of(Allocation allocation)
    {
        if (measured.Calls == 0)
        {
            return new(0, 0, 0);
        }

        if (measured.Sites is not { } sites || measured.SiteScale == 0)
        {
            // Without sites one thing is known all the same.
            return measured.InclusiveBytes == 0 ? new(0, measured.Calls, 0) : null;
        }

        string kind = SiteKinds.Word(allocation.Site.Kind), text = SiteText.Of(allocation);
        ProfileSite[] same = [.. sites.Where(site => site.Kind == kind && (site.Text == text || allocation.Site.Kind == SiteKind.StateMachine))];
        if (same.Length == 0)
        {
            // A baseline lists what allocates in every run; what allocates in some of them it leaves out.
            return measured.IsOfBaseline && !HasChanged(allocation) ? new(0, null, 0) : null;
        }

        double bytes = same.Sum(static site => site.Bytes) * measured.SiteScale;
        double? hits = same.Any(static site => site.Hits is null) ? null : same.Sum(static site => site.Hits) * measured.SiteScale;
        return new(bytes / measured.Calls, hits, profile.AllBytes > 0 ? bytes / profile.AllBytes : 0);
    }

    /// <summary>
    /// What shows that the method is another than the one that was measured: a site that allocated and is gone, or one that the snapshot would
    /// have listed; null for nothing.
    /// </summary>
    public string? Change(SyntaxNode body, IEnumerable<Allocation> allocations)
    {
        if (measured.Sites is not { } sites)
        {
            return null;
        }

        string text = SiteText.OneLine(body.ToString(), int.MaxValue);
        if (sites.FirstOrDefault(site => site.Bytes > 0 && SiteText.Source(site.Kind, site.Text) is { } source && !text.Contains(source)) is { } gone)
        {
            return $"'{gone.Text}', which allocated, is gone";
        }

        return allocations.FirstOrDefault(HasChanged) is { } added ? $"'{SiteText.Of(added)}' is new" : null;
    }

    /// <summary>Whether a snapshot of this method would know the site: all but calls of other hot methods, which have figures of their own.</summary>
    private bool HasChanged(Allocation allocation) =>
        !measured.IsOfBaseline && measured.Sites is { } sites
        && allocation.Site is { Kind: not (SiteKind.Closure or SiteKind.StateMachine or SiteKind.ParamsArray) } site && !(site.Callee is { } callee && HotSymbols.IsHot(callee.OriginalDefinition))
        && SiteText.Of(allocation) is var text && !sites.Any(other => other.Text == text);
}
