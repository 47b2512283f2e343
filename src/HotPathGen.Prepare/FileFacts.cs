using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Prepare;

/// <summary>The facts about one file that matter for other files.</summary>
/// <param name="Assembly">The file's attribute on the assembly; null without one.</param>
/// <param name="Types">The file's attributes on types, by qualified name.</param>
/// <param name="NameTakers">The file's methods that take the caller's member name, and its types that async methods can return.</param>
internal sealed record FileFacts(bool? Assembly, IReadOnlyList<KeyValuePair<string, bool>> Types, IReadOnlyList<string> NameTakers)
{
    public static readonly FileFacts None = new(null, [], []);

    public static FileFacts Of(SourceFile file)
    {
        bool attributes = file.Mentions("Instrument");
        bool takers = file.Mentions("CallerMemberName");
        bool taskLikes = file.Mentions("AsyncMethodBuilder");
        if (!attributes && !takers && !taskLikes)
        {
            return None;
        }

        var root = (CompilationUnitSyntax)file.Root;
        return new(
            attributes ? Hotness.Verdict([.. root.AttributeLists.Where(list => list.Target?.Identifier.ValueText == "assembly")]) : null,
            attributes ? [.. MarkedTypes(root)] : [],
            [.. takers ? CallerNames.Takers(root) : [], .. taskLikes ? AsyncBuilders.TaskLikes(root) : []]
        );
    }

    private static IEnumerable<KeyValuePair<string, bool>> MarkedTypes(SyntaxNode root) =>
        from type in root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
        // Attributes with the target "method:" belong to the primary constructor.
        let verdict = Hotness.Verdict([.. type.AttributeLists.Where(list => list.Target?.Identifier.ValueText != "method")])
        where verdict is not null
        select KeyValuePair.Create(Hotness.QualifiedName(type), verdict.Value);

    public void Write(BinaryWriter writer)
    {
        writer.Write((sbyte)(Assembly is { } assembly ? (assembly ? 1 : 0) : -1));
        writer.Write(Types.Count);
        foreach (var (type, verdict) in Types)
        {
            writer.Write(type);
            writer.Write(verdict);
        }

        writer.Write(NameTakers.Count);
        foreach (string taker in NameTakers)
        {
            writer.Write(taker);
        }
    }

    public static FileFacts Read(BinaryReader reader)
    {
        sbyte assembly = reader.ReadSByte();
        var types = new KeyValuePair<string, bool>[reader.ReadInt32()];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = KeyValuePair.Create(reader.ReadString(), reader.ReadBoolean());
        }

        string[] takers = new string[reader.ReadInt32()];
        for (int i = 0; i < takers.Length; i++)
        {
            takers[i] = reader.ReadString();
        }

        return new(assembly < 0 ? null : assembly == 1, types, takers);
    }
}
