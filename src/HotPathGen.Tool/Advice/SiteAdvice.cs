using HotPathGen.Causes;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Advice;

/// <summary>What a site costs, why it allocates and what helps, as far as the site's figures tell, and where each answer comes from.</summary>
/// <param name="Cause">Why it allocates, as part of a sentence.</param>
/// <param name="Remedy">What to do, as part of a sentence.</param>
/// <param name="Hits">The hits that allocated, scaled to all calls.</param>
/// <param name="Bytes">The allocated bytes, scaled to all calls.</param>
/// <param name="SavedBytes">How many of these bytes the remedy is expected to save.</param>
internal sealed record SiteAdvice(Method Method, Site Site, string Cause, string Remedy, long Hits, long Bytes, long SavedBytes)
{
    /// <summary>The advice for all sites; the one that saves most comes first.</summary>
    public static IEnumerable<SiteAdvice> Of(IEnumerable<Method> methods) =>
        from method in methods
        from site in method.Sites ?? []
        where site.Bytes > 0 && method.SiteScale > 0
        let advice = Of(method, site, method.SiteScale!.Value)
        orderby advice.SavedBytes descending, advice.Bytes descending, method.Key, site.Line, site.Column
        select advice;

    private static SiteAdvice Of(Method method, Site site, double scale)
    {
        var cause = Causes.Cause.Of(site.Kind, site.Type, site.Text, site.Origin ?? Origin.Other);
        long bytes = (long)(site.Bytes * scale),
            hits = (long)Math.Round(site.AllocatingHits * scale);
        if (Growth.Of(method, site) is not { } growth)
        {
            return new(method, site, cause.Name, cause.Remedy, hits, bytes, bytes);
        }

        string capacity = FormattableString.Invariant(
            $"capacity {growth.Capacity:N0}, all that 95 % of the {Units.Count((long)Math.Round(growth.Collections * scale))} {(growth.AreCounted ? "made here" : "that grew")} needed (read off {growth.Source}),"
        );
        long saved = (long)(growth.SavedBytes * scale);
        return saved > 0
            ? new(
                method,
                site,
                $"doubling {cause.Name}",
                $"give it {capacity} to save about {Units.Bytes(saved)}",
                hits,
                bytes,
                Math.Min(saved, bytes)
            )
            : new(
                method,
                site,
                $"doubling {cause.Name}",
                $"keep one and clear it between calls; {capacity} would cost {Units.Bytes(-saved)} more than it saves",
                hits,
                bytes,
                bytes
            );
    }

    public string Place => FormattableString.Invariant($"{Method.File[(Method.File.LastIndexOf('/') + 1)..]}:{Site.Line}");

    /// <param name="allBytes">The bytes that all methods allocated.</param>
    public string Sentence(long allBytes) => AdviceSentence.Of(Cause, Place, Hits, Bytes, allBytes, Remedy);
}
