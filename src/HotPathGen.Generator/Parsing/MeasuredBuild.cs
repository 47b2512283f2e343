using System.Collections.Immutable;
using System.Text;
using HotPathGen.Generator.Models;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Parsing;

/// <summary>Reads what the targets of a measured build hand over.</summary>
internal static class MeasuredBuild
{
    public const string ProjectDirectoryOption = "build_property.hotpathprojectdirectory";

    /// <summary>
    /// Whether a file is the coverage file. Only the targets of a measured build add it, after everything that a project can add itself.
    /// </summary>
    public static bool IsCoverage(AdditionalText file) => file.Path.Replace('\\', '/').EndsWith("hotpath/coverage.txt", StringComparison.Ordinal);

    /// <summary>Reads what prepare wrote about the build, and about the methods that it left plain.</summary>
    public static PreparedModel Coverage(AdditionalText file, CancellationToken cancellation)
    {
        var plain = ImmutableArray.CreateBuilder<PlainModel>();
        bool everything = false;
        foreach (string line in file.GetText(cancellation)?.ToString().Split('\n') ?? [])
        {
            everything |= line == Marks.Everything;
            if (line.Split('\t') is [var path, var number, var name, var reason] && int.TryParse(number, out int parsed))
            {
                plain.Add(new(name, path, parsed, reason));
            }
        }

        return new(everything, new(plain.ToImmutable()));
    }

    /// <summary>
    /// Decodes the project directory. The targets encode it, because the file that hands properties over ends a value at <c>#</c> and <c>;</c>.
    /// </summary>
    public static string ProjectDirectory(string encoded) => Encoding.UTF8.GetString(Convert.FromBase64String(encoded));
}
