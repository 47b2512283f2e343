using System.IO.Enumeration;
using System.Runtime.InteropServices;

namespace DocSearch;

/// <summary>Finds the XML documentation files to index, in an order that is the same on every machine.</summary>
internal static class DocumentationFiles
{
    private const string WayOut = "pass a folder with XML documentation files as the first argument";

    public static IReadOnlyList<string> InFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InputException(File.Exists(folder) ? $"'{folder}' is a file; {WayOut}" : $"folder '{folder}' does not exist");
        }

        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.None,
            IgnoreInaccessible = false,
        };

        try
        {
            // Links to files are followed. Links to folders are not, because they may lead back to a folder above.
            var found = new FileSystemEnumerable<string>(folder, (ref entry) => entry.ToSpecifiedFullPath(), options)
            {
                ShouldIncludePredicate = (ref entry) => !entry.IsDirectory && entry.FileName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase),
                ShouldRecursePredicate = (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            };

            var files = found.OrderBy(path => path.Replace('\\', '/'), StringComparer.Ordinal).ToList();

            return files.Count > 0 ? files : throw new InputException($"no *.xml files in '{folder}' or below");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"folder '{folder}' cannot be read: {e.Message}");
        }
    }

    /// <summary>The files of all targeting packs, each pack in its highest version that has files.</summary>
    public static IReadOnlyList<string> OfTargetingPacks()
    {
        var packFolders = DotnetRoots().Select(root => Path.Combine(root, "packs")).ToList();

        try
        {
            foreach (string? folder in packFolders.Where(Directory.Exists))
            {
                var files = Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).SelectMany(FilesOfNewestVersion).ToList();

                if (files.Count > 0)
                {
                    return files;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the targeting packs cannot be read: {e.Message}; {WayOut}");
        }

        throw new InputException($"no targeting packs with XML documentation in {string.Join(" or ", packFolders)}; {WayOut}");
    }

    private static List<string> FilesOfNewestVersion(string pack) =>
        Directory
            .EnumerateDirectories(pack)
            .Select(folder => (Folder: folder, Version: PackVersion.Parse(Path.GetFileName(folder))))
            .Where(candidate => candidate.Version is not null)
            .OrderByDescending(candidate => candidate.Version)
            .Select(candidate => FilesOfVersion(candidate.Folder))
            .FirstOrDefault(files => files.Count > 0)
        ?? [];

    private static List<string> FilesOfVersion(string folder)
    {
        string references = Path.Combine(folder, "ref");

        return !Directory.Exists(references)
            ? []
            : Directory
                .EnumerateDirectories(references)
                .SelectMany(framework => Directory.EnumerateFiles(framework, "*.xml"))
                .Order(StringComparer.Ordinal)
                .ToList();
    }

    private static IEnumerable<string> DotnetRoots()
    {
        // <root>/shared/Microsoft.NETCore.App/<version>/
        string runtime = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());
        string? host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH");
        string? root = Environment.GetEnvironmentVariable("DOTNET_ROOT");

        string?[] candidates =
        [
            Path.GetFullPath(Path.Combine(runtime, "..", "..", "..")),
            File.Exists(host) ? Path.GetDirectoryName(LinkTarget(host)) : null,
            string.IsNullOrEmpty(root) ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)),
        ];

        return candidates.OfType<string>().Distinct();
    }

    private static string LinkTarget(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
}
