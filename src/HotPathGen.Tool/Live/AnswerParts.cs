using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace HotPathGen.Tool.Live;

/// <summary>
/// Puts the parts of one request's answer together. The parts of other requests reach the session, too. An answer is complete, or it is none:
/// EventPipe drops events if they are not read fast enough.
/// </summary>
internal sealed class AnswerParts(string request)
{
    private byte[]?[] _parts = [];
    private int _missing;

    /// <summary>The version of the protocol and of HotPathGen, once the program has said that it has the request; null until then.</summary>
    public string? Hello { get; private set; }

    /// <summary>The whole answer; null until it is there.</summary>
    public Answer? Whole { get; private set; }

    /// <summary>Whether a part is known to be lost, or the parts do not fit together.</summary>
    public bool IsDamaged { get; private set; }

    /// <param name="payload">The payload of an event, in the layout that the runtime gives to the parameters of <c>LiveEvents.Answer</c>.</param>
    /// <returns>Whether it belongs to this request.</returns>
    public bool Add(ReadOnlySpan<byte> payload)
    {
        int end = MemoryMarshal.Cast<byte, char>(payload[..(payload.Length & ~1)]).IndexOf('\0');
        if (end < 0 || !MemoryMarshal.Cast<byte, char>(payload)[..end].SequenceEqual(request))
        {
            return false;
        }

        var rest = payload[((end + 1) * sizeof(char))..];
        var (kind, index, count) = ((AnswerKind)Take(ref rest), Take(ref rest), Take(ref rest));
        uint checksum = (uint)Take(ref rest);
        byte[] data = rest.Slice(sizeof(int), BinaryPrimitives.ReadInt32LittleEndian(rest)).ToArray();
        if (kind == AnswerKind.Hello)
        {
            Hello = Encoding.UTF8.GetString(data);
            return true;
        }

        if (_parts.Length == 0)
        {
            _parts = new byte[count][];
            _missing = count;
        }

        // Parts come in order. So one that is missing before the last is lost.
        if (index != _parts.Length - _missing || count != _parts.Length)
        {
            IsDamaged = true;
            return true;
        }

        _parts[index] = data;
        if (--_missing == 0)
        {
            byte[] whole = [.. _parts.SelectMany(static part => part!)];
            IsDamaged = LiveProtocol.Checksum(whole) != checksum;
            Whole = IsDamaged ? null : new(kind, whole);
        }

        return true;
    }

    private static int Take(ref ReadOnlySpan<byte> rest)
    {
        int value = BinaryPrimitives.ReadInt32LittleEndian(rest);
        rest = rest[sizeof(int)..];
        return value;
    }
}

/// <summary>The answer of a program.</summary>
internal sealed record Answer(AnswerKind Kind, byte[] Content);
