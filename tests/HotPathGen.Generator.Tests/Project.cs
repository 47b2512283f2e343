using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HotPathGen.Generator.Tests;

/// <summary>The settings that a user's project file would contain.</summary>
internal sealed record Project(IReadOnlyList<string> Sources)
{
    private static int s_count;

    public string Name { get; init; } = "Sample";
    public bool IsMeasured { get; init; }
    public bool InstrumentsAll { get; init; }
    public bool AllowsUnsafe { get; init; } = true;
    public bool ChecksOverflow { get; init; }
    public bool IsOptimized { get; init; } = true;
    public bool HasGlobalUsings { get; init; } = true;
    public LanguageVersion Language { get; init; } = LanguageVersion.CSharp14;
    public NullableContextOptions Nullable { get; init; } = NullableContextOptions.Enable;
    public OutputKind Output { get; init; } = OutputKind.DynamicallyLinkedLibrary;
    public IReadOnlyList<MetadataReference> References { get; init; } = [];
    public IReadOnlyList<ISourceGenerator> OtherGenerators { get; init; } = [];

    /// <summary>A new name, for a sample that records. The process keeps figures for each name of an assembly.</summary>
    public static string UniqueName() => $"Sample{Interlocked.Increment(ref s_count)}";
}
