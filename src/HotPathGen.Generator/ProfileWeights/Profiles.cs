using System.Runtime.CompilerServices;
using HotPathGen.Generator.Allocations;
using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.ProfileWeights;

/// <summary>The files that a project lists as <c>HotPathProfile</c>. Each is read once, and read again only when it changes.</summary>
internal sealed class Profiles
{
    /// <summary>The metadata that the targets add to the additional file.</summary>
    private const string Mark = "build_metadata.AdditionalFiles.HotPathFile";

    /// <summary>The profiles that were read. Each is kept as long as its text is in use.</summary>
    private static readonly ConditionalWeakTable<SourceText, Profile> s_read = new();

    private readonly Profile[] _profiles;
    private readonly string _assembly;

    private Profiles(Profile[] profiles, string assembly) => (_profiles, _assembly) = (profiles, assembly);

    /// <summary>The profiles of a project; null if it lists none.</summary>
    public static Profiles? Of(AnalyzerOptions options, string? assembly, CancellationToken cancellation)
    {
        Profile[] profiles =
        [
            .. from file in options.AdditionalFiles
            where IsProfile(file, options)
            let text = file.GetText(cancellation)
            where text is not null
            let profile = s_read.GetValue(text, Profile.Read)
            where profile.Error is null
            select profile,
        ];
        return profiles.Length == 0 ? null : new(profiles, assembly ?? "");
    }

    /// <summary>Whether a profile knows a hot method.</summary>
    public bool Know(IMethodSymbol hot)
    {
        string id = MethodNames.Id(hot);
        return _profiles.Any(profile => profile.Find(_assembly, id) is not null);
    }

    /// <summary>What the first profile that knows a hot method says about it.</summary>
    public MethodProfile? Of(HotBody body)
    {
        string id = MethodNames.Id(body.Hot);
        return _profiles
            .Select(profile =>
                profile.Find(_assembly, id) is { } method ? new MethodProfile(profile, method, body.Declaration, body.Model, body.Cancellation) : null
            )
            .FirstOrDefault(static heat => heat is not null);
    }

    /// <summary>The place where a profile cannot be read, and the reason; null for a profile that can be read, and for any other file.</summary>
    public static (Location Place, string Reason)? Problem(AdditionalFileAnalysisContext context)
    {
        if (!IsProfile(context.AdditionalFile, context.Options))
        {
            return null;
        }

        string path = context.AdditionalFile.Path;
        if (context.AdditionalFile.GetText(context.CancellationToken) is not { } text)
        {
            return (Location.Create(path, default, default), "it is not there");
        }

        if (s_read.GetValue(text, Profile.Read).Error is not { } error)
        {
            return null;
        }

        var place = new TextSpan(Math.Min(error.Position, text.Length), 0);
        return (Location.Create(path, place, text.Lines.GetLinePositionSpan(place)), error.Message);
    }

    private static bool IsProfile(AdditionalText file, AnalyzerOptions options) =>
        options.AnalyzerConfigOptionsProvider.GetOptions(file).TryGetValue(Mark, out string? value) && value == "profile";
}
