using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Comparison;

/// <summary>What a build allocates. The file is kept beside the sources, and <c>check</c> fails where a later build allocates more.</summary>
internal sealed record Baseline
{
    public const string SchemaName = SnapshotNames.BaselineSchema;

    public required string Schema { get; init; }
    public required Conditions Conditions { get; init; }

    /// <summary>The number of runs that the figures come from.</summary>
    public required int Runs { get; init; }

    /// <summary>The methods that ran, ordered by assembly and id.</summary>
    public required BaselineMethod[] Methods { get; init; }

    public static Baseline Of(RunSet runs) =>
        new()
        {
            Schema = SchemaName,
            Conditions = runs.Conditions,
            Runs = runs.Count,
            Methods =
            [
                .. runs
                    .Methods.Values.Where(method => method.HasRun && !(runs.Conditions.Code == Conditions.Settled && method.MayHoldTier0))
                    .OrderBy(method => method.Key)
                    .Select(BaselineMethod.Of),
            ],
        };
}

/// <summary>A method of a baseline. Its bytes are per call of the method, to a thousandth.</summary>
internal sealed record BaselineMethod
{
    public required string Assembly { get; init; }
    public required string Id { get; init; }

    /// <summary>The bytes of a call, with what the method calls: the minimum over runs.</summary>
    public required double BytesPerCall { get; init; }

    /// <summary>The maximum over runs, where it is larger than the minimum.</summary>
    public double? UpTo { get; init; }

    /// <summary>The bytes of a call without the hot methods that it calls, where that is less: the minimum over runs.</summary>
    public double? SelfBytesPerCall { get; init; }

    /// <summary>The sites that allocate in every run, in the order of the source. Lines are left out, because every edit above moves them.</summary>
    public BaselineSite[]? Sites { get; init; }

    public static BaselineMethod Of(MethodRuns method)
    {
        var (bytes, self) = (method.BytesPerCall, method.SelfBytesPerCall.Min);
        BaselineSite[] sites =
        [
            .. method
                .AllocatingSites.Where(site => site.BytesPerCall.Min > 0)
                .OrderBy(site => site.Line)
                .ThenBy(site => site.Column)
                .Select(BaselineSite.Of),
        ];
        return new()
        {
            Assembly = method.Key.Assembly,
            Id = method.Key.Id,
            BytesPerCall = bytes.Min,
            UpTo = bytes.Varies ? bytes.Max : null,
            SelfBytesPerCall = self != bytes.Min ? self : null,
            Sites = sites.Length > 0 ? sites : null,
        };
    }

    public MethodKey Key() => new(Assembly, Id);

    public Range Range() => new(BytesPerCall, UpTo ?? BytesPerCall);
}

/// <summary>An expression that allocates. It is identified by its kind, type and text.</summary>
internal sealed record BaselineSite
{
    public required SiteKind Kind { get; init; }
    public string? Type { get; init; }
    public required string Text { get; init; }

    /// <summary>The number of sites before it in its method that have the same kind, type and text; left out where there are none.</summary>
    public int? Ordinal { get; init; }

    /// <summary>The bytes per call of its method: the minimum over runs.</summary>
    public required double BytesPerCall { get; init; }

    public static BaselineSite Of(SiteRuns site) =>
        new()
        {
            Kind = site.Key.Kind,
            Type = site.Key.Type.Length > 0 ? site.Key.Type : null,
            Text = site.Key.Text,
            Ordinal = site.Key.Ordinal > 0 ? site.Key.Ordinal : null,
            BytesPerCall = site.BytesPerCall.Min,
        };

    public SiteKey Key() => new(Kind, Type ?? "", Text, Ordinal ?? 0);
}
