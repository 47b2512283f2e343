using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

/// <summary>
/// A method that the compiler made of a project's own source, as the assembly and its PDB say. Methods without a line in a file of the project are
/// left out: tools wrote them. So are accessors and record members that the compiler wrote, and constructors, because those of the templates have no
/// code.
/// </summary>
/// <param name="Owner">The documentation id without parameters; for a lambda or local function, that of the method which contains it.</param>
/// <param name="IsFunction">Whether it is a lambda or a local function.</param>
/// <param name="Line">The line of its first statement or brace.</param>
internal sealed partial record OwnMethod(string Owner, bool IsFunction, string File, int Line)
{
    public static OwnMethod[] In(string assembly, string folder)
    {
        using var file = new PEReader(System.IO.File.OpenRead(assembly));
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(System.IO.File.OpenRead(Path.ChangeExtension(assembly, ".pdb")));
        var (metadata, pdb) = (file.GetMetadataReader(), symbols.GetMetadataReader());
        var own = new List<OwnMethod>();
        foreach (var handle in metadata.MethodDefinitions)
        {
            var debug = pdb.GetMethodDebugInformation(handle);
            // The code of an async method or iterator is in a state machine. Its kickoff method has the name.
            var named = debug.GetStateMachineKickoffMethod() is { IsNil: false } kickoff ? kickoff : handle;
            var method = metadata.GetMethodDefinition(named);
            string name = metadata.GetString(method.Name);
            var first = debug
                .GetSequencePoints()
                .Where(static point => !point.IsHidden)
                .Select(point => (File: FileOf(pdb, point.Document, folder), point.StartLine))
                .FirstOrDefault(static point => point.File is not null);
            if (first.File is null || name is ".ctor" or ".cctor" || IsWrittenByCompiler(metadata, method))
            {
                continue;
            }

            var function = Function().Match(name);
            string owner = function.Success ? function.Groups["owner"].Value : name;
            own.Add(
                new(
                    $"M:{TypeName(metadata, method.GetDeclaringType())}.{owner.Replace('<', '{').Replace('>', '}')}",
                    function.Success,
                    first.File,
                    first.StartLine
                )
            );
        }

        return [.. own];
    }

    private static string? FileOf(MetadataReader pdb, DocumentHandle document, string folder)
    {
        string path = Path.GetRelativePath(folder, pdb.GetString(pdb.GetDocument(document).Name)).Replace('\\', '/');
        return path.StartsWith("../", StringComparison.Ordinal) || path.StartsWith("obj/", StringComparison.Ordinal) ? null : path;
    }

    private static bool IsWrittenByCompiler(MetadataReader metadata, MethodDefinition method) =>
        method
            .GetCustomAttributes()
            .Select(attribute => metadata.GetCustomAttribute(attribute).Constructor)
            .Where(static constructor => constructor.Kind == HandleKind.MemberReference)
            .Select(constructor => metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent)
            .Where(static type => type.Kind == HandleKind.TypeReference)
            .Any(type => metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name) == "CompilerGeneratedAttribute");

    /// <summary>The name of a type, or of the type round a class for captured variables.</summary>
    private static string TypeName(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        string name = metadata.GetString(type.Name),
            space = metadata.GetString(type.Namespace);
        return type.GetDeclaringType() is not { IsNil: false } outer ? (space.Length > 0 ? $"{space}.{name}" : name)
            : name.StartsWith('<') ? TypeName(metadata, outer)
            : $"{TypeName(metadata, outer)}.{name}";
    }

    [GeneratedRegex("^<(?<owner>.*)>[bg]__")]
    private static partial Regex Function();
}
