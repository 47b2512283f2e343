namespace HotPathGen.Tool.Snapshots;

/// <summary>The figures of one operation over several snapshots.</summary>
internal sealed class OperationSums(string name)
{
    private readonly long[] _wallCounts = new long[Histogram.BucketCount];
    private readonly long[] _bytesCounts = new long[Histogram.BucketCount];
    private long _calls,
        _open,
        _failures,
        _allocatedBytes,
        _hotNs,
        _wallNs,
        _maxWallNs,
        _maxBytes;

    public string Name => name;

    public void Add(Operation operation)
    {
        checked
        {
            _calls += operation.Calls;
            _open += operation.Open;
            _failures += operation.Failures;
            _allocatedBytes += operation.AllocatedBytes;
            _hotNs += operation.HotNs;
            _wallNs += operation.WallNs;
        }

        _maxWallNs = Math.Max(_maxWallNs, operation.MaxWallNs);
        _maxBytes = Math.Max(_maxBytes, operation.MaxBytes ?? 0);
        operation.WallHistogram.AddTo(_wallCounts);
        operation.BytesHistogram.AddTo(_bytesCounts);
    }

    public Operation ToOperation() =>
        Operation.Of(
            name,
            (_calls, _open, _failures),
            (_allocatedBytes, _hotNs),
            new(_wallNs, 0, 0, _maxWallNs, _wallCounts),
            new(0, 0, 0, _maxBytes, _bytesCounts)
        );
}
