using System.IO.Enumeration;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Comparison;

/// <summary>
/// What a method, or each method of a pattern, may cost. Of several runs the smallest figure counts, because one bad run proves nothing.
/// </summary>
internal sealed record Budget
{
    /// <summary>The method's name, with or without parameters, or its id; <c>*</c> stands for anything.</summary>
    public required string Method { get; init; }

    /// <summary>The most bytes of a call, with what the method calls, on the average of a run.</summary>
    public double? MaxBytesPerCall { get; init; }
    public long? MaxP99Bytes { get; init; }
    public long? MaxP99Ns { get; init; }
    public long? MaxCalls { get; init; }

    /// <summary>
    /// Which methods must have run: with <c>true</c> all that match, with <c>false</c> none. Where it is left out, the method, or at least one of
    /// the pattern, must have run.
    /// </summary>
    public bool? MustRun { get; init; }

    [JsonIgnore]
    public bool LimitsBytes => MaxBytesPerCall is not null || MaxP99Bytes is not null;

    [JsonIgnore]
    public bool AsksForNothing => !LimitsBytes && MaxP99Ns is null && MaxCalls is null && MustRun is null;

    public bool Covers(Method method) =>
        Matches(method.Id)
        || Matches(method.Name)
        || (method.Name.IndexOf('(', StringComparison.Ordinal) is var parameters and > 0 && Matches(method.Name.AsSpan(0, parameters)));

    private bool Matches(ReadOnlySpan<char> name) => FileSystemName.MatchesSimpleExpression(Method, name, ignoreCase: false);
}

internal sealed record BudgetDocument
{
    public required Budget[] Budgets { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(LongAmountConverter), typeof(DoubleAmountConverter)]
)]
[JsonSerializable(typeof(BudgetDocument))]
internal sealed partial class BudgetJsonContext : JsonSerializerContext;

internal static class BudgetFile
{
    private const string Remedy = "Write it as dotnet hotpath check --help shows.";

    private static readonly JsonSerializerOptions s_options = new(BudgetJsonContext.Default.Options)
    {
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
    };

    public static Budget[] Read(string file)
    {
        var budgets = JsonFile.Read(file, (JsonTypeInfo<BudgetDocument>)s_options.GetTypeInfo(typeof(BudgetDocument)), Remedy).Budgets;
        foreach (var (i, budget) in budgets.Index())
        {
            if (budget.Method.Length == 0)
            {
                throw new InputException(file, $"$.budgets[{i}].method", "it is empty", "Name a method or a pattern.");
            }

            if (budget.AsksForNothing)
            {
                throw new InputException(
                    file,
                    $"$.budgets[{i}]",
                    $"the budget of \"{budget.Method}\" asks for nothing",
                    "Give maxBytesPerCall, maxP99Bytes, maxP99Ns, maxCalls or mustRun."
                );
            }
        }
        return budgets;
    }
}
