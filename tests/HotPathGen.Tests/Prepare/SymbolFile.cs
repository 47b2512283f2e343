using System.Reflection.Metadata;
using System.Security.Cryptography;

namespace HotPathGen.Tests.Prepare;

/// <summary>The data that debuggers and source link read: documents with their checksums, and the lines that code belongs to.</summary>
internal sealed record SymbolFile(IReadOnlyList<string> Documents, IReadOnlySet<string> Lines)
{
    private static readonly Guid s_sha1 = new("ff1816ec-aa5e-4d10-87f7-6f4963833460");
    private static readonly Guid s_sha256 = new("8829d00f-11b8-4213-878b-770e8597ac16");

    /// <summary>The text that <see cref="Documents"/> has for a file, made from the bytes of the file.</summary>
    public static string Document(string path, HashAlgorithmName algorithm)
    {
        byte[] bytes = File.ReadAllBytes(path);
        return algorithm == HashAlgorithmName.SHA1
            ? $"{path} {s_sha1} {Convert.ToHexString(CryptographicHash(bytes))}"
            : $"{path} {s_sha256} {Convert.ToHexString(SHA256.HashData(bytes))}";

        // The compiler offers SHA-1, so users may choose it.
#pragma warning disable CA5350
        static byte[] CryptographicHash(byte[] bytes) => SHA1.HashData(bytes);
#pragma warning restore CA5350
    }

    public static SymbolFile Of(ProjectBuild build)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(build.Emit().Symbols));
        var reader = provider.GetMetadataReader();
        var lines = new HashSet<string>();
        var documents = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var handle in reader.MethodDebugInformation)
        {
            foreach (var point in reader.GetMethodDebugInformation(handle).GetSequencePoints())
            {
                string document = Describe(reader, point.Document);
                if (!document.Contains(".g.cs "))
                {
                    documents.Add(document);
                    if (!point.IsHidden)
                    {
                        lines.Add($"{document} {point.StartLine}-{point.EndLine}");
                    }
                }
            }
        }

        return new([.. documents], lines);
    }

    private static string Describe(MetadataReader reader, DocumentHandle handle)
    {
        var document = reader.GetDocument(handle);
        return $"{reader.GetString(document.Name)} {reader.GetGuid(document.HashAlgorithm)} "
            + $"{Convert.ToHexString(reader.GetBlobBytes(document.Hash))}";
    }
}
