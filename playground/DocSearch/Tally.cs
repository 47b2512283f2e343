using HotPathGen;

namespace DocSearch;

internal static class Tally
{
    [Instrument]
    public static Dictionary<T, int> Of<T>(IEnumerable<T> items)
        where T : notnull
    {
        var counts = new Dictionary<T, int>();

        foreach (var item in items)
        {
            counts[item] = counts.GetValueOrDefault(item) + 1;
        }

        return counts;
    }
}
