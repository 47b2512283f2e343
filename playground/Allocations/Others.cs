using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Allocations;

/// <summary>Analyzers from other packages and assemblies.</summary>
internal static class Others
{
    private const string Key = "analyzers:";

    /// <summary>The packages that the project names, with the assemblies that contain the analyzers.</summary>
    public static IEnumerable<(string Name, string[] Paths)> Packages() =>
        typeof(Others)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(static metadata => metadata.Key.StartsWith(Key, StringComparison.Ordinal))
            .Select(static metadata =>
                (
                    metadata.Key[Key.Length..],
                    Directory
                        .GetFiles(metadata.Value!, "*Analyzer*.dll")
                        .Where(static path => !path.Contains("Fix", StringComparison.Ordinal) && !path.Contains('_', StringComparison.Ordinal))
                        .ToArray()
                )
            );

    public static DiagnosticAnalyzer[] Load(IEnumerable<string> paths) =>
        [
            .. from path in paths
            from type in Assembly.LoadFrom(path).GetTypes()
            where
                type.IsSubclassOf(typeof(DiagnosticAnalyzer))
                && !type.IsAbstract
                && type.GetCustomAttribute<DiagnosticAnalyzerAttribute>()?.Languages.Contains(LanguageNames.CSharp) == true
            select (DiagnosticAnalyzer)Activator.CreateInstance(type)!,
        ];

    public static bool Counts(DiagnosticDescriptor rule) => rule.Category == "Performance";
}
