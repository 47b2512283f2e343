namespace HotPathGen.Tool.Comparison;

/// <summary>One operation over the runs of one build.</summary>
internal sealed class OperationRuns
{
    private readonly List<(double Calls, double BytesPerCall)> _runs = [];

    public Range Calls => Range.Of(_runs.Select(static run => run.Calls));

    /// <summary>The bytes that hot methods allocated, for each call of the operation.</summary>
    public Range BytesPerCall => Range.Of(_runs.Select(static run => run.BytesPerCall));

    /// <summary>Adds a snapshot. A merged one counts as one run, with means over its runs.</summary>
    public void Add(Operation operation, int runs)
    {
        if (operation.Calls > 0)
        {
            _runs.Add(((double)operation.Calls / runs, Math.Round((double)operation.AllocatedBytes / operation.Calls, 3)));
        }
    }

    public bool HasRun => _runs.Count > 0;
}
