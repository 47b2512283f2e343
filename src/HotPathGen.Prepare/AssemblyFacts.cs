using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace HotPathGen.Prepare;

/// <summary>The facts about a referenced assembly that matter for the project's files.</summary>
internal static class AssemblyFacts
{
    /// <summary>
    /// The assembly's methods that take the caller's member name, and its types that async methods can return; none where the file is not an
    /// assembly.
    /// </summary>
    /// <param name="path">The path of the assembly.</param>
    /// <param name="caller">The name of the assembly that uses them.</param>
    public static string[] NameTakers(string path, string caller)
    {
        using var file = File.OpenRead(path);
        using var image = new PEReader(file);
        return image.HasMetadata && image.GetMetadataReader() is var metadata
            ? [.. CallerNames.Takers(metadata, caller), .. AsyncBuilders.TaskLikes(metadata)]
            : [];
    }
}
