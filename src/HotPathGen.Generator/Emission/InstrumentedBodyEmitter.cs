using System.Text;
using HotPathGen.Generator.Models;

namespace HotPathGen.Generator.Emission;

/// <summary>Prints the instrumented body of a pair, and the descriptions of its sites.</summary>
internal static class InstrumentedBodyEmitter
{
    /// <summary>Prints the copy, on the user's lines and with the user's margin. Gives back where its body begins.</summary>
    public static int Append(StringBuilder text, InstrumentedBodyModel instrumented, string name, int depth)
    {
        GeneratedText.Indent(text, $"// The body of {name}, with a probe at each site.", depth);
        GeneratedText.Indent(text, instrumented.Head, depth);
        if (instrumented.Line > 0)
        {
            text.Append("#line ").Append(instrumented.Line).Append(" \"").Append(instrumented.File).Append("\"\n");
        }

        int start = text.Length;
        text.Append(instrumented.Body).Append("\n#line hidden\n");
        return start;
    }

    /// <summary>Prints the descriptions of the sites.</summary>
    public static void AppendSites(StringBuilder text, InstrumentedBodyModel instrumented, string key)
    {
        AppendSites(text, instrumented.Sites, instrumented.KnowsUtf8, key);
        foreach (var function in instrumented.Functions.Where(static function => function.Sites.Length > 0))
        {
            AppendSites(text, function.Sites, instrumented.KnowsUtf8, function.Method.Key);
        }
    }

    private static void AppendSites(StringBuilder text, string sites, bool knowsUtf8, string key)
    {
        string literal = GeneratedText.Literal(GeneratedText.Whole(sites));
        text.Append("        internal static global::System.ReadOnlySpan<byte> S_")
            .Append(key)
            .Append(" => ")
            .Append(knowsUtf8 ? literal + "u8" : $"global::System.Text.Encoding.UTF8.GetBytes({literal})")
            .Append(";\n");
    }
}
