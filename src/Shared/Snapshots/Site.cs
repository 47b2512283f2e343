namespace HotPathGen.Shared;

/// <summary>An expression that can allocate: its place, and its figures in the probing calls.</summary>
internal sealed record Site : IRecord
{
    /// <summary>The number of size classes. Class c holds hits of 2^c up to 2^(c+1) bytes; the last class also holds all larger ones.</summary>
    public const int SizeClassCount = 40;

    public required int Line { get; init; }
    public required int Column { get; init; }
    public required SiteKind Kind { get; init; }
    public required string Type { get; init; }
    public required string Text { get; init; }

    /// <summary>For calls, where the callee comes from; null for other sites, and if it is not known.</summary>
    public Origin? Origin { get; init; }
    public required long Hits { get; init; }
    public required long AllocatingHits { get; init; }

    /// <summary>The number of objects; null if a hit may create several.</summary>
    public long? Objects { get; init; }
    public required long Bytes { get; init; }
    public required long MaxBytes { get; init; }
    public required long LargeObjectHits { get; init; }
    public required long LargeObjectBytes { get; init; }

    /// <summary>The number of hits by size class. The class is the power of two of a hit's bytes.</summary>
    public required SparseCounts SizeClasses { get; init; }

    /// <summary>The hits that allocated in calls that had exceeded their budget; null without a budget.</summary>
    public Breaches? Breaches { get; init; }

    public void Write(MemberWriter to)
    {
        to.Add(Line);
        to.Add(Column);
        to.Add(Words.Of(Kind), nameof(Kind));
        to.Add(Type);
        to.Add(Text);
        to.Add(Origin is { } known ? Words.Of(known) : null, nameof(Origin));
        to.Add(Hits);
        to.Add(AllocatingHits);
        to.Add(Objects);
        to.Add(Bytes);
        to.Add(MaxBytes);
        to.Add(LargeObjectHits);
        to.Add(LargeObjectBytes);
        to.Add(SizeClasses);
        to.Add(Breaches);
    }
}

/// <summary>How often a budget was exceeded.</summary>
internal sealed record Breaches : IRecord
{
    public required long Count { get; init; }

    /// <summary>The stack of the first time, innermost call first; empty if it never happened.</summary>
    public required string[] FirstStack { get; init; }

    public static Breaches? Sum(Breaches? a, Breaches? b) =>
        a is null || b is null
            ? a ?? b
            : new() { Count = checked(a.Count + b.Count), FirstStack = a.FirstStack.Length > 0 ? a.FirstStack : b.FirstStack };

    public void Write(MemberWriter to)
    {
        to.Add(Count);
        to.Add(FirstStack);
    }
}

/// <summary>The figures of the calls that ran the original body, and of those that ran the instrumented body.</summary>
internal sealed record BodyShares : IRecord
{
    public required BodyShare Control { get; init; }
    public required BodyShare Probing { get; init; }

    /// <summary>Whether the method's time is the time of the control calls.</summary>
    public required bool TimesMethod { get; init; }

    /// <summary>
    /// Self bytes of a probing call minus those of a control call, if the difference is more than chance explains. May be negative.
    /// </summary>
    public double? DifferenceBytesPerCall { get; init; }

    public void Write(MemberWriter to)
    {
        to.Add(Control);
        to.Add(Probing);
        to.Add(TimesMethod);
        to.Add(DifferenceBytesPerCall);
    }
}

internal sealed record BodyShare : IRecord
{
    public required long Calls { get; init; }
    public required long SelfBytes { get; init; }
    public required long SelfNs { get; init; }
    public required long TotalNs { get; init; }

    public void Write(MemberWriter to)
    {
        to.Add(Calls);
        to.Add(SelfBytes);
        to.Add(SelfNs);
        to.Add(TotalNs);
    }
}
