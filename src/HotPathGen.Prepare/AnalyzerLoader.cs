using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Prepare;

/// <summary>
/// Loads generators as the compiler does: those of one folder share a load context, and all of them share the compiler's own assemblies.
/// </summary>
/// <param name="compiler">The folder of the compiler.</param>
internal sealed class AnalyzerLoader(string compiler) : IAnalyzerAssemblyLoader
{
    private readonly ConcurrentDictionary<string, FolderContext> _contexts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.OrdinalIgnoreCase);

    public void AddDependencyLocation(string fullPath) => _known.TryAdd(Path.GetFileNameWithoutExtension(fullPath), fullPath);

    public Assembly LoadFromPath(string fullPath) =>
        _contexts.GetOrAdd(Path.GetDirectoryName(fullPath)!, folder => new(this, folder)).LoadFromAssemblyPath(fullPath);

    private sealed class FolderContext(AnalyzerLoader loader, string folder) : AssemblyLoadContext("generators of " + folder)
    {
        protected override Assembly? Load(AssemblyName name)
        {
            string file = name.Name + ".dll";
            if (File.Exists(Path.Combine(loader.Compiler, file)))
            {
                return null;
            }

            string beside = Path.Combine(folder, file);
            return File.Exists(beside) ? LoadFromAssemblyPath(beside)
                : loader._known.TryGetValue(name.Name ?? "", out string? elsewhere) ? loader.LoadFromPath(elsewhere)
                : null;
        }
    }

    private string Compiler => compiler;
}
