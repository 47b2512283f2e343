using System.Runtime.CompilerServices;
using System.Text.Json;
using HotPathGen.Runtime;

namespace HotPathGen.Tests.Recording;

/// <summary>A hot method for one test, called as generated code calls its original body.</summary>
internal sealed class Hot
{
    private static int s_count;

    public Hot(string form = "pair", int maxBytesPerCall = -1, string sites = "", [CallerMemberName] string test = "")
    {
        Id = $"M:{test}.{Interlocked.Increment(ref s_count)}";
        Index = HotMethod.Register(
            "Tests",
            Id,
            [new(Id, Id, "test.cs", 1, form, System.Text.Encoding.UTF8.GetBytes(sites), maxBytesPerCall: maxBytesPerCall)],
            []
        );
    }

    public string Id { get; }

    public int Index { get; }

    public void Run(Action plain)
    {
        var frame = Frame.Enter(Index);
        bool completed = !frame.IsOpen;
        try
        {
            plain();
            frame.Exit(true);
            completed = true;
        }
        finally
        {
            if (!completed)
            {
                Frame.Innermost.Exit(false);
            }
        }
    }

    public T Start<T>(Func<T> plain, Func<Frame, T, T>? observe = null)
    {
        var frame = Frame.Enter(Index);
        bool completed = !frame.IsOpen;
        try
        {
            frame.Starts();
            var result = plain();
            result = observe is null ? result : observe(frame, result);
            frame.ExitStarted(true);
            completed = true;
            return result;
        }
        finally
        {
            if (!completed)
            {
                Frame.Innermost.ExitStarted(false);
            }
        }
    }

    public Figures Read() => Read(Figures.Read());

    /// <summary>Reads from a given snapshot. The times of two snapshots differ, because the clock's ratio is refined in between.</summary>
    public Figures Read(IEnumerable<Figures> snapshot) => snapshot.Single(f => f.Id == Id);
}

/// <summary>A method's figures as a reader of the snapshot sees them.</summary>
internal sealed record Figures(JsonElement Json, JsonElement Snapshot)
{
    public string Id => Json.GetProperty("id").GetString()!;
    public long Calls => Long("calls");
    public long Failures => Long("failures");
    public long Open => Long("open");
    public long Threads => Long("threads");
    public long Completed => Long("completed");
    public long WallNs => Long("wallNs");
    public long InclusiveNs => Time("inclusiveNs");
    public long SelfNs => Time("selfNs");
    public long InclusiveBytes => Allocated("inclusiveBytes");
    public long SelfBytes => Allocated("selfBytes");
    public long TimeSamples => Samples("time");
    public long BytesSamples => Samples("allocated");

    public static IEnumerable<Figures> Read()
    {
        using var document = JsonDocument.Parse(HotPath.Snapshot());
        var snapshot = document.RootElement.Clone();
        return [.. snapshot.GetProperty("methods").EnumerateArray().Select(m => new Figures(m, snapshot))];
    }

    public long Long(string name) => Json.GetProperty(name).GetInt64();

    public long Time(string name) => Json.GetProperty("time").GetProperty(name).GetInt64();

    public long Allocated(string name) => Json.GetProperty("allocated").GetProperty(name).GetInt64();

    public IEnumerable<JsonElement> Contexts
    {
        get
        {
            int place = Snapshot.GetProperty("methods").EnumerateArray().TakeWhile(m => m.GetProperty("id").GetString() != Id).Count();
            return Snapshot
                .GetProperty("contexts")
                .EnumerateArray()
                .Where(c => c.GetProperty("method") is { ValueKind: JsonValueKind.Number } m && m.GetInt32() == place);
        }
    }

    private long Samples(string name) => Json.GetProperty(name).GetProperty("histogram").EnumerateArray().Sum(static b => b[1].GetInt64());
}
