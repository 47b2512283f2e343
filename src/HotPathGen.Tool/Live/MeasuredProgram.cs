using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using HotPathGen.Tool.Snapshots;
using Microsoft.Diagnostics.NETCore.Client;

namespace HotPathGen.Tool.Live;

/// <summary>A measured program that runs, and what it can be asked.</summary>
internal sealed record MeasuredProgram(int Process)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    public Task<LiveStatus> StatusAsync(TimeSpan patience, CancellationToken cancellation = default) =>
        StatusAfterAsync(LiveProtocol.Status, [], patience, cancellation);

    /// <summary>The status after the reset.</summary>
    public Task<LiveStatus> ResetAsync(CancellationToken cancellation = default) =>
        StatusAfterAsync(LiveProtocol.Reset, [], s_patience, cancellation);

    /// <summary>Sets the level. The program puts the old level back itself, if it is set for a time.</summary>
    /// <returns>The status after it.</returns>
    public Task<LiveStatus> SetDetailAsync(DetailLevel level, double? overheadPercent, TimeSpan? time, CancellationToken cancellation = default)
    {
        var arguments = new List<(string, string)> { (LiveProtocol.Level, Words.Of(level)) };
        if (overheadPercent is { } percent)
        {
            arguments.Add((LiveProtocol.OverheadPercent, percent.ToString(CultureInfo.InvariantCulture)));
        }

        if (time is { } span)
        {
            arguments.Add((LiveProtocol.ForMs, ((int)span.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)));
        }

        return StatusAfterAsync(LiveProtocol.Detail, arguments, s_patience, cancellation);
    }

    /// <summary>The snapshot as the program would write it now.</summary>
    public async Task<byte[]> SnapshotJsonAsync(CancellationToken cancellation = default)
    {
        byte[] compressed = await AskAsync(LiveProtocol.Snapshot, [], AnswerKind.Snapshot, s_patience, cancellation).ConfigureAwait(false);
        using var content = new MemoryStream();
        using (var stream = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress))
        {
            await stream.CopyToAsync(content, cancellation).ConfigureAwait(false);
        }

        return content.ToArray();
    }

    public async Task<SnapshotDocument> SnapshotAsync(CancellationToken cancellation = default)
    {
        using var json = new MemoryStream(await SnapshotJsonAsync(cancellation).ConfigureAwait(false));
        return SnapshotReader.Read(string.Create(CultureInfo.InvariantCulture, $"process {Process}"), json);
    }

    /// <summary>The ids of all .NET processes of this user that have a diagnostic port, without the tool itself.</summary>
    public static int[] Candidates() =>
        [.. DiagnosticsClient.GetPublishedProcesses().Where(static process => process != Environment.ProcessId).Distinct().Order()];

    private async Task<LiveStatus> StatusAfterAsync(
        string command,
        IEnumerable<(string, string)> arguments,
        TimeSpan patience,
        CancellationToken cancellation
    )
    {
        byte[] json = await AskAsync(command, arguments, AnswerKind.Status, patience, cancellation).ConfigureAwait(false);
        return JsonSerializer.Deserialize(json, LiveJsonContext.Default.LiveStatus)!;
    }

    private async Task<byte[]> AskAsync(
        string command,
        IEnumerable<(string, string)> arguments,
        AnswerKind expected,
        TimeSpan patience,
        CancellationToken cancellation
    )
    {
        var answer = await LiveSession.AskAsync(Process, command, arguments, patience, cancellation).ConfigureAwait(false);
        return answer.Kind == expected ? answer.Content
            : answer.Kind == AnswerKind.Refused
                ? throw new NoAnswerException(
                    Process,
                    NoAnswer.Refused,
                    $"it refuses: {Encoding.UTF8.GetString(answer.Content)}",
                    "Use the version of dotnet-hotpath that belongs to the HotPathGen the program was built with."
                )
            : throw Unanswered.Incomplete(Process);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(DetailLevelConverter)])]
[JsonSerializable(typeof(LiveStatus))]
internal sealed partial class LiveJsonContext : JsonSerializerContext;
