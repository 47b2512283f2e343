using System.Reflection;
using System.Reflection.Metadata;

namespace HotPathGen.Prepare;

/// <summary>Which members of an assembly can be named in another one.</summary>
/// <param name="metadata">The assembly.</param>
/// <param name="caller">The name of the other one; empty if it is not known. Then it may be any friend of the assembly.</param>
internal sealed class Visibility(MetadataReader metadata, string caller)
{
    private readonly bool _isFriend = metadata
        .GetAssemblyDefinition()
        .GetCustomAttributes()
        .Any(attribute => CallerNames.IsOf(metadata, attribute, "InternalsVisibleToAttribute") && IsCaller(metadata, attribute, caller));

    public bool Has(MethodDefinition method) =>
        (method.Attributes & MethodAttributes.MemberAccessMask) switch
        {
            MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem => true,
            MethodAttributes.Assembly or MethodAttributes.FamANDAssem => _isFriend,
            _ => false,
        } && Has(metadata.GetTypeDefinition(method.GetDeclaringType()));

    private bool Has(TypeDefinition type) =>
        (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem => Has(Outer(type)),
            TypeAttributes.NestedPrivate => false,
            TypeAttributes.NestedAssembly or TypeAttributes.NestedFamANDAssem => _isFriend && Has(Outer(type)),
            _ => _isFriend,
        };

    private TypeDefinition Outer(TypeDefinition type) => metadata.GetTypeDefinition(type.GetDeclaringType());

    // The value is two bytes and a string: a name, which a public key may follow.
    private static bool IsCaller(MetadataReader metadata, CustomAttributeHandle handle, string caller)
    {
        var value = metadata.GetBlobReader(metadata.GetCustomAttribute(handle).Value);
        value.ReadUInt16();
        return value.ReadSerializedString() is { } friend
            && (caller.Length == 0 || friend.Split(',')[0].Trim().Equals(caller, StringComparison.OrdinalIgnoreCase));
    }
}
