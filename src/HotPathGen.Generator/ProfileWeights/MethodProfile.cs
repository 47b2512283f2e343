using HotPathGen.Generator.Allocations;
using HotPathGen.Generator.Sites;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.ProfileWeights;

/// <summary>
/// Compares a hot method with what a profile knows of it. The sites are those that a measured build would give the present source. They are matched
/// by kind and text, as in a baseline, because lines move with every edit above them. Sites of a method with the same kind and text are added up.
/// </summary>
internal sealed class MethodProfile
{
    private readonly Profile _profile;
    private readonly ProfileMethod _measured;

    /// <summary>The sites of the present source; null if the profile or a measured build knows none.</summary>
    private readonly IReadOnlyList<FoundSite>? _now;

    public MethodProfile(Profile profile, ProfileMethod measured, SyntaxNode declaration, SemanticModel model, CancellationToken cancellation)
    {
        (_profile, _measured) = (profile, measured);
        if (measured.Sites is not null && declaration is MethodDeclarationSyntax core && model.GetDeclaredSymbol(core, cancellation) is { } method)
        {
            var sites = BodySites.Of(new(new(model.Compilation, model.SyntaxTree, model), core, method, cancellation));
            _now = sites.Unsupported is null ? sites.All : null;
        }
    }

    /// <summary>The profile weight of a site; null if the profile does not know it.</summary>
    public Weight? Of(Allocation allocation)
    {
        if (_measured.Calls == 0)
        {
            return new(0, 0, 0);
        }

        if (_measured.Sites is null || _measured.SiteScale == 0)
        {
            // Even without sites it is known whether the method allocated at all.
            return _measured.InclusiveBytes == 0 ? new(0, _measured.Calls, 0) : null;
        }

        ProfileSite[] same =
            allocation.Kind == SiteKind.StateMachine ? [.. _measured.Sites.Where(static site => site.Kind == SiteKind.StateMachine)]
            : Site(allocation) is { } placed ? [.. Measured(placed)]
            : [];
        if (same.Length == 0)
        {
            // A baseline lists the sites that allocate in every run. It leaves out sites that allocate only in some runs.
            return _measured.IsOfBaseline && Site(allocation) is not null ? new(0, null, 0) : null;
        }

        double bytes = same.Sum(static site => site.Bytes) * _measured.SiteScale;
        double? hits = same.Any(static site => site.Hits is null) ? null : same.Sum(static site => site.Hits) * _measured.SiteScale;
        return new(bytes / _measured.Calls, hits, _profile.AllBytes > 0 ? bytes / _profile.AllBytes : 0);
    }

    /// <summary>
    /// The sign that the method is not the one that was measured any more: a site that allocated is gone, or there is a site that the snapshot would
    /// have listed. Null if there is no sign.
    /// </summary>
    public string? Change(IAssemblySymbol assembly)
    {
        if (_now is null)
        {
            return null;
        }

        if (
            _measured.Sites!.FirstOrDefault(site =>
                site.Bytes > 0 && site.Kind is not (SiteKind.StateMachine or SiteKind.Exception) && !_now.Any(placed => AreSame(placed, site))
            ) is
            { } gone
        )
        {
            return $"'{gone.Text}', which allocated, is gone";
        }

        // If more methods were hot in the measured build than here, calls of them were no sites.
        return
            !_measured.IsOfBaseline
            && _now.FirstOrDefault(placed =>
                !Measured(placed).Any() && !SymbolEqualityComparer.Default.Equals(placed.Callee?.ContainingAssembly, assembly)
            )
                is { } added
            ? $"'{added.Text}' is new"
            : null;
    }

    /// <summary>The site that a measured build would give an allocation; null for one in a lambda, and if there is no room for a probe.</summary>
    private FoundSite? Site(Allocation allocation)
    {
        FoundSite[] there = [.. _now?.Where(placed => placed.Kind == allocation.Kind && placed.Place == allocation.Place.Position) ?? []];
        string text = allocation.Text;
        return there.FirstOrDefault(placed => placed.Text == text) ?? (there is [var only] ? only : null);
    }

    private IEnumerable<ProfileSite> Measured(FoundSite placed) => _measured.Sites!.Where(site => AreSame(placed, site));

    private static bool AreSame(FoundSite placed, ProfileSite measured) => placed.Kind == measured.Kind && placed.Text == measured.Text;
}
