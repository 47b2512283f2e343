namespace HotPathGen.Runtime.Live;

/// <summary>
/// The counters of a bounded number of series, by key. The figures of all other keys are summed in one more series. No counter ever falls:
/// <list type="bullet">
/// <item>A key that has a series keeps it. A key that gets one later leaves in the others' series what it had there.</item>
/// <item>A reset of the recording leaves the counters where they are, and they grow from there. An SDK that reports differences would report a
/// negative one, because an observable counter cannot say that it begins again.</item>
/// <item>An estimate may be lower than the one before. The counter waits until the estimate has grown beyond it. Prometheus would take the lower
/// value for a restart and count the whole value again.</item>
/// </list>
/// </summary>
/// <param name="bound">The number of series, without that of the others.</param>
/// <param name="figures">The number of figures that each key has.</param>
/// <param name="heat">The figure by which the hottest keys are found.</param>
internal sealed class SeriesTable<TKey>(int bound, int figures, int heat)
    where TKey : notnull
{
    private readonly Dictionary<TKey, Counters> _keys = [];
    private readonly List<(TKey Key, Counters Counters)> _series = [];
    private readonly long[] _othersBefore = new long[figures];
    private string? _start;

    /// <summary>What the keys without a series of their own have together; null if there are none.</summary>
    public long[]? Others { get; private set; }

    public IEnumerable<(TKey Key, long[] Figures)> Series => _series.Select(static series => (series.Key, series.Counters.Own));

    /// <param name="start">When the figures begin. It is another one after a reset.</param>
    /// <param name="read">The figures of each key since then.</param>
    public void Update(string start, IReadOnlyDictionary<TKey, long[]> read)
    {
        if (start != _start)
        {
            _start = start;
            foreach (var counters in _keys.Values)
            {
                counters.Restart(_othersBefore);
            }
        }

        TKey[] without = [.. read.Keys.Where(key => !_keys.TryGetValue(key, out var known) || !known.HasSeries)];
        int left = bound - _series.Count;
        // While not all have room, half of what is left stays free: what runs first in a program is rarely what is hot later.
        int given = without.Length <= left ? without.Length : (left + 1) / 2;
        foreach (var key in without.OrderByDescending(key => read[key][heat]).Take(given))
        {
            var counters = Of(key);
            counters.BeginSeries();
            _series.Add((key, counters));
        }

        foreach (var (key, values) in read)
        {
            Of(key).Raise(values);
        }

        long[] others = [.. _othersBefore];
        bool hasOthers = others.Any(static value => value > 0);
        foreach (var counters in _keys.Values)
        {
            hasOthers |= counters.AddToOthers(others);
        }

        Others = hasOthers ? others : null;
    }

    private Counters Of(TKey key)
    {
        if (!_keys.TryGetValue(key, out var counters))
        {
            _keys[key] = counters = new(figures);
        }

        return counters;
    }

    private sealed class Counters(int figures)
    {
        /// <summary>What was in the series at the last reset.</summary>
        private readonly long[] _before = new long[figures];

        /// <summary>The largest figures since then; the next ones are what they were when the series began.</summary>
        private readonly long[] _largest = new long[figures];
        private readonly long[] _first = new long[figures];

        public bool HasSeries { get; private set; }

        public long[] Own => [.. _before.Select((before, i) => before + _largest[i] - _first[i])];

        public void BeginSeries()
        {
            HasSeries = true;
            _largest.CopyTo(_first, 0);
        }

        public void Raise(long[] values)
        {
            for (int i = 0; i < values.Length; i++)
            {
                _largest[i] = Math.Max(_largest[i], values[i]);
            }
        }

        /// <summary>Adds what the key has outside of a series of its own, and returns whether it has something there.</summary>
        public bool AddToOthers(long[] others)
        {
            bool hasSome = !HasSeries;
            long[] outside = HasSeries ? _first : _largest;
            for (int i = 0; i < outside.Length; i++)
            {
                others[i] += outside[i];
                hasSome |= outside[i] > 0;
            }

            return hasSome;
        }

        public void Restart(long[] othersBefore)
        {
            AddToOthers(othersBefore);
            if (HasSeries)
            {
                Own.CopyTo(_before, 0);
            }

            Array.Clear(_largest);
            Array.Clear(_first);
        }
    }
}
