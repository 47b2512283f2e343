using System.Diagnostics;

namespace HotPathGen.EndToEnd.Tests;

/// <summary>The program that Native AOT needs besides the SDK: a compiler that links programs.</summary>
internal static class NativeToolchain
{
    private static readonly Lazy<string?> s_missing = new(FindMissing);

    /// <summary>Why native compilation does not work on this machine; null where it works.</summary>
    public static string? Missing => s_missing.Value;

    /// <summary>Tries to compile and link, because a compiler without the files of the C library would be found but could not link.</summary>
    private static string? FindMissing()
    {
        // On Windows, the SDK asks the Visual Studio installer, which says itself what is missing.
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        string folder = Project.NewFolder();
        string source = Path.Combine(folder, "empty.c");
        // Debian has the header of zlib in a package of its own, together with what the linker needs of zlib.
        File.WriteAllText(source, "#include <zlib.h>\nint main(void) { return zlibVersion()[0] == 0; }\n");
        string[] compilers = ["clang", "gcc"];
        return compilers.Any(compiler => Links(compiler, source))
            ? null
            : $"Native AOT needs {string.Join(" or ", compilers)} and zlib's headers (Debian: clang or gcc, and zlib1g-dev); none of them links "
                + $"a program here.";
    }

    private static bool Links(string compiler, string source)
    {
        try
        {
            var start = new ProcessStartInfo(compiler, [source, "-o", Path.ChangeExtension(source, "out"), "-lz"]) { RedirectStandardError = true };
            using var process = Process.Start(start)!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
