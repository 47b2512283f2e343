using System.Text.Json.Serialization;

namespace HotPathGen.Shared;

/// <summary>One call of a hot method around which no other hot call ran, kept because it was slow or allocated much.</summary>
internal sealed record KeptCall : IRecord
{
    /// <summary>A place in the list of methods, as everywhere below.</summary>
    public required int Method { get; init; }

    /// <summary>
    /// When it began, in UTC, in the format of the process's start. If its frame read no clock, when it ended. Null without a clock.
    /// </summary>
    public string? At { get; init; }

    /// <summary>Its time; 0 if its frame read no clock; null without a clock.</summary>
    public long? Ns { get; init; }
    public required long Bytes { get; init; }

    /// <summary>The name of the operation in which it ran; null for none.</summary>
    public string? Operation { get; init; }
    public required bool IsSlow { get; init; }
    public required bool IsLarge { get; init; }

    /// <summary>Whether it is an async call with its wall time; the next figure is whether it is one later segment of an async call.</summary>
    public required bool IsWall { get; init; }
    public required bool IsSegment { get; init; }

    /// <summary>The number of small frames that are not in the list.</summary>
    public required long LeftOutFrames { get; init; }

    /// <summary>The frames in the order in which they opened. The first one is the call itself. Empty for a whole async call.</summary>
    public required KeptFrame[] Frames { get; init; }

    /// <summary>What sites allocated in it, largest first.</summary>
    public required KeptSite[] Sites { get; init; }

    public void Write(MemberWriter to)
    {
        to.Add(Method);
        to.Add(At);
        to.Add(Ns);
        to.Add(Bytes);
        to.Add(Operation);
        to.Add(IsSlow);
        to.Add(IsLarge);
        to.Add(IsWall);
        to.Add(IsSegment);
        to.Add(LeftOutFrames);
        to.Add(Frames);
        to.Add(Sites);
    }
}

/// <summary>A frame of a kept call.</summary>
internal sealed record KeptFrame : IRecord
{
    /// <summary>The place of the frame around it in the list of frames; null for the first one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int? Parent { get; init; }
    public required int Method { get; init; }

    /// <summary>When it opened, from the start of the call; null if it read no clock, like the next figure.</summary>
    public long? StartNs { get; init; }

    /// <summary>Its time, with that of the frames in it.</summary>
    public long? Ns { get; init; }

    /// <summary>Its bytes, with those of the frames in it.</summary>
    public required long Bytes { get; init; }

    public void Write(MemberWriter to)
    {
        to.AddPlace(Parent);
        to.Add(Method);
        to.Add(StartNs);
        to.Add(Ns);
        to.Add(Bytes);
    }
}

/// <summary>What a site allocated in a kept call.</summary>
internal sealed record KeptSite : IRecord
{
    public required int Method { get; init; }
    public required int Line { get; init; }
    public required int Column { get; init; }
    public required SiteKind Kind { get; init; }
    public required string Type { get; init; }
    public required string Text { get; init; }
    public required long Hits { get; init; }
    public required long Bytes { get; init; }

    public void Write(MemberWriter to)
    {
        to.Add(Method);
        to.Add(Line);
        to.Add(Column);
        to.Add(Words.Of(Kind), nameof(Kind));
        to.Add(Type);
        to.Add(Text);
        to.Add(Hits);
        to.Add(Bytes);
    }
}
