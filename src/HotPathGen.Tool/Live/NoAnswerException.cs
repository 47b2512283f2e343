namespace HotPathGen.Tool.Live;

/// <summary>Why a process gave no answer.</summary>
internal enum NoAnswer
{
    NoSuchProcess,

    /// <summary>It has no diagnostic port that this user can see.</summary>
    NoPort,
    OtherUser,
    NotMeasured,

    /// <summary>It is measured, but it cannot or will not do what was asked.</summary>
    Refused,
    OtherVersion,
    Ended,
    TooSlow,
}

/// <summary>A process that was asked and gave no usable answer.</summary>
internal sealed class NoAnswerException(int process, NoAnswer why, string reason, string remedy)
    : InputException(FormattableString.Invariant($"process {process}"), "", reason, remedy)
{
    public NoAnswer Why => why;
}
