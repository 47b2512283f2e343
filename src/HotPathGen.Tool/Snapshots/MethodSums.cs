namespace HotPathGen.Tool.Snapshots;

/// <summary>
/// The figures of one method over several snapshots, which must be of the same body. An edit elsewhere changes the place of the body, so the
/// place is taken from the newest run.
/// </summary>
internal sealed class MethodSums
{
    private readonly string _firstFile;
    private readonly Method _first;
    private readonly SiteSums[] _sites;
    private readonly PooledSums[] _pooled;
    private readonly long[] _timeCounts = new long[Histogram.BucketCount];
    private readonly long[] _bytesCounts = new long[Histogram.BucketCount];
    private readonly long[] _bytesByTimeBucket = new long[Histogram.PowerOfTwoCount];
    private long _calls,
        _open,
        _failures,
        _threads,
        _completed,
        _wallNs;
    private long _inclusiveNs,
        _selfNs,
        _maxNs,
        _timedNs,
        _timedCalls;
    private long _inclusiveBytes,
        _selfBytes,
        _maxBytes,
        _callBytes;
    private long _unattributedBytes,
        _sampledCalls;
    private long? _recordingNs = 0;
    private double _squaredMarginNs,
        _squaredMarginBytes;
    private BodyShare _control = s_noShare,
        _probing = s_noShare;
    private Breaches? _breaches;
    private Method _newest;
    private string _newestStart = "";
    private bool _isTimedByControl = true,
        _differs,
        _mayHoldTier0,
        _isSampled,
        _lacksMarginBytes;

    private static readonly BodyShare s_noShare = new()
    {
        Calls = 0,
        SelfBytes = 0,
        SelfNs = 0,
        TotalNs = 0,
    };

    public MethodSums(string file, Method first)
    {
        _firstFile = file;
        _first = _newest = first;
        _sites = [.. (first.Sites ?? []).Select(static site => new SiteSums(site))];
        _pooled = [.. (first.Pooled ?? []).Select(static pooled => new PooledSums(pooled))];
    }

    public MethodKey Key => _first.Key;

    /// <param name="file">The file that the figures are from.</param>
    /// <param name="start">The start of that file's run.</param>
    /// <param name="document">The snapshot that contains the method.</param>
    /// <param name="method">The figures of the method.</param>
    /// <param name="calls">The sums over its calls.</param>
    public void Add(string file, string start, SnapshotDocument document, Method method, CallSums calls)
    {
        if (DifferenceFrom(method) is { } difference)
        {
            throw new InputException(
                file,
                "",
                $"its {method.Id} is another version than that of {_firstFile}: {difference}",
                "A method may stand elsewhere, but only figures of the same body can be summed. To compare two builds: dotnet hotpath diff."
            );
        }
        if (string.CompareOrdinal(start, _newestStart) > 0)
        {
            (_newest, _newestStart) = (method, start);
        }
        checked
        {
            _calls += method.Calls;
            _open += method.Open;
            _failures += method.Failures;
            _threads += method.Threads;
            _sampledCalls += method.SampledCalls ?? method.Calls;
            _completed += method.Completed ?? 0;
            _wallNs += method.WallNs ?? 0;
            _inclusiveBytes += method.Allocated.InclusiveBytes;
            _selfBytes += method.Allocated.SelfBytes;
            _callBytes += calls.Bytes;
            _inclusiveNs += method.Time.InclusiveNs;
            _selfNs += method.Time.SelfNs;
            _recordingNs += method.RecordingNs;
        }
        // The samples of two runs are independent, so the variances of their sums add up.
        double marginNs = (method.MeanMarginNs ?? 0) * method.Calls,
            marginBytes = (method.MeanMarginBytes ?? 0) * method.Calls;
        _squaredMarginNs += marginNs * marginNs;
        _squaredMarginBytes += marginBytes * marginBytes;
        _isSampled |= method.SampledCalls is not null;
        _lacksMarginBytes |= document.HasEstimatedBytes && method is { SampledCalls: not null, MeanMarginBytes: null };
        _breaches = Breaches.Sum(_breaches, method.Breaches);
        _maxBytes = Math.Max(_maxBytes, method.Allocated.MaxBytes);
        _maxNs = Math.Max(_maxNs, method.Time.MaxNs);
        _mayHoldTier0 |= method.MayHoldTier0;
        method.Time.Histogram.AddTo(_timeCounts);
        method.Allocated.Histogram.AddTo(_bytesCounts);
        method.AllocatedByTimeBucket.AddTo(_bytesByTimeBucket);
        AddTimedCalls(method, calls, document.HasEstimatedTime);
        AddBodies(method);
    }

    /// <param name="frameNs">What a frame costs.</param>
    /// <param name="hasEstimatedBytes">Whether the merged snapshot has estimated bytes, in this method or in others.</param>
    public Method ToMethod(double frameNs, bool hasEstimatedBytes)
    {
        long meanNs = _timedCalls == 0 ? 0 : _timedNs / _timedCalls;
        var time = new Distribution(_inclusiveNs, _selfNs, meanNs, _maxNs, _timeCounts);
        var allocated = new Distribution(_inclusiveBytes, _selfBytes, _calls == 0 ? 0 : _callBytes / _calls, _maxBytes, _bytesCounts);
        return _first with
        {
            File = _newest.File,
            Line = _newest.Line,
            Breaches = _breaches,
            Calls = _calls,
            Open = _open,
            Failures = _failures,
            Threads = _threads,
            SampledCalls = _isSampled ? _sampledCalls : null,
            MeanMarginNs = _isSampled && _calls > 0 ? Math.Round(Math.Sqrt(_squaredMarginNs) / _calls, 1) : null,
            MeanMarginBytes =
                _isSampled && hasEstimatedBytes && !_lacksMarginBytes && _calls > 0 ? Math.Round(Math.Sqrt(_squaredMarginBytes) / _calls, 1) : null,
            Completed = _first.HasWallTime ? _completed : null,
            WallNs = _first.HasWallTime ? _wallNs : null,
            ProbeHeavy = _calls > 0 && frameNs * 10 > meanNs,
            MayHoldTier0 = _mayHoldTier0,
            Time = TimeFigures.Of(_first.Time.Basis, time),
            RecordingNs = _recordingNs,
            Allocated = AllocationFigures.Of(_first.Allocated.Basis, allocated),
            AllocatedByTimeBucket = SparseCounts.Of(_bytesByTimeBucket),
            Control = _first.Control is null
                ? null
                : new()
                {
                    Control = _control,
                    Probing = _probing,
                    TimesMethod = _isTimedByControl && _control.Calls > 0,
                    DifferenceBytesPerCall = _differs
                        ? Math.Round((double)_probing.SelfBytes / _probing.Calls - (double)_control.SelfBytes / _control.Calls, 3)
                        : null,
                },
            UnattributedBytes = _first.Control is null ? null : _unattributedBytes,
            SiteScale =
                _first.Control is null ? null
                : _probing.Calls == 0 ? 0
                : Math.Round((double)_calls / _probing.Calls, 6),
            Sites = _first.Sites is null ? null : [.. _sites.Zip(_newest.Sites!, static (site, newest) => site.ToSite(newest))],
            Pooled = _first.Pooled is null ? null : [.. _pooled.Select(static pooled => pooled.ToParameter())],
        };
    }

    // The mean is over the calls in the histogram, unless it is an estimate for all calls. Where the control times a method in only some of the runs,
    // both kinds of calls are in it.
    private void AddTimedCalls(Method method, CallSums calls, bool isEstimated)
    {
        var (ns, count) =
            method.HasWallTime ? (method.WallNs!.Value, method.Completed!.Value)
            : !isEstimated && method.Control is { TimesMethod: true } control ? (control.Control.TotalNs, control.Control.Calls)
            : (calls.Ns, method.Calls);
        _timedNs = checked(_timedNs + ns);
        _timedCalls = checked(_timedCalls + count);
    }

    private void AddBodies(Method method)
    {
        if (method.Control is { } bodies)
        {
            _isTimedByControl &= bodies.TimesMethod || method.Calls == 0;
            _differs |= bodies.DifferenceBytesPerCall is not null;
            _control = Sum(_control, bodies.Control);
            _probing = Sum(_probing, bodies.Probing);
            _unattributedBytes = checked(_unattributedBytes + method.UnattributedBytes!.Value);
        }
        for (int i = 0; i < _sites.Length; i++)
        {
            _sites[i].Add(method.Sites![i]);
        }

        for (int i = 0; i < _pooled.Length; i++)
        {
            _pooled[i].Add(method.Pooled![i]);
        }
    }

    private static BodyShare Sum(BodyShare a, BodyShare b) =>
        checked(
            new()
            {
                Calls = a.Calls + b.Calls,
                SelfBytes = a.SelfBytes + b.SelfBytes,
                SelfNs = a.SelfNs + b.SelfNs,
                TotalNs = a.TotalNs + b.TotalNs,
            }
        );

    /// <summary>The difference between two versions of a method, in words; null where they are the same.</summary>
    private string? DifferenceFrom(Method other)
    {
        if (
            (other.Form, other.HasWallTime, other.Time.Basis, other.Allocated.Basis, other.WithoutSites)
            != (_first.Form, _first.HasWallTime, _first.Time.Basis, _first.Allocated.Basis, _first.WithoutSites)
        )
        {
            return $"it is measured as {Measured(other)}, not as {Measured(_first)}";
        }

        if (other.MaxBytesPerCall != _first.MaxBytesPerCall)
        {
            return "it has another MaxBytesPerCall";
        }

        if (other.Sites is null != _first.Sites is null || other.Sites?.Length != _first.Sites?.Length)
        {
            return $"it has {other.Sites?.Length ?? 0} sites, not {_first.Sites?.Length ?? 0}";
        }

        for (int i = 0; i < _sites.Length; i++)
        {
            if (!_sites[i].IsOf(other.Sites![i], _first.Line, other.Line))
            {
                return $"site {i} is {SiteSums.Describe(other.Sites[i], other)}, not {SiteSums.Describe(_first.Sites![i], _first)}";
            }
        }
        if (other.Pooled?.Length != _first.Pooled?.Length || _pooled.Index().Any(pooled => !pooled.Item.IsOf(other.Pooled![pooled.Index])))
        {
            return "it has other pooled parameters";
        }

        return null;

        static string Measured(Method method) =>
            $"{Words.Of(method.Form)} ({(method.WithoutSites is { } unsupportedReason ? $"without sites: {unsupportedReason}" : $"time of {Words.Of(method.Time.Basis)}, bytes of {Words.Of(method.Allocated.Basis)}")})";
    }

    private sealed class SiteSums(Site first)
    {
        private readonly long[] _sizes = new long[Site.SizeClassCount];
        private long _hits,
            _allocatingHits,
            _objects,
            _bytes,
            _maxBytes,
            _largeHits,
            _largeBytes;
        private Breaches? _breaches;

        public static string Describe(Site site, Method method) =>
            $"{site.Line}:{site.Column} {Words.Of(site.Kind)} {site.Text} (of the method at {method.File}:{method.Line})";

        /// <summary>Whether this is the same site. Its line is counted from the first line of the method.</summary>
        public bool IsOf(Site site, int firstStart, int start) =>
            (site.Line - start, site.Column, site.Kind, site.Type, site.Text, site.Objects is null)
            == (first.Line - firstStart, first.Column, first.Kind, first.Type, first.Text, first.Objects is null);

        public void Add(Site site)
        {
            checked
            {
                _hits += site.Hits;
                _allocatingHits += site.AllocatingHits;
                _objects += site.Objects ?? 0;
                _bytes += site.Bytes;
                _largeHits += site.LargeObjectHits;
                _largeBytes += site.LargeObjectBytes;
            }
            _maxBytes = Math.Max(_maxBytes, site.MaxBytes);
            site.SizeClasses.AddTo(_sizes);
            _breaches = Breaches.Sum(_breaches, site.Breaches);
        }

        public Site ToSite(Site newest) =>
            first with
            {
                Line = newest.Line,
                Hits = _hits,
                AllocatingHits = _allocatingHits,
                Objects = first.Objects is null ? null : _objects,
                Bytes = _bytes,
                MaxBytes = _maxBytes,
                LargeObjectHits = _largeHits,
                LargeObjectBytes = _largeBytes,
                SizeClasses = SparseCounts.Of(_sizes),
                Breaches = _breaches,
            };
    }

    private sealed class PooledSums(PooledParameter first)
    {
        private readonly long[] _lengths = new long[Histogram.BucketCount];
        private long _uses,
            _onStack,
            _rented,
            _outstanding,
            _asked,
            _got,
            _misses,
            _missBytes,
            _quarantined,
            _usesAfterReturn,
            _doubleReturns,
            _maxLength;
        private int _elementBytes;

        public bool IsOf(PooledParameter other) =>
            (other.Parameter, other.Kind, other.Element, other.StackLimit) == (first.Parameter, first.Kind, first.Element, first.StackLimit);

        public void Add(PooledParameter pooled)
        {
            checked
            {
                _uses += pooled.Uses;
                _onStack += pooled.OnStack;
                _rented += pooled.Rented;
                _outstanding += pooled.Outstanding;
                _asked += pooled.AskedBytes;
                _got += pooled.GotBytes;
                _misses += pooled.Misses;
                _missBytes += pooled.MissBytes;
                _quarantined += pooled.Quarantined;
                _usesAfterReturn += pooled.UsesAfterReturn;
                _doubleReturns += pooled.DoubleReturns;
            }
            _maxLength = Math.Max(_maxLength, pooled.Length.Max);
            // The size is 0 until the parameter is used.
            _elementBytes = Math.Max(_elementBytes, pooled.ElementBytes);
            pooled.Length.Histogram.AddTo(_lengths);
        }

        public PooledParameter ToParameter()
        {
            var lengths = new Distribution(0, 0, 0, _maxLength, _lengths);
            return first with
            {
                ElementBytes = _elementBytes,
                Uses = _uses,
                OnStack = _onStack,
                Rented = _rented,
                Outstanding = _outstanding,
                AskedBytes = _asked,
                GotBytes = _got,
                Misses = _misses,
                MissBytes = _missBytes,
                Quarantined = _quarantined,
                UsesAfterReturn = _usesAfterReturn,
                DoubleReturns = _doubleReturns,
                Length = PooledLength.Of(lengths),
                StackLimitFor95 = PooledParameter.LimitFor(0.95, lengths, first.StackLimit, _elementBytes),
                StackLimitFor99 = PooledParameter.LimitFor(0.99, lengths, first.StackLimit, _elementBytes),
            };
        }
    }
}
