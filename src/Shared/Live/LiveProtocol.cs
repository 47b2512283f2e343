namespace HotPathGen.Shared;

/// <summary>
/// How the tool asks a measured program that runs: it opens an EventPipe session for the program's event source, with the request as the provider's
/// arguments. The program answers with events of that source.
/// </summary>
/// <remarks>
/// A session carries one request. The runtime does not tell an event source which of several sessions has ended. So a program that sent something
/// again and again would not know when to stop.
/// </remarks>
internal static class LiveProtocol
{
    public const string Source = "HotPathGen";

    /// <summary>The version of arguments and answers. Increase it when one side can no longer understand the other.</summary>
    public const int Version = 1;

    public const int AnswerEvent = 1;
    public const int PulseEvent = 2;

    /// <summary>
    /// The bytes of an answer that one event carries. EventPipe drops events of more than 64 KB.
    /// </summary>
    public const int ChunkBytes = 60_000;

    // The names of arguments. The runtime separates arguments at = and ;, removes quotes, and uses an argument named Command itself.
    public const string RequestId = "request";
    public const string ProtocolVersion = "protocol";
    public const string Command = "do";
    public const string Level = "level";
    public const string OverheadPercent = "overheadPercent";
    public const string ForMs = "forMs";

    // The commands.
    public const string Status = "status";
    public const string Snapshot = "snapshot";
    public const string Reset = "reset";
    public const string Detail = "detail";

    /// <summary>The checksum of an answer (CRC-32C).</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = ~0u;
        foreach (byte value in bytes)
        {
            sum = System.Numerics.BitOperations.Crc32C(sum, value);
        }

        return ~sum;
    }
}

/// <summary>What an answer holds.</summary>
internal enum AnswerKind
{
    /// <summary>The request has arrived. Written before the session's start returns, so a program that does not say it will not answer.</summary>
    Hello,

    /// <summary>A <see cref="LiveStatus"/> as JSON, after the command was carried out.</summary>
    Status,

    /// <summary>A snapshot, <c>hotpath/1</c>, compressed (zlib).</summary>
    Snapshot,

    /// <summary>Why the command was not carried out, as a sentence without its full stop.</summary>
    Refused,
}
