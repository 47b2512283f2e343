using System.Diagnostics;

namespace HotPathGen.Runtime;

/// <summary>What <see cref="HotPath.Operation"/> opens. It flows with the execution context, as activities do.</summary>
internal sealed class OperationScope(string name, OperationScope? outer)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    public string Name => name;
    public OperationScope? Outer => outer;
    public bool HasEnded { get; private set; }

    /// <summary>Ends it and returns how long it was open.</summary>
    public TimeSpan End()
    {
        HasEnded = true;
        return Stopwatch.GetElapsedTime(_start);
    }
}
