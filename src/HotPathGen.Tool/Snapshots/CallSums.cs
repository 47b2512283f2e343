namespace HotPathGen.Tool.Snapshots;

/// <summary>
/// The time and bytes of all calls of a method together. For a method that calls itself, the inclusive figures do not give this. The means
/// do: they are rounded down by less than one unit per call, and the contexts give the rest, except where calls went on after they returned.
/// </summary>
internal readonly record struct CallSums(long Ns, long Bytes)
{
    public static CallSums[] Of(SnapshotDocument document)
    {
        var sums = new CallSums[document.Methods.Length];
        foreach (var context in document.Contexts)
        {
            if (context.Method is { } method)
            {
                sums[method] = checked(new(sums[method].Ns + context.InclusiveNs, sums[method].Bytes + context.InclusiveBytes));
            }
        }
        for (int i = 0; i < sums.Length; i++)
        {
            var method = document.Methods[i];
            sums[i] = new(Near(sums[i].Ns, method.Time.MeanNs, method.Calls), Near(sums[i].Bytes, method.Allocated.MeanBytes, method.Calls));
        }
        return sums;
    }

    private static long Near(long sum, long mean, long calls) => checked(Math.Clamp(sum, mean * calls, mean * calls + Math.Max(0, calls - 1)));
}
