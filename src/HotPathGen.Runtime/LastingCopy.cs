using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace HotPathGen.Runtime;

/// <summary>
/// Keeps the recording in a copy of this assembly that is never unloaded. A plug-in's load context may contain the runtime and be unloaded later.
/// A recording is held for the life of the process (by handlers of its end, signals and the records of threads), and it would hold that context
/// too. So another copy of this assembly keeps the recording, in a context that nobody unloads, and the plug-in's copy joins it. The figures of
/// all plug-ins add up in one snapshot, whichever of them were unloaded.
/// </summary>
internal static class LastingCopy
{
    /// <summary>Whether this copy may be unloaded.</summary>
    public static bool IsNeeded => typeof(LastingCopy).Assembly.IsCollectible;

    /// <summary>
    /// Loads such a copy and lets it create the recording. Fails if this copy was loaded from memory, because then there is no file to read it
    /// from.
    /// </summary>
    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "What is part of a single file is not collectible.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Trimmed programs load no plug-ins that bring the runtime along.")]
    [UnconditionalSuppressMessage("Trimming", "IL2059", Justification = "As above.")]
    public static void TryFound()
    {
        try
        {
            // The file is not loaded by its path: on Windows that would lock the plug-in's file.
            using var file = File.OpenRead(typeof(LastingCopy).Assembly.Location);
            var copy = new AssemblyLoadContext("HotPathGen").LoadFromStream(file);
            // This type needs the recording, so running its static constructor creates the recording.
            RuntimeHelpers.RunClassConstructor(copy.GetType(typeof(ProbeCost).FullName!, throwOnError: true)!.TypeHandle);
        }
        catch (Exception)
        {
            // In this case this copy records for itself, and writes when it is unloaded.
        }
    }
}
