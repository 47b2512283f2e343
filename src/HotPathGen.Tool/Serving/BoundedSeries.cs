namespace HotPathGen.Tool.Serving;

/// <summary>
/// The counters of a bounded number of keys. The figures of all other keys are summed. No counter falls, but after a reset of the program or with
/// another process, when all begin again:
/// <list type="bullet">
/// <item>A key that has a series keeps it. A key that gets one later leaves in the sum of the others what it had there.</item>
/// <item>An estimate may be lower than the one before. The counter waits until the estimate has grown beyond it.</item>
/// </list>
/// </summary>
/// <param name="bound">The number of series, without that of the others.</param>
/// <param name="figures">The number of figures that each key has.</param>
/// <param name="heat">The figure by which the hottest keys are found.</param>
internal sealed class BoundedSeries<TKey>(int bound, int figures, int heat)
    where TKey : notnull
{
    private readonly OrderedDictionary<TKey, Counters> _series = [];
    private readonly Dictionary<TKey, Counters> _others = [];

    /// <summary>The figures of each series.</summary>
    public IEnumerable<(TKey Key, long[] Figures)> Series => _series.Select(static series => (series.Key, series.Value.Own));

    /// <summary>What is in no series; null if there is nothing.</summary>
    public long[]? Others { get; private set; }

    /// <param name="read">The figures of each key.</param>
    /// <param name="isNew">Whether they begin anew.</param>
    public void Update(IReadOnlyDictionary<TKey, long[]> read, bool isNew)
    {
        if (isNew)
        {
            _others.Clear();
            foreach (var counters in _series.Values)
            {
                counters.Clear();
            }
        }

        TKey[] without = [.. read.Keys.Where(key => !_series.ContainsKey(key))];
        int left = bound - _series.Count;
        // While not all have room, half of what is left stays free: what runs first in a program is rarely what is hot later.
        int given = without.Length <= left ? without.Length : (left + 1) / 2;
        foreach (var key in without.OrderByDescending(key => read[key][heat]).Take(given))
        {
            var counters = _others.Remove(key, out var known) ? known : new Counters(figures);
            counters.BeginSeries();
            _series.Add(key, counters);
        }

        foreach (var (key, values) in read)
        {
            if (!_series.TryGetValue(key, out var counters) && !_others.TryGetValue(key, out counters))
            {
                _others[key] = counters = new(figures);
            }

            counters.Raise(values);
        }

        long[] others = new long[figures];
        foreach (var counters in _series.Values.Concat(_others.Values))
        {
            counters.AddOthersTo(others);
        }

        Others = _others.Count > 0 || others.Any(static value => value > 0) ? others : null;
    }

    private sealed class Counters(int figures)
    {
        private readonly long[] _largest = new long[figures];

        // What they were when the series began; null as long as there is none.
        private long[]? _first;

        public long[] Own => [.. _largest.Select((largest, i) => largest - _first![i])];

        public void BeginSeries() => _first = [.. _largest];

        public void Raise(long[] values)
        {
            for (int i = 0; i < values.Length; i++)
            {
                _largest[i] = Math.Max(_largest[i], values[i]);
            }
        }

        public void AddOthersTo(long[] others)
        {
            for (int i = 0; i < others.Length; i++)
            {
                others[i] += (_first ?? _largest)[i];
            }
        }

        public void Clear()
        {
            Array.Clear(_largest);
            Array.Clear(_first!);
        }
    }
}
