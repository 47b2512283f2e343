using System.Reflection.Metadata;

namespace HotPathGen.EndToEnd.Tests;

/// <summary>A source file that a PDB names.</summary>
/// <param name="Checksum">The checksum of the text that was compiled, or the one that a <c>#pragma checksum</c> gives.</param>
/// <param name="IsEmbedded">Whether the PDB contains its text.</param>
/// <param name="HasCode">Whether a sequence point lies in it.</param>
internal sealed record DebugDocument(string Name, string Checksum, bool IsEmbedded, bool HasCode)
{
    private static readonly Guid s_embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public static IReadOnlyList<DebugDocument> Of(string pdb)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(pdb));
        var metadata = provider.GetMetadataReader();
        var withCode = metadata
            .MethodDebugInformation.Select(metadata.GetMethodDebugInformation)
            .SelectMany(method => method.GetSequencePoints())
            .Where(point => !point.IsHidden)
            .Select(point => point.Document)
            .ToHashSet();
        return
        [
            .. metadata.Documents.Select(handle =>
            {
                var document = metadata.GetDocument(handle);
                bool embedded = metadata
                    .GetCustomDebugInformation(handle)
                    .Any(information => metadata.GetGuid(metadata.GetCustomDebugInformation(information).Kind) == s_embeddedSource);
                return new DebugDocument(
                    metadata.GetString(document.Name),
                    Convert.ToHexStringLower(metadata.GetBlobBytes(document.Hash)),
                    embedded,
                    withCode.Contains(handle)
                );
            }),
        ];
    }
}
