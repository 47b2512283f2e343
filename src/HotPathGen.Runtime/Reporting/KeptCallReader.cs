using System.Globalization;

namespace HotPathGen.Runtime;

/// <summary>Makes a record of the snapshot of a call that a thread has kept: the frames as a tree, with times from the start of the call.</summary>
internal sealed unsafe class KeptCallReader(IReadOnlyList<RegisteredMethod> methods, int[] places, string[] operations, double nsPerTick)
{
    private readonly long _nowTicks = Clock.Now();
    private readonly DateTime _now = DateTime.UtcNow;

    /// <summary>Returns the record; null if a method of the call is not in the snapshot.</summary>
    public KeptCall? Read(FlightCall call)
    {
        if (!IsKnown(call.Context->Method))
        {
            return null;
        }

        var frames = Tree(call);
        return new()
        {
            Method = places[call.Context->Method],
            At = Clock.IsRunning
                ? (_now - TimeSpan.FromTicks((long)((_nowTicks - call.StartTicks) * nsPerTick / 100))).ToString(
                    "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'",
                    CultureInfo.InvariantCulture
                )
                : null,
            Ns = Clock.IsRunning ? Ns(call.Ticks) : null,
            Bytes = call.Bytes,
            Operation = OperationOf(call.Context),
            IsSlow = call.IsSlow,
            IsLarge = call.IsLarge,
            IsWall = call.IsWall,
            IsSegment = call.IsSegment,
            LeftOutFrames = call.LeftOut,
            Frames = frames,
            Sites = Sites(call),
        };
    }

    // In reverse, the frames come with each one before those that are nested in it, and the last of them first.
    private KeptFrame[] Tree(FlightCall call)
    {
        var frames = new List<(FlightFrame Frame, int Depth, List<int> Nested)>();
        var innermost = new List<int>();
        for (int i = call.FrameCount - 1; i >= 0; i--)
        {
            var frame = call.Frames[i];
            if (!IsKnown(frame.Context->Method))
            {
                continue;
            }

            int depth = DepthOf(frame.Context);
            while (innermost.Count > 0 && frames[innermost[^1]].Depth >= depth)
            {
                innermost.RemoveAt(innermost.Count - 1);
            }

            if (innermost.Count > 0)
            {
                frames[innermost[^1]].Nested.Insert(0, frames.Count);
            }

            innermost.Add(frames.Count);
            frames.Add((frame, depth, []));
        }

        var tree = new List<KeptFrame>();
        if (frames.Count > 0)
        {
            Write(0, null);
        }

        return [.. tree];

        void Write(int index, int? parent)
        {
            var (frame, _, nested) = frames[index];
            int place = tree.Count;
            bool isTimed = frame.Ticks != FlightFrame.Unknown;
            tree.Add(
                new()
                {
                    Parent = parent,
                    Method = places[frame.Context->Method],
                    StartNs = isTimed ? Ns(Math.Max(0, frame.StartTicks - call.StartTicks)) : null,
                    Ns = isTimed ? Ns(frame.Ticks) : null,
                    Bytes = frame.Bytes,
                }
            );
            foreach (int child in nested)
            {
                Write(child, place);
            }
        }
    }

    private KeptSite[] Sites(FlightCall call)
    {
        var sites = new List<KeptSite>();
        foreach (var site in call.Sites[..call.SiteCount])
        {
            if (IsKnown(site.Method))
            {
                var line = SiteLine.ParseAll(methods[site.Method].Method.Sites)[site.Site];
                sites.Add(
                    new()
                    {
                        Method = places[site.Method],
                        Line = line.Line,
                        Column = line.Column,
                        Kind = line.Kind,
                        Type = line.Type,
                        Text = line.Text,
                        Hits = site.Hits,
                        Bytes = site.Bytes,
                    }
                );
            }
        }

        return [.. sites.OrderByDescending(static site => site.Bytes)];
    }

    private bool IsKnown(int method) => method >= 0 && method < places.Length;

    private long Ns(long ticks) => (long)(ticks * nsPerTick);

    private string? OperationOf(Context* context)
    {
        var parent = context->Parent;
        while (parent != null && parent->Method > Context.NoMethod)
        {
            parent = parent->Parent;
        }

        int number = parent == null ? 0 : Context.OperationOf(parent->Method);
        return number > 0 && number <= operations.Length ? operations[number - 1] : null;
    }

    private static int DepthOf(Context* context)
    {
        int depth = 0;
        for (var parent = context->Parent; parent != null; parent = parent->Parent)
        {
            depth++;
        }

        return depth;
    }
}
