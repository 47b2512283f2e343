using System.Buffers;
using System.Text;
using System.Text.Json;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Exports;

/// <summary>
/// A file in speedscope's own format (speedscope.app/file-format-schema.json). It has one profile by time and one by bytes, over the same
/// frames. The profiles are of the sampled kind, because a snapshot has sums and no order of events.
/// </summary>
internal static class SpeedscopeFile
{
    public static string Write(SnapshotDocument snapshot, StackValue shownFirst, bool withSites)
    {
        StackValue[] values = snapshot.Process.Clock.IsNone ? [StackValue.Bytes] : [StackValue.Time, StackValue.Bytes];
        var frames = new Frames(snapshot);
        var profiles = values
            .Select(value =>
                WeighedStacks.Of(snapshot, value, withSites).Select(stack => (Frames: frames.Of(stack.Context, stack.Site), stack.Weight)).ToArray()
            )
            .ToArray();

        KeptCall[] timed = [.. (snapshot.KeptCalls ?? []).Where(static call => call.Frames is [{ Ns: not null }, ..])];
        foreach (var frame in timed.SelectMany(static call => call.Frames))
        {
            frames.NumberOf((frame.Method, null));
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://www.speedscope.app/file-format-schema.json");
            json.WriteString("exporter", "dotnet-hotpath");
            json.WriteString("name", VisibleText.Name(snapshot.Process.App));
            json.WriteNumber("activeProfileIndex", Math.Max(0, Array.IndexOf(values, shownFirst)));
            frames.Write(json);
            json.WriteStartArray("profiles");
            foreach (var (value, stacks) in values.Zip(profiles))
            {
                WriteProfile(json, snapshot, value, stacks);
            }

            foreach (var call in timed)
            {
                WriteCall(json, snapshot, call, frames);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + '\n';
    }

    private static void WriteProfile(Utf8JsonWriter json, SnapshotDocument snapshot, StackValue value, (int[] Frames, long Weight)[] stacks)
    {
        json.WriteStartObject();
        json.WriteString("type", "sampled");
        string what = value == StackValue.Time ? "self time" : "allocated",
            note = EstimateNote.Of(snapshot, value) is { } estimates ? $" ({estimates})" : "";
        json.WriteString("name", $"{VisibleText.Name(snapshot.Process.App)}: {what}{note}");
        json.WriteString("unit", value == StackValue.Time ? "nanoseconds" : "bytes");
        json.WriteNumber("startValue", 0);
        json.WriteNumber("endValue", stacks.Sum(static stack => stack.Weight));
        json.WriteStartArray("samples");
        foreach (var (frames, _) in stacks)
        {
            json.WriteStartArray();
            foreach (int frame in frames)
            {
                json.WriteNumberValue(frame);
            }

            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteStartArray("weights");
        foreach (var (_, weight) in stacks)
        {
            json.WriteNumberValue(weight);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>
    /// Writes a kept call as a profile of events, in the order of time. Times of frames are without the cost of recording, and starts are not. So a
    /// frame is drawn as long as it takes to hold those in it.
    /// </summary>
    private static void WriteCall(Utf8JsonWriter json, SnapshotDocument snapshot, KeptCall call, Frames numbers)
    {
        var nested = Enumerable.Range(0, call.Frames.Length).ToLookup(i => call.Frames[i].Parent ?? -1);
        var events = new List<(bool IsOpened, int Frame, long At)>();
        long end = Draw(0, 0);
        json.WriteStartObject();
        json.WriteString("type", "evented");
        json.WriteString("name", VisibleText.Name($"{snapshot.Methods[call.Method].Name}, {call.At}, {Units.Time(call.Ns ?? 0, isUnicode: true)}"));
        json.WriteString("unit", "nanoseconds");
        json.WriteNumber("startValue", 0);
        json.WriteNumber("endValue", end);
        json.WriteStartArray("events");
        foreach (var (isOpened, frame, at) in events)
        {
            json.WriteStartObject();
            json.WriteString("type", isOpened ? "O" : "C");
            json.WriteNumber("frame", numbers.NumberOf((call.Frames[frame].Method, null)));
            json.WriteNumber("at", at);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();

        long Draw(int index, long earliest)
        {
            var frame = call.Frames[index];
            long start = Math.Max(earliest, frame.StartNs ?? earliest),
                now = start;
            events.Add((true, index, start));
            foreach (int child in nested[index].Where(child => call.Frames[child].Ns is not null))
            {
                now = Draw(child, now);
            }

            now = Math.Max(now, start + (frame.Ns ?? 0));
            events.Add((false, index, now));
            return now;
        }
    }

    /// <summary>The frames that both profiles share, numbered in the order in which they are first used.</summary>
    private sealed class Frames(SnapshotDocument snapshot)
    {
        private readonly Dictionary<(int? Method, Site? Site), int> _numbers = [];

        public int[] Of(ContextNode context, Site? site)
        {
            var frames = StackNames.PathTo(snapshot, context).Select(frame => NumberOf((frame.Method, null)));
            return [.. site is null ? frames : frames.Append(NumberOf((context.Method, site)))];
        }

        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject("shared");
            json.WriteStartArray("frames");
            foreach (var ((index, site), _) in _numbers.OrderBy(static frame => frame.Value))
            {
                var method = index is { } place ? snapshot.Methods[place] : null;
                json.WriteStartObject();
                json.WriteString(
                    "name",
                    VisibleText.Name(
                        method is null ? StackNames.BeyondBound
                        : site is null ? method.Name
                        : StackNames.Of(method, site)
                    )
                );
                if (method is { File.Length: > 0 })
                {
                    json.WriteString("file", VisibleText.Of(method.File));
                    json.WriteNumber("line", site?.Line ?? method.Line);
                    if (site is not null)
                    {
                        json.WriteNumber("col", site.Column);
                    }
                }
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }

        public int NumberOf((int? Method, Site? Site) frame)
        {
            if (!_numbers.TryGetValue(frame, out int number))
            {
                _numbers[frame] = number = _numbers.Count;
            }

            return number;
        }
    }
}
