using System.Text;
using HotPathGen.Generator.Models;

namespace HotPathGen.Generator.Emission;

/// <summary>Prints the probing twin of a pair, and what its sites are. First in a file: its usings count for all of it.</summary>
internal static class TwinEmitter
{
    public static void Append(StringBuilder text, TwinModel twin, string name)
    {
        int depth = 0;
        foreach (ScopeModel scope in twin.Scopes)
        {
            if (scope.Name.Length > 0)
            {
                text.Append("namespace ").Append(scope.Name).Append("\n{\n");
                depth++;
            }

            foreach (string directive in scope.Usings)
            {
                text.Append(directive).Append('\n');
            }
        }

        foreach (string type in twin.Types)
        {
            text.Append(type).Append("\n{\n");
            depth++;
        }

        text.Append("#nullable ").Append(twin.Nullable).Append('\n');
        text.Append("// The body of ").Append(name).Append(", with a probe at each site.\n");
        text.Append(twin.Head).Append('\n');
        text.Append("#line ").Append(twin.Line).Append(" \"").Append(twin.File).Append("\"\n");
        text.Append(twin.Body).Append("\n#line hidden\n");
        for (; depth > 0; depth--)
        {
            text.Append("}\n");
        }

        text.Append("\nnamespace HotPathGen.Generated\n{\n    internal static partial class HotPathSites\n    {\n");
        text.Append("        internal const int N_").Append(twin.Key).Append(" = ").Append(twin.SiteCount).Append(";\n");
        text.Append("        internal const string S_").Append(twin.Key).Append(" = ").Append(GeneratedText.Literal(twin.Sites)).Append(";\n");
        text.Append("    }\n}\n\n");
    }
}
