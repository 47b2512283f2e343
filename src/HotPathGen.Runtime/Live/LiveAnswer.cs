using System.IO.Compression;
using System.Text;

namespace HotPathGen.Runtime;

/// <summary>Carries out a request, and writes the answer in numbered parts, each with the checksum of the whole.</summary>
internal static class LiveAnswer
{
    public static void Write(LiveEvents events, LiveRequest request, ProcessRecording recording, LevelSwitch level)
    {
        var (kind, content) = Of(request, recording, level);
        int checksum = (int)LiveProtocol.Checksum(content);
        int count = Math.Max(1, (content.Length + LiveProtocol.ChunkBytes - 1) / LiveProtocol.ChunkBytes);
        for (int i = 0; i < count; i++)
        {
            int start = i * LiveProtocol.ChunkBytes;
            events.Answer(request.Id, (int)kind, i, count, checksum, content[start..Math.Min(content.Length, start + LiveProtocol.ChunkBytes)]);
        }
    }

    private static (AnswerKind Kind, byte[] Content) Of(LiveRequest request, ProcessRecording recording, LevelSwitch level)
    {
        if (request.Problem is { } problem)
        {
            return (AnswerKind.Refused, Encoding.UTF8.GetBytes(problem));
        }

        try
        {
            switch (request.Command)
            {
                case LiveProtocol.Snapshot:
                    return (AnswerKind.Snapshot, Compressed(recording.Read()));
                case LiveProtocol.Reset:
                    recording.Reset();
                    break;
                case LiveProtocol.Detail:
                    level.Set(request.Level, request.Overhead, request.ForMs);
                    break;
            }

            return (AnswerKind.Status, SnapshotWriter.Write(StatusOf(recording, level)));
        }
        catch (Exception e)
        {
            return (AnswerKind.Refused, Encoding.UTF8.GetBytes($"{e.GetType().Name}: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}"));
        }
    }

    private static LiveStatus StatusOf(ProcessRecording recording, LevelSwitch level)
    {
        var snapshot = recording.Read();
        int? next = level.MsToRestore;
        return new()
        {
            App = snapshot.Process.App,
            Start = snapshot.Process.Start,
            DurationNs = snapshot.Process.DurationNs,
            Detail = (DetailLevel)recording.Detail,
            OverheadPercent = Math.Round(recording.Overhead * 100, 6),
            NextDetail = next is null ? null : (DetailLevel)level.Old,
            NextDetailMs = next,
            Methods = snapshot.Methods.Length,
            Calls = snapshot.Methods.Sum(static method => method.Calls),
            AllocatedBytes = (snapshot.Process.AllocatedBytes ?? 0) - (snapshot.Process.OwnBytes ?? 0),
        };
    }

    private static byte[] Compressed(SnapshotDocument snapshot)
    {
        using var stream = new MemoryStream(1 << 16);
        using (var compression = new ZLibStream(stream, CompressionLevel.Fastest))
        {
            SnapshotWriter.Write(compression, snapshot);
        }

        return stream.ToArray();
    }
}
