using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace HotPathGen.EndToEnd.Tests;

/// <summary>The contents of an assembly file, which is read without being loaded.</summary>
internal sealed record CompiledAssembly(
    IReadOnlyList<string> References,
    IReadOnlyList<string> Types,
    IReadOnlyList<string> Methods,
    bool IsMarkedAsMeasured
)
{
    private const string Marker = "HotPathInstrumentation";

    public static CompiledAssembly Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return new(
            [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))],
            [.. TypeNames(metadata), .. ReferencedTypeNames(metadata)],
            [.. metadata.MethodDefinitions.Select(handle => metadata.GetString(metadata.GetMethodDefinition(handle).Name))],
            metadata.GetAssemblyDefinition().GetCustomAttributes().Any(handle => IsMarker(metadata, metadata.GetCustomAttribute(handle)))
        );
    }

    private static IEnumerable<string> TypeNames(MetadataReader metadata) =>
        metadata
            .TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}");

    private static IEnumerable<string> ReferencedTypeNames(MetadataReader metadata) =>
        metadata
            .TypeReferences.Select(metadata.GetTypeReference)
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}");

    private static bool IsMarker(MetadataReader metadata, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
        {
            return false;
        }

        var type = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (
            type.Kind != HandleKind.TypeReference
            || metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name) != "AssemblyMetadataAttribute"
        )
        {
            return false;
        }

        var value = metadata.GetBlobReader(attribute.Value);
        return value.ReadUInt16() == 1 && value.ReadSerializedString() == Marker && value.ReadSerializedString() == "true";
    }
}
