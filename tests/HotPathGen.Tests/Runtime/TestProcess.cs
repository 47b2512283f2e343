using System.Runtime.CompilerServices;

namespace HotPathGen.Tests.Recording;

internal static class TestProcess
{
    /// <summary>
    /// This process records, too, but the tests read only the snapshot files of the host. So its own snapshot file goes to the temporary folder.
    /// </summary>
#pragma warning disable CA2255
    [ModuleInitializer]
    internal static void BeQuiet()
    {
        Environment.SetEnvironmentVariable("HOTPATH_SUMMARY", "none");
        Environment.SetEnvironmentVariable("HOTPATH_OUTPUT", Path.Combine(Path.GetTempPath(), "HotPathGen.Tests.hotpath.json"));
    }
#pragma warning restore CA2255
}
