using HotPathGen.Generator.Pipeline;
using HotPathGen.Generator.Symbols;

namespace HotPathGen.Generator;

/// <summary>The names under which the steps of the pipeline are tracked.</summary>
internal static class Steps
{
    public const string Measured = nameof(Measured);
    public const string WrittenPairs = nameof(WrittenPairs);
    public const string UnmeasuredPairs = nameof(UnmeasuredPairs);
    public const string PooledPairs = nameof(PooledPairs);
    public const string PooledLists = nameof(PooledLists);
    public const string MeasuredFiles = nameof(MeasuredFiles);
    public const string Files = nameof(Files);
    public const string Table = nameof(Table);
    public const string Emission = nameof(Emission);
    public const string Methods = nameof(Methods);
    public const string Coverage = nameof(Coverage);
    public const string Functions = nameof(Functions);
    public const string Project = nameof(Project);
    public const string ApiCalls = nameof(ApiCalls);
}
