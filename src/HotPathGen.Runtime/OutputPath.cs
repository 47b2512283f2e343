using System.Globalization;

namespace HotPathGen.Runtime;

/// <summary>Determines the path of the snapshot file.</summary>
internal static class OutputPath
{
    private const string Name = "{app}-{time}-{pid}.hotpath.json";

    /// <summary>
    /// Returns the absolute path with its placeholders filled in. It is absolute because the process may change its directory before it ends.
    /// </summary>
    /// <param name="output">The value of HOTPATH_OUTPUT. If it is a folder, the file gets the usual name.</param>
    /// <param name="app">The program's name.</param>
    /// <param name="process">The program's process id.</param>
    /// <param name="timeUtc">The time, in UTC: of the program's start or, for one of several files, of the snapshot.</param>
    /// <param name="hasMilliseconds">Whether there may be several files a second.</param>
    public static string Of(string? output, string app, int process, DateTime timeUtc, bool hasMilliseconds = false)
    {
        string current = CurrentFolder(),
            name = Name;
        if (output is null)
        {
            name = Path.Combine(DefaultFolder(current, AppContext.BaseDirectory), Name);
        }
        else
        {
            name = Path.EndsInDirectorySeparator(output) || Directory.Exists(Path.Combine(current, output)) ? Path.Combine(output, Name) : output;
        }

        foreach (char invalid in Path.GetInvalidFileNameChars())
        {
            app = app.Replace(invalid, '_');
        }

        return Path.GetFullPath(
            name.Replace("{app}", app)
                .Replace("{time}", timeUtc.ToString(hasMilliseconds ? "yyyyMMdd-HHmmss-fff" : "yyyyMMdd-HHmmss", CultureInfo.InvariantCulture))
                .Replace("{pid}", process.ToString(CultureInfo.InvariantCulture)),
            current
        );
    }

    /// <summary>Returns the value of HOTPATH_OUTPUT with the current folder in front, and with its placeholders.</summary>
    public static string Absolute(string output) => Path.GetFullPath(output, CurrentFolder());

    /// <summary>
    /// Returns <c>hotpath</c> in the current folder. Test platforms and BenchmarkDotNet start a program in its build output folder. Nobody looks
    /// into that folder, and BenchmarkDotNet deletes it with everything in it. For such programs it is <c>hotpath</c> in the folder of the
    /// project.
    /// </summary>
    public static string DefaultFolder(string current, string program)
    {
        string? project = IsWithin(current, program) ? ProjectOf(program) : null;
        return Path.Combine(project ?? current, "hotpath");
    }

    // BenchmarkDotNet builds its own project inside the output folder of the user's project. The outermost project is the user's.
    private static string? ProjectOf(string program)
    {
        string? outermost = null;
        for (var folder = new DirectoryInfo(program); folder.Parent is { } parent; folder = parent)
        {
            if (folder.Name is "bin" or "obj" && IsProject(parent))
            {
                outermost = parent.Name == "artifacts" ? parent.Parent?.FullName ?? parent.FullName : parent.FullName;
            }
        }
        return outermost;
    }

    // A folder that UseArtifactsOutput names like this is beside the solution and contains no project.
    private static bool IsProject(DirectoryInfo folder)
    {
        try
        {
            return folder.Name == "artifacts" || folder.EnumerateFiles("*.*proj").Any();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsWithin(string folder, string outer) =>
        (Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar).StartsWith(
            Path.TrimEndingDirectorySeparator(outer) + Path.DirectorySeparatorChar,
            StringComparison.Ordinal
        );

    private static string CurrentFolder()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (Exception)
        {
            // The current folder was deleted while the program runs.
            return Path.GetTempPath();
        }
    }
}
