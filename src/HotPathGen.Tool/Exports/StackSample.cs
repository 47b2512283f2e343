using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Exports;

/// <summary>
/// What a context itself recorded: at a site of its method or, without a site, elsewhere in the method. Calls and time belong to the method.
/// </summary>
internal sealed record StackSample(ContextNode Context, Site? Site, long Calls, long SelfNs, long SelfBytes, long Objects)
{
    /// <summary>
    /// All samples of a snapshot. The samples of a context add up to its own figures exactly. What sites allocated is known by method and not by
    /// context, and only for the calls that probed. So the contexts of a method share its sites' bytes in proportion, rounded so that nothing is
    /// lost. Objects come from the sites that make one object a hit, scaled to all calls.
    /// </summary>
    public static IEnumerable<StackSample> Of(SnapshotDocument snapshot)
    {
        // For each method, the bytes of its contexts so far. With them the objects that its contexts get add up to those of the method.
        long[] bytesBefore = new long[snapshot.Methods.Length];
        long[] bytesOfAll = new long[snapshot.Methods.Length];
        foreach (var context in snapshot.Contexts)
        {
            if (context.Method is { } method)
            {
                bytesOfAll[method] = checked(bytesOfAll[method] + context.SelfBytes);
            }
        }
        foreach (var context in snapshot.Contexts)
        {
            if (context.Method is not { } index)
            {
                yield return new(context, null, context.Calls, context.SelfNs, context.SelfBytes, 0);
                continue;
            }
            var method = snapshot.Methods[index];
            Site[] sites = [.. (method.Sites ?? []).Where(static site => site.Bytes > 0)];
            long weights = checked(sites.Sum(static site => site.Bytes) + (method.UnattributedBytes ?? 0));
            long cumulated = 0,
                given = 0;
            foreach (var site in sites)
            {
                cumulated += site.Bytes;
                long bytes = Share(context.SelfBytes, cumulated, weights) - given;
                given += bytes;
                long objects = site.Objects is { } certain ? (long)Math.Round(certain * (method.SiteScale ?? 1)) : 0;
                objects =
                    Share(objects, bytesBefore[index] + context.SelfBytes, bytesOfAll[index]) - Share(objects, bytesBefore[index], bytesOfAll[index]);
                if (bytes > 0 || objects > 0)
                {
                    yield return new(context, site, 0, 0, bytes, objects);
                }
            }
            bytesBefore[index] += context.SelfBytes;
            yield return new(context, null, context.Calls, context.SelfNs, context.SelfBytes - given, 0);
        }
    }

    private static long Share(long value, long part, long whole) => whole == 0 ? 0 : (long)((Int128)value * part / whole);
}
