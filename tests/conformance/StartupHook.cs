/// <summary>
/// The runtime of .NET calls this in each process that a test run starts (DOTNET_STARTUP_HOOKS). When a measured process ends, its allocated bytes
/// are written to a file beside its snapshot.
/// </summary>
internal static class StartupHook
{
    /// <summary>The environment variable that has the folder for the files.</summary>
    public const string Folder = "CONFORMANCE_PROCESS_BYTES";

    public static void Initialize()
    {
        string? folder = Environment.GetEnvironmentVariable(Folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            long bytes = GC.GetTotalAllocatedBytes(precise: true);
            if (Directory.Exists(folder) && AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name == "HotPathGen"))
            {
                File.WriteAllText(PathOf(folder, Environment.ProcessId), $"{bytes}");
            }
        };
    }

    public static string PathOf(string folder, int process) => Path.Combine(folder, $"{process}.bytes");
}
