using System.Text;
using HotPathGen.Generator.Models;

namespace HotPathGen.Generator.Emission;

/// <summary>Prints the probing twin of a pair, and what its sites are.</summary>
internal static class TwinEmitter
{
    /// <summary>The copy; on the user's lines, with the user's margin.</summary>
    public static void Append(StringBuilder text, TwinModel twin, string name, int depth)
    {
        GeneratedText.Indent(text, $"// The body of {name}, with a probe at each site.", depth);
        GeneratedText.Indent(text, twin.Head, depth);
        text.Append("#line ").Append(twin.Line).Append(" \"").Append(twin.File).Append("\"\n");
        text.Append(twin.Body).Append("\n#line hidden\n");
    }

    /// <summary>What its sites are.</summary>
    public static void AppendSites(StringBuilder text, TwinModel twin, string key)
    {
        string literal = GeneratedText.Literal(GeneratedText.Whole(twin.Sites));
        text.Append("        internal static global::System.ReadOnlySpan<byte> S_")
            .Append(key)
            .Append(" => ")
            .Append(twin.KnowsUtf8 ? literal + "u8" : $"global::System.Text.Encoding.UTF8.GetBytes({literal})")
            .Append(";\n");
    }
}
