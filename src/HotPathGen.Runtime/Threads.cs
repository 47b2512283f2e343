namespace HotPathGen.Runtime;

/// <summary>
/// The records of all threads that ever recorded. Records of ended threads are handed on, so there are never more than threads lived at
/// one time. A lock per thread's life, none per frame.
/// </summary>
internal sealed unsafe class Threads(SharedCells* cells)
{
    private readonly Lock _lock = new();
    private readonly List<(Thread Owner, nint Record)> _records = [];

    public nint RecordOfThisThread()
    {
        lock (_lock)
        {
            int ended = _records.FindIndex(static r => !r.Owner.IsAlive);
            if (ended >= 0)
            {
                var record = (ThreadRecord*)_records[ended].Record;
                record->Adopt();
                _records[ended] = (Thread.CurrentThread, (nint)record);
            }
            else
            {
                _records.Add((Thread.CurrentThread, (nint)ThreadRecord.Create(cells->Epoch)));
                ended = _records.Count - 1;
            }
            return _records[ended].Record;
        }
    }

    /// <summary>All records; their threads go on writing them.</summary>
    public nint[] Records
    {
        get
        {
            lock (_lock)
            {
                return [.. _records.Select(static r => r.Record)];
            }
        }
    }
}
