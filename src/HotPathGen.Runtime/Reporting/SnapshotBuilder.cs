namespace HotPathGen.Runtime;

/// <summary>
/// Sums the records of threads, which continue to record at the same time. Each figure is read once. The figures of a call that ends between two
/// readings may be in one figure and not yet in another, so this class makes consistent what must be consistent.
/// </summary>
internal sealed unsafe class SnapshotBuilder
{
    private const int RootContext = 0;
    private const int OtherContext = 1;

    private readonly RegisteredMethod[] _methods;
    private readonly int[] _order;
    private readonly double _nsPerTick;
    private readonly bool _hasDistributions;
    private readonly MethodSums[] _sums;
    private readonly List<ContextSums> _contexts = [new(-1, Context.NoMethod), new(RootContext, Context.NoMethod)];
    private readonly Dictionary<(int Parent, int Method), int> _places = [];
    private readonly Dictionary<int, int> _operationPlaces = [];
    private int _threadsBeyondBound;
    private int _records;
    private bool _isSampled;
    private bool _isCounted;

    /// <param name="methods">The methods of the snapshot.</param>
    /// <param name="nsPerTick">The length of a tick.</param>
    /// <param name="hasDistributions">
    /// Whether the snapshot has histograms and what is known from them: percentiles, and how many calls that continue have ended. They take 12 KB a
    /// method.
    /// </param>
    public SnapshotBuilder(RegisteredMethod[] methods, double nsPerTick, bool hasDistributions = true)
    {
        _methods = methods;
        _nsPerTick = nsPerTick;
        _hasDistributions = hasDistributions;
        _sums = [.. methods.Select(_ => new MethodSums(hasDistributions))];
        _order =
        [
            .. Enumerable
                .Range(0, methods.Length)
                .OrderBy(i => methods[i].Assembly, StringComparer.Ordinal)
                .ThenBy(i => methods[i].Method.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>By the index with which a method is registered: its place in the snapshot.</summary>
    public int[] Places
    {
        get
        {
            int[] places = new int[_order.Length];
            for (int i = 0; i < _order.Length; i++)
            {
                places[_order[i]] = i;
            }

            return places;
        }
    }

    public void Add(ThreadRecord* record, long epoch)
    {
        if (Volatile.Read(ref record->Epoch) != epoch)
        {
            return;
        }
        // The record of a thread that only made a report contains nothing.
        _records += First(record) != null ? 1 : 0;
        _threadsBeyondBound += record->ReachedContextBound ? 1 : 0;
        for (var slot = First(record); slot != null; slot = slot->Next)
        {
            if (slot->Method < _sums.Length)
            {
                _sums[slot->Method].Add(slot);
            }
        }
        _isSampled |= record->HasSampled;
        _isCounted |= record->HasCounted;
        long[] calls = new long[_sums.Length];
        AddContexts(record, calls);
        AddSkippedCalls(record, calls);
        for (var slot = First(record); slot != null; slot = slot->Next)
        {
            if (slot->Method < _sums.Length)
            {
                _sums[slot->Method].Threads += slot->EarlierThreads + (calls[slot->Method] > slot->EarlierCalls ? 1 : 0);
            }
        }
    }

    private void AddContexts(ThreadRecord* record, long[] calls)
    {
        var places = new Dictionary<nint, int>();
        var open = OpenLightCalls(record);
        for (var context = record->FirstContext; context != null; context = Next(context))
        {
            int method = context->Method;
            if (method == Context.NoMethod)
            {
                // Calls from frames that a reset dropped are counted from the roots.
                places[(nint)context] = context == record->Other ? OtherContext : RootContext;
                continue;
            }
            if (method < Context.NoMethod)
            {
                places[(nint)context] = PlaceOfOperation(Context.OperationOf(method));
                continue;
            }
            if (method >= _sums.Length || !places.TryGetValue((nint)context->Parent, out int parent))
            {
                continue;
            }

            if (!_places.TryGetValue((parent, method), out int place))
            {
                _places[(parent, method)] = place = _contexts.Count;
                _contexts.Add(new(parent, method));
            }
            places[(nint)context] = place;
            long openCalls = open.GetValueOrDefault((nint)context);
            _contexts[place].Add(context, openCalls);
            _sums[method].Open += openCalls;
            calls[method] += context->Calls + context->LightCalls;
        }
    }

    private int PlaceOfOperation(int operation)
    {
        if (!_operationPlaces.TryGetValue(operation, out int place))
        {
            _operationPlaces[operation] = place = _contexts.Count;
            _contexts.Add(new(RootContext, Context.NoMethod) { Operation = operation });
        }

        return place;
    }

    private void AddSkippedCalls(ThreadRecord* record, long[] calls)
    {
        nint[] slots = new nint[_sums.Length];
        for (var slot = First(record); slot != null; slot = slot->Next)
        {
            if (slot->Method < slots.Length)
            {
                slots[slot->Method] = (nint)slot;
            }
        }

        for (int method = 0; method < slots.Length; method++)
        {
            var slot = (Slot*)slots[method];
            long skipped = record->SkippedCalls(method, slot) + (slot == null ? 0 : slot->DirectCalls);
            _sums[method].SkippedCalls += skipped;
            calls[method] += skipped;
        }
    }

    // The frames of a thread stay where they are, so the list can be read while the thread changes where its top is.
    private static Dictionary<nint, long> OpenLightCalls(ThreadRecord* record)
    {
        var open = new Dictionary<nint, long>();
        for (var frame = record->Top; frame->Below != null; frame = frame->Below)
        {
            if (frame->Kind < FrameKind.Recorded)
            {
                open[(nint)frame->Context] = open.GetValueOrDefault((nint)frame->Context) + 1;
            }
        }

        return open;
    }

    /// <summary>
    /// Shares the calls that had no frame out over the contexts of their method. Of each method's calls, the sum is exact, and what a context has is
    /// an estimate.
    /// </summary>
    private void ShareSkippedCalls()
    {
        var places = Enumerable.Range(0, _contexts.Count).Where(i => _contexts[i].Method != Context.NoMethod).ToLookup(i => _contexts[i].Method);
        for (int method = 0; method < _sums.Length; method++)
        {
            long left = _sums[method].SkippedCalls;
            if (left == 0)
            {
                continue;
            }

            ContextSums[] contexts = [.. places[method].Select(i => _contexts[i])];
            if (contexts.Length == 0)
            {
                contexts = [new(RootContext, method)];
                _contexts.Add(contexts[0]);
            }

            long all = left + contexts.Sum(static context => context.Calls);
            double[] weights = [.. contexts.Select(context => _isCounted ? context.Weight : context.Calls)];
            double sum = weights.Sum();
            for (int i = 0; i < contexts.Length; i++)
            {
                long share = sum > 0 ? (long)(all * (weights[i] / sum)) - contexts[i].Calls : 0;
                share = i == contexts.Length - 1 ? left : Math.Clamp(share, 0, left);
                contexts[i].AddSkipped(share);
                left -= share;
            }
        }
    }

    /// <summary>
    /// Estimates the figures of methods whose calls have no frame unless they are chosen. The contexts of such a method are not its callers: what it
    /// takes itself is below the nearest call around it that was recorded, as if that had called it.
    /// </summary>
    private void EstimateByMethod()
    {
        var nested = new (long Ticks, long Bytes)[_contexts.Count];
        for (int i = _contexts.Count - 1; i >= 0; i--)
        {
            var context = _contexts[i];
            if (context.Method == Context.NoMethod)
            {
                continue;
            }

            var sums = _sums[context.Method];
            bool isOfSample = sums.SkippedCalls > 0;
            context.CallTicks = isOfSample && sums.IsTimed ? (long)(sums.MeanTicks * context.Calls) : context.InclusiveTicksOfAll;
            context.CallBytes = isOfSample ? (long)(sums.MeanBytes * context.Calls) : context.InclusiveBytes;
            if (isOfSample && sums.KnowsCallees)
            {
                context.SelfTicks = (long)(sums.MeanSelfTicks * context.Calls);
                context.SelfBytes = (long)(sums.MeanSelfBytes * context.Calls);
            }
            else
            {
                context.SelfTicks = Math.Max(0, context.CallTicks - nested[i].Ticks);
                context.SelfBytes = Math.Max(0, context.CallBytes - nested[i].Bytes);
            }

            if (isOfSample)
            {
                context.SelfTicks += context.InitializerTicks;
                context.SelfBytes += context.InitializerBytes;
                context.CallTicks += context.InitializerTicks;
                context.CallBytes += context.InitializerBytes;
            }

            context.InclusiveTicks = context.SelfTicks + nested[i].Ticks;
            context.InclusiveBytes = context.SelfBytes + nested[i].Bytes;
            nested[context.Parent].Ticks += context.InclusiveTicks;
            nested[context.Parent].Bytes += context.InclusiveBytes;
            sums.OutermostTicks += context.CallTicks - (long)(sums.MeanRecursiveTicks * context.Calls);
            sums.OutermostBytes += context.CallBytes - (long)(sums.MeanRecursiveBytes * context.Calls);
        }

        foreach (var sums in _sums)
        {
            (sums.InclusiveTicks, sums.InclusiveBytes) = (sums.OutermostTicks, sums.OutermostBytes);
        }
    }

    /// <summary>
    /// Estimates the times of all calls from those of the recorded ones. What a context takes itself is what it takes less what the contexts below
    /// it take in it.
    /// </summary>
    private void Estimate()
    {
        long[] nestedTicks = new long[_contexts.Count];
        for (int i = _contexts.Count - 1; i >= 0; i--)
        {
            var context = _contexts[i];
            if (context.Method == Context.NoMethod)
            {
                continue;
            }

            context.EstimateTicks();
            context.SelfTicks = Math.Max(0, context.InclusiveTicks - nestedTicks[i]);
            nestedTicks[context.Parent] += context.InclusiveTicks - context.SegmentTicks;
            (context.CallTicks, context.CallBytes) = (context.InclusiveTicks, context.InclusiveBytes);
            if (!IsWithinItself(context) && !IsBeyondBound(i))
            {
                _sums[context.Method].OutermostTicks += context.InclusiveTicks;
                _sums[context.Method].OutermostBytes += context.InclusiveBytes;
            }
        }

        foreach (var sums in _sums)
        {
            (sums.InclusiveTicks, sums.InclusiveBytes) = (sums.OutermostTicks, sums.OutermostBytes);
        }
    }

    public SnapshotDocument ToSnapshot(
        MeasuredProcess process,
        RecordingSums recording,
        IReadOnlyList<MethodRegistration> registrations,
        Settings settings,
        Operations operations
    )
    {
        ShareSkippedCalls();
        if (_isCounted)
        {
            EstimateByMethod();
        }
        else if (_isSampled)
        {
            Estimate();
        }

        foreach (var context in _contexts.Where(static context => context.Method != Context.NoMethod))
        {
            if (!_isSampled)
            {
                (context.CallTicks, context.CallBytes) = (context.InclusiveTicks, context.InclusiveBytes);
            }

            _sums[context.Method].Add(context);
        }

        var added = AddedTicks();
        double[] recordingTicks = recording.ByMethod(_contexts, [.. _sums.Select(static sums => sums.ProbesPerCall)], IsWithinItself);
        Method[] methods = [.. _order.Select(i => ToMethod(i, process, added.Methods, recordingTicks))];
        var running = operations.Read();
        int[] numbers = NumbersOf(running);
        var contexts = Contexts(added.Contexts, numbers);
        return new()
        {
            Schema = SnapshotDocument.SchemaName,
            Process = process with
            {
                Threads = _records,
                Recording = process.Clock.IsNone
                    ? null
                    : recording.ToCost(_contexts, _sums.Sum(static sums => sums.ProbesPerCall * sums.Calls), _nsPerTick),
                Detail =
                    _isCounted ? DetailLevel.Light
                    : _isSampled ? DetailLevel.Standard
                    : DetailLevel.Full,
            },
            Histogram = HistogramRule.Current,
            Methods = methods,
            Contexts = contexts,
            Operations = numbers.Length == 0 ? null : ToOperations(running, numbers, contexts),
            Coverage =
            [
                .. registrations
                    .SelectMany(static registration => registration.Plain)
                    .Select(static plain => new UnmeasuredMethod
                    {
                        Name = plain.Name,
                        File = plain.File,
                        Line = plain.Line,
                        Reason = plain.Reason,
                    })
                    .OrderBy(static plain => plain.File, StringComparer.Ordinal)
                    .ThenBy(static plain => plain.Line)
                    .ThenBy(static plain => plain.Name, StringComparer.Ordinal),
            ],
            Notes = [.. NotesOf(methods, process, settings), .. NotesOf(operations)],
        };
    }

    private IEnumerable<string> NotesOf(Method[] methods, MeasuredProcess process, Settings settings)
    {
        if (settings.WarmupMs > 0)
        {
            yield return $"HOTPATH_WARMUP_MS={settings.WarmupMs}: what was recorded before is dropped.";
        }
        if (_isSampled)
        {
            yield return _isCounted ? Notes.EstimatedBytes : Notes.EstimatedTime;
        }
        if (process.Clock.IsNone)
        {
            yield return "HOTPATH_CLOCK=none: calls and bytes only, no time.";
        }
        if (_threadsBeyondBound > 0)
        {
            yield return $"{_threadsBeyondBound} thread(s) reached {Context.Bound}{Notes.BeyondContextBound}";
        }
        if (methods.Count(static m => m.MayHoldTier0) is var tier0 and > 0)
        {
            yield return tier0 + Notes.MayHoldTier0;
        }
        if (methods.Any(static m => m is { ProbeHeavy: true, LargeRecordingShare: null }))
        {
            yield return "Methods marked as probe-heavy: one frame costs more than 10 % of a call's mean time. It is subtracted; what it does to caches is not.";
        }
        if (methods.Any(static m => m.LacksControl))
        {
            yield return $"Methods marked with p: fewer than {BodySums.EnoughControls} control calls, so their time is that of calls with probes, less what probes cost.";
        }
        if (methods.Any(static m => m.HasWallTime && m.Calls > 0))
        {
            yield return "Async methods, iterators and blocks: mean, percentiles and maximum are wall time to the end; inclusive and self are time on threads, of methods marked with a up to the first await.";
        }
    }

    private static IEnumerable<string> NotesOf(Operations operations)
    {
        if (operations.UnplacedFrames > 0)
        {
            yield return operations.UnplacedFrames + Notes.UnplacedFrames;
        }
        if (operations.AbandonedCalls > 0)
        {
            yield return operations.AbandonedCalls + Notes.AbandonedCalls;
        }
    }

    /// <summary>Returns the numbers of the operations that have figures, in the order of their names.</summary>
    private int[] NumbersOf((OperationFigures Figures, long Running)[] operations) =>
        [
            .. Enumerable
                .Range(1, operations.Length)
                .Where(number =>
                    operations[number - 1] is { Running: > 0 } or { Figures.Calls: > 0 }
                    || (_operationPlaces.TryGetValue(number, out int place) && _contexts.Exists(c => c.Parent == place && c.Calls > 0))
                )
                .OrderBy(number => operations[number - 1].Figures.Name, StringComparer.Ordinal),
        ];

    private static Operation[] ToOperations((OperationFigures Figures, long Running)[] operations, int[] numbers, ContextNode[] contexts)
    {
        var hot = new (long Bytes, long Ns)[numbers.Length];
        int?[] places = new int?[contexts.Length];
        foreach (var context in contexts)
        {
            places[context.Id] = context.Parent is { } parent ? places[parent] : context.Operation;
            if (places[context.Id] is { } place)
            {
                hot[place] = (hot[place].Bytes + context.SelfBytes, hot[place].Ns + context.SelfNs);
            }
        }

        return
        [
            .. numbers.Select(
                (number, i) =>
                {
                    var (figures, running) = operations[number - 1];
                    return Operation.Of(
                        figures.Name,
                        (figures.Calls, running, figures.Failures),
                        hot[i],
                        new(figures.WallNs, 0, 0, figures.MaxWallNs, figures.WallCounts),
                        new(0, 0, 0, figures.MaxBytes, figures.BytesCounts)
                    );
                }
            ),
        ];
    }

    private Method ToMethod(int index, MeasuredProcess process, double[] addedTicks, double[] recordingTicks)
    {
        var (assembly, method, budget) = _methods[index];
        var form = (MethodForm)Words.NumberOf(method.Form, Words.MethodForms);
        var lines = SiteLine.ParseAll(method.Sites);
        var sums = _sums[index];
        var bodies = sums.Bodies;
        bool isDeferred = form is MethodForm.Async or MethodForm.Iterator or MethodForm.AsyncIterator or MethodForm.Block;
        bool isTimedByControl = !isDeferred && bodies is { IsTimedByControl: true };
        long[] timeCounts =
            bodies is null || isTimedByControl ? sums.TimeCounts : [.. sums.TimeCounts.Zip(bodies.TimeCounts, static (a, b) => a + b)];
        long completed = timeCounts.Sum();
        long selfNs = Ns(sums.SelfTicks * SelfTimeFactor(index)),
            wallNs = Ns(sums.WallTicks);
        long meanNs =
            isDeferred ? Mean(wallNs, completed)
            : isTimedByControl && !_isSampled ? Mean(Ns(bodies!.Control.Ticks), bodies.Control.Calls)
            : Mean(Ns(sums.CallTicks), sums.Calls);
        long maxNs = bodies is null || isTimedByControl ? sums.MaxNs : Math.Max(sums.MaxNs, bodies.MaxNs);
        // An open call of a recursive method has not added its inclusive figures yet, but its nested calls have already added their self figures.
        var time = new Distribution(Math.Max(Ns(sums.InclusiveTicks + addedTicks[index]), selfNs), selfNs, meanNs, maxNs, timeCounts);
        var allocated = new Distribution(
            Math.Max(sums.InclusiveBytes, sums.SelfBytes),
            sums.SelfBytes,
            Mean(sums.CallBytes, sums.Calls),
            sums.MaxBytes,
            sums.BytesCounts
        );
        // An instrumented body that never ran still has sites.
        if (lines.Length > 0)
        {
            bodies ??= new(lines.Length, _hasDistributions);
        }
        return new()
        {
            Id = method.Id,
            Assembly = assembly,
            Name = method.Name,
            File = method.File,
            Line = method.Line,
            Form = form,
            MaxBytesPerCall = method.MaxBytesPerCall < 0 ? null : method.MaxBytesPerCall,
            Breaches = BreachesOf((MethodBudget*)budget, site: -1, sums.Breaches),
            Calls = sums.Calls,
            Open = sums.Open,
            Failures = sums.Failures,
            Threads = sums.Threads,
            SampledCalls =
                sums.LightCalls == 0 ? null
                : _isCounted ? sums.Sample.Calls
                : sums.SampledCalls,
            MeanMarginNs =
                sums.LightCalls == 0 ? null
                : _isCounted ? MarginNs(sums.SquaredMarginOfMean, sums.BiasOfMean)
                : MarginNs(sums.SquaredMargin / ((double)sums.Calls * sums.Calls), sums.Bias / sums.Calls),
            MeanMarginBytes =
                sums.LightCalls == 0 || !_isCounted ? null
                : sums.Sample.Weight > 0 ? Math.Round(Math.Sqrt(sums.Sample.SquaredMarginOfBytes), 1)
                : 0,
            Completed = isDeferred ? completed : null,
            WallNs = isDeferred ? wallNs : null,
            ProbeHeavy = sums.Calls > 0 && !process.Clock.IsNone && process.Probe.FrameNs * 10 > meanNs,
            MayHoldTier0 = sums.Calls > 0 && process.Tiering.TieredCompilation.Value && (sums.Calls < 30 || process.DurationNs < 250_000_000),
            Time = TimeFigures.Of(isDeferred ? TimeBasis.Wall : TimeBasis.Thread, time),
            RecordingNs = process.Clock.IsNone ? null : Ns(recordingTicks[index]),
            Allocated = AllocationFigures.Of(BasisOf(form, lines.Length > 0), allocated),
            AllocatedByTimeBucket = SparseCounts.Of(sums.BytesByTimeBucket),
            Control = lines.Length == 0 ? null : BodiesOf(bodies!, isTimedByControl, canDiffer: !isDeferred),
            UnattributedBytes = lines.Length == 0 ? null : bodies!.UnattributedBytes,
            SiteScale =
                lines.Length == 0 ? null
                : bodies!.Probing.Calls == 0 ? 0
                // The method's bytes are exact, so they correct the bytes of its sites, which are of some calls (a ratio estimator).
                : _isSampled && !_isCounted && sums.LightCalls > 0 && bodies.Probing.SelfBytes > 0
                    ? Math.Round((double)sums.SelfBytes / bodies.Probing.SelfBytes, 6)
                : Math.Round((double)sums.Calls / bodies.Probing.Calls, 6),
            Sites =
                lines.Length == 0
                    ? null
                    : [.. lines.Select((line, i) => ToSite(line, bodies!.Sites[i], BreachesOf((MethodBudget*)budget, i, bodies.Sites[i].Breaches)))],
            WithoutSites = lines.Length > 0 || method.UnsupportedReason.Length == 0 ? null : method.UnsupportedReason,
            Pooled =
                method.Pooled.Length == 0
                    ? null
                    : [.. PooledLine.ParseAll(method.Pooled).Select((line, i) => (sums.Pooled.GetValueOrDefault(i) ?? new()).ToParameter(line))],
        };
    }

    private static BytesBasis BasisOf(MethodForm form, bool hasSites) =>
        form switch
        {
            MethodForm.AsyncIterator when hasSites => BytesBasis.Enumeration,
            MethodForm.AsyncIterator or MethodForm.Block => BytesBasis.FirstSegment,
            MethodForm.Iterator => BytesBasis.Enumeration,
            _ => BytesBasis.Call,
        };

    private BodyShares BodiesOf(BodySums bodies, bool isTimedByControl, bool canDiffer) =>
        new()
        {
            Control = ShareOf(bodies.Control),
            Probing = ShareOf(bodies.Probing),
            TimesMethod = isTimedByControl,
            // For calls that continue after they returned, only sums are known, and no variance.
            DifferenceBytesPerCall = canDiffer && bodies.Difference is { } difference ? Math.Round(difference, 3) : null,
        };

    private BodyShare ShareOf(in BodyTotals totals) =>
        new()
        {
            Calls = totals.Calls,
            SelfBytes = totals.SelfBytes,
            SelfNs = Ns(totals.SelfTicks),
            TotalNs = Ns(totals.Ticks),
        };

    private static Site ToSite(SiteLine line, SiteSums sums, Breaches? breaches) =>
        new()
        {
            Line = line.Line,
            Column = line.Column,
            Kind = line.Kind,
            Type = line.Type,
            Text = line.Text,
            Origin = line.Origin == Origin.Other ? null : line.Origin,
            Hits = sums.Hits,
            AllocatingHits = sums.AllocatingHits,
            Objects = MakesOne(line.Kind) ? sums.AllocatingHits : null,
            Bytes = sums.Bytes,
            MaxBytes = sums.MaxBytes,
            LargeObjectHits = sums.LargeHits,
            LargeObjectBytes = sums.LargeBytes,
            SizeClasses = SparseCounts.Of(sums.Classes),
            Breaches = breaches,
        };

    private static bool MakesOne(SiteKind kind) =>
        kind is SiteKind.Array or SiteKind.ParamsArray or SiteKind.Boxing or SiteKind.Delegate or SiteKind.Closure or SiteKind.AnonymousObject;

    private static Breaches? BreachesOf(MethodBudget* budget, int site, long count) =>
        budget == null ? null : new() { Count = count, FirstStack = count == 0 ? [] : MethodBudget.StackOf(budget, site) };

    /// <summary>
    /// Returns the ticks by which the control calls' time changes the times measured over all calls, for each context and each method. The self
    /// time of a context is its share of the time that the method's calls would have taken in the original body. Inclusive times are calculated
    /// from it, from the leaves up.
    /// </summary>
    private (double[] Contexts, double[] Methods) AddedTicks()
    {
        double[] contexts = new double[_contexts.Count];
        double[] methods = new double[_methods.Length];
        for (int i = _contexts.Count - 1; i >= 0; i--)
        {
            var context = _contexts[i];
            contexts[i] += context.SelfTicks * (SelfTimeFactor(context.Method) - 1);

            if (context.Parent >= 0)
            {
                contexts[context.Parent] += contexts[i];
            }

            if (context.Method != Context.NoMethod && !IsWithinItself(context))
            {
                methods[context.Method] += contexts[i];
            }
        }
        return (contexts, methods);
    }

    private bool IsWithinItself(ContextSums context)
    {
        for (int parent = context.Parent; parent >= 0; parent = _contexts[parent].Parent)
        {
            if (_contexts[parent].Method == context.Method)
            {
                return true;
            }
        }
        return false;
    }

    // What called a context beyond the bound is not known. If its method has others, most likely one of them: only recursions have so many contexts.
    private bool IsBeyondBound(int place) =>
        _contexts[place].Parent == OtherContext && _contexts.Exists(c => c.Method == _contexts[place].Method && c.Parent != OtherContext);

    /// <summary>
    /// Numbers the contexts depth first, with children in the order of their methods, so that equal runs give equal files. Those of operations come
    /// last.
    /// </summary>
    private ContextNode[] Contexts(double[] addedTicks, int[] operations)
    {
        int[] sortedPlaces = Places;
        var children = Enumerable.Range(0, _contexts.Count).ToLookup(i => _contexts[i].Parent);
        var figures = new List<ContextNode>();
        var pending = new Stack<(int Place, int? Parent, int? Operation)>();
        for (int i = operations.Length - 1; i >= 0; i--)
        {
            if (_operationPlaces.TryGetValue(operations[i], out int place))
            {
                Push(place, null, i);
            }
        }

        Push(RootContext, null, null);
        while (pending.TryPop(out var next))
        {
            var sums = _contexts[next.Place];
            int id = figures.Count;
            figures.Add(
                new()
                {
                    Id = id,
                    Parent = next.Parent,
                    Method = sums.Method == Context.NoMethod ? null : sortedPlaces[sums.Method],
                    Operation = next.Operation,
                    Calls = sums.Calls,
                    InclusiveNs = Ns(sums.InclusiveTicks + addedTicks[next.Place]),
                    SelfNs = Ns(sums.SelfTicks * SelfTimeFactor(sums.Method)),
                    InclusiveBytes = sums.InclusiveBytes,
                    SelfBytes = sums.SelfBytes,
                }
            );
            Push(next.Place, id, null);
        }
        CoverChildren(figures);
        return [.. figures];

        void Push(int place, int? id, int? operation)
        {
            foreach (
                int child in children[place]
                    .Where(c => _contexts[c].Operation == 0 && (c != OtherContext || children[c].Any()))
                    .OrderByDescending(c => _contexts[c].Method == Context.NoMethod ? int.MaxValue : sortedPlaces[_contexts[c].Method])
            )
            {
                pending.Push((child, id, operation));
            }
        }
    }

    // A context that is still open, or that was read before its children, gets at least the sum of their figures.
    private static void CoverChildren(List<ContextNode> figures)
    {
        var nested = new (long Ns, long Bytes)[figures.Count];
        for (int i = figures.Count - 1; i >= 0; i--)
        {
            var context = figures[i] = figures[i] with
            {
                InclusiveNs = Math.Max(figures[i].InclusiveNs, figures[i].SelfNs + nested[i].Ns),
                InclusiveBytes = Math.Max(figures[i].InclusiveBytes, figures[i].SelfBytes + nested[i].Bytes),
            };
            if (context.Parent is { } parent)
            {
                nested[parent] = (nested[parent].Ns + context.InclusiveNs, nested[parent].Bytes + context.InclusiveBytes);
            }
        }
    }

    // Estimates are of control calls alone.
    private double SelfTimeFactor(int method) =>
        _isSampled || method == Context.NoMethod || _sums[method].Bodies is not { } bodies ? 1 : bodies.SelfTimeFactor;

    private long Ns(double ticks) => (long)(ticks * _nsPerTick);

    // Half the width of the 95 % interval of a mean, with what is uncertain beside chance.
    private double MarginNs(double squaredMargin, double bias) => Math.Round(Math.Sqrt(squaredMargin + bias * bias) * _nsPerTick, 1);

    private static long Mean(long sum, long count) => count == 0 ? 0 : sum / count;

    private static Slot* First(ThreadRecord* record) => (Slot*)Volatile.Read(ref *(nint*)&record->FirstSlot);

    private static Context* Next(Context* context) => (Context*)Volatile.Read(ref *(nint*)&context->Next);

    private sealed class MethodSums(bool hasDistributions)
    {
        public long Calls,
            CallTicks,
            SelfTicks,
            InclusiveTicks,
            WallTicks,
            MaxNs;
        public long CallBytes,
            SelfBytes,
            InclusiveBytes,
            MaxBytes;
        public long Open,
            Failures,
            Threads,
            Breaches;
        public long OutermostTicks,
            OutermostBytes,
            SampledCalls,
            LightCalls;
        public double SquaredMargin,
            Bias;

        /// <summary>The calls that had no frame, or one for the frame around it alone.</summary>
        public long SkippedCalls;
        public Sample Sample,
            Undisturbed;

        public bool IsTimed => Timed.TimedWeight > 0;
        public double MeanTicks => Timed.MeanTicks;
        public double MeanBytes => Sample.Weight > 0 ? Sample.Bytes / Sample.Weight : 0;
        public double BiasOfMean => IsTimed ? Timed.BiasOfMeanTicks : 0;
        public double SquaredMarginOfMean => IsTimed ? Timed.SquaredMarginOfTicks : 0;

        /// <summary>Whether the direct callees of enough calls were measured to know the self figures.</summary>
        public bool KnowsCallees => Sample.NestingWeight > 0;
        public double MeanSelfTicks => Math.Max(0, MeanTicks - Sample.NestedTicks / Sample.NestingWeight);
        public double MeanSelfBytes => Sample.SelfBytes / Sample.NestingWeight;
        public double MeanRecursiveTicks => KnowsCallees ? Sample.RecursiveTicks / Sample.NestingWeight : 0;
        public double MeanRecursiveBytes => KnowsCallees ? Sample.RecursiveBytes / Sample.NestingWeight : 0;

        private Sample Timed => Undisturbed.Calls >= Sampling.EnoughUndisturbed || Sample.TimedWeight == 0 ? Undisturbed : Sample;

        public BodySums? Bodies;
        public readonly Dictionary<int, PooledSums> Pooled = [];

        // Buckets take 6 KB per method, so only methods that ran get them. A large program has ten thousand methods that did not run.
        private static readonly long[] s_noBuckets = new long[Histogram.BucketCount];
        private static readonly long[] s_noPowers = new long[Histogram.PowerOfTwoCount];

        /// <summary>
        /// The probes that ran in an average call. A hit in a call that stands for several counts as several, so hits are scaled to the recorded
        /// calls.
        /// </summary>
        public double ProbesPerCall =>
            Bodies is null || Calls == 0 ? 0 : (double)Bodies.Sites.Sum(static site => site.Hits) / Calls * (Calls - LightCalls) / Calls;

        public long[] TimeCounts { get; private set; } = hasDistributions ? s_noBuckets : [];
        public long[] BytesCounts { get; private set; } = hasDistributions ? s_noBuckets : [];
        public long[] BytesByTimeBucket { get; private set; } = hasDistributions ? s_noPowers : [];

        public void Add(Slot* slot)
        {
            if (TimeCounts == s_noBuckets)
            {
                (TimeCounts, BytesCounts, BytesByTimeBucket) = (
                    new long[Histogram.BucketCount],
                    new long[Histogram.BucketCount],
                    new long[Histogram.PowerOfTwoCount]
                );
            }

            InclusiveTicks += slot->InclusiveTicks;
            InclusiveBytes += slot->InclusiveBytes;
            WallTicks += slot->WallTicks;
            MaxNs = Math.Max(MaxNs, slot->MaxNs);
            MaxBytes = Math.Max(MaxBytes, slot->MaxBytes);
            Open += slot->Depth;
            Failures += slot->Failures;
            Breaches += slot->Breaches;
            Sample.Add(slot->Sample);
            Undisturbed.Add(slot->Undisturbed);
            if (slot->Bodies != null)
            {
                (Bodies ??= new(slot->Bodies->SiteCount, hasDistributions)).Add(slot->Bodies);
            }

            for (var pooled = (PooledCounters*)Volatile.Read(ref *(nint*)&slot->Pooled); pooled != null; pooled = pooled->Next)
            {
                if (!Pooled.TryGetValue(pooled->Index, out var sums))
                {
                    Pooled[pooled->Index] = sums = new();
                }

                sums.Add(pooled);
            }
            if (!hasDistributions)
            {
                return;
            }

            slot->Time.AddTo(TimeCounts);
            slot->Bytes.AddTo(BytesCounts);
            for (int i = 0; i < BytesByTimeBucket.Length; i++)
            {
                BytesByTimeBucket[i] += slot->BytesByTimeBucket[i];
            }
        }

        public void Add(ContextSums context)
        {
            Calls += context.Calls;
            CallTicks += context.CallTicks;
            SelfTicks += context.SelfTicks;
            CallBytes += context.CallBytes;
            SelfBytes += context.SelfBytes;
            SampledCalls += context.SampledCalls;
            LightCalls += context.LightCalls;
            SquaredMargin += context.SquaredMargin;
            Bias += context.Bias;
        }
    }
}
