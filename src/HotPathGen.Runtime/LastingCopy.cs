using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace HotPathGen.Runtime;

/// <summary>
/// A plug-in's load context may bring the runtime along and be unloaded later. What holds a recording for the life of the process (handlers
/// of its end, signals, the threads' records) would hold that context too. So another copy of this assembly keeps the recording, in a
/// context that nobody unloads, and the plug-in's copy joins it: every plug-in's figures add up in one snapshot, whatever was unloaded.
/// </summary>
internal static class LastingCopy
{
    /// <summary>Whether this copy may be unloaded.</summary>
    public static bool IsNeeded => typeof(LastingCopy).Assembly.IsCollectible;

    /// <summary>Has such a copy found the session. Fails where this one was loaded from memory: then there is no file to read it from.</summary>
    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "What is part of a single file is not collectible.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Trimmed programs load no plug-ins that bring the runtime along.")]
    [UnconditionalSuppressMessage("Trimming", "IL2059", Justification = "As above.")]
    public static void TryFound()
    {
        try
        {
            // Not by its path: on Windows that would lock the plug-in's file.
            using var file = File.OpenRead(typeof(LastingCopy).Assembly.Location);
            var copy = new AssemblyLoadContext("HotPathGen").LoadFromStream(file);
            // Needs the session, and so founds it.
            RuntimeHelpers.RunClassConstructor(copy.GetType(typeof(ProbeCost).FullName!, throwOnError: true)!.TypeHandle);
        }
        catch (Exception)
        {
            // Then this copy records for itself, and writes when it is unloaded.
        }
    }
}
