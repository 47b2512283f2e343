using System.Globalization;

namespace HotPathGen.Runtime;

/// <summary>Where the snapshot goes.</summary>
internal static class OutputPath
{
    private const string Name = "{app}-{time}-{pid}.hotpath.json";

    /// <summary>The path with its placeholders filled in, absolute: the process may change its directory before it ends.</summary>
    /// <param name="output">What HOTPATH_OUTPUT says; a folder gets the usual name.</param>
    /// <param name="app">The program's name.</param>
    /// <param name="process">Its id.</param>
    /// <param name="startUtc">When it started.</param>
    public static string Of(string? output, string app, int process, DateTime startUtc)
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
                .Replace("{time}", startUtc.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture))
                .Replace("{pid}", process.ToString(CultureInfo.InvariantCulture)),
            current
        );
    }

    /// <summary>
    /// <c>hotpath</c> in the current folder. Test platforms and BenchmarkDotNet start a program in the folder that it was built to, which
    /// nobody looks into and BenchmarkDotNet deletes with all that is in it: then <c>hotpath</c> in the folder of the project.
    /// </summary>
    public static string DefaultFolder(string current, string program)
    {
        string? project = IsWithin(current, program) ? ProjectOf(program) : null;
        return Path.Combine(project ?? current, "hotpath");
    }

    // BenchmarkDotNet builds a project of its own within the output of the user's: the outermost is the user's.
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

    // What UseArtifactsOutput names so lies beside the solution, without a project of its own.
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
            // It was deleted under the program, which runs on without one.
            return Path.GetTempPath();
        }
    }
}
