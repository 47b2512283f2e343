using System.Text;
using HotPathGen.Generator.Models;

namespace HotPathGen.Generator.Emission;

/// <summary>Prints the probing twin of a pair, and what its sites are.</summary>
internal static class TwinEmitter
{
    public static string Emit(TwinModel twin, string name)
    {
        var text = new StringBuilder(GeneratedText.Header);
        foreach (ScopeModel scope in twin.Scopes)
        {
            if (scope.Name.Length > 0)
            {
                text.Append("namespace ").Append(scope.Name).Append("\n{\n");
            }

            foreach (string directive in scope.Usings)
            {
                text.Append(directive).Append('\n');
            }
        }

        foreach (string type in twin.Types)
        {
            text.Append(type).Append("\n{\n");
        }

        text.Append($"""
            #nullable {twin.Nullable}
            // The body of {name}, with a probe at each site.
            {twin.Head}
            #line {twin.Line} "{twin.File}"
            """.Replace("\r", "")).Append('\n').Append(twin.Body).Append("\n#line hidden\n");
        for (int i = 0; i < twin.Types.Count + twin.Scopes.Count(scope => scope.Name.Length > 0); i++)
        {
            text.Append("}\n");
        }

        return text.Append($$"""

            namespace HotPathGen.Generated
            {
                internal static partial class HotPathSites
                {
                    internal const int N_{{twin.Key}} = {{twin.SiteCount}};
                    internal const string S_{{twin.Key}} = {{GeneratedText.Literal(twin.Sites)}};
                }
            }

            """.Replace("\r", "")).ToString();
    }
}
