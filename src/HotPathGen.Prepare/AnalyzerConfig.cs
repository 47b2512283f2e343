using System.Collections.Immutable;
using System.Text;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using RoslynConfig = Microsoft.CodeAnalysis.AnalyzerConfig;

namespace HotPathGen.Prepare;

/// <summary>
/// The <c>.editorconfig</c> for the copies. Analyzers are silent there, because they saw the user's file or will see it in the next production
/// build. Every option of the user's file that is not a severity also holds for its copy. The rules that say what is not measured keep the
/// severity that the user gave them.
/// </summary>
internal static class AnalyzerConfig
{
    /// <summary>The rules that say what is not measured, or not measured by line.</summary>
    private static readonly string[] s_heard = [RuleIds.LeftPlain, RuleIds.NotPrepared, RuleIds.WithoutSites];

    public static string Print(IReadOnlyList<string> configs, IEnumerable<(string Original, string RelativeCopy)> files)
    {
        var set = AnalyzerConfigSet.Create(
            configs.Where(File.Exists).Select(path => RoslynConfig.Parse(File.ReadAllText(path), path)).ToImmutableArray()
        );
        var global = set.GlobalConfigOptions;
        var silenced = new SortedSet<string>(global.TreeOptions.Keys, StringComparer.OrdinalIgnoreCase);
        var sections = new StringBuilder();
        foreach (var (original, copy) in files)
        {
            var options = set.GetOptionsForSourcePath(original);
            silenced.UnionWith(options.TreeOptions.Keys);
            var own = options
                .AnalyzerOptions.Where(option =>
                    !option.Key.EndsWith(".severity", StringComparison.Ordinal)
                    && global.AnalyzerOptions.GetValueOrDefault(option.Key) != option.Value
                )
                .OrderBy(option => option.Key, StringComparer.Ordinal)
                .ToArray();
            var heard = s_heard
                .Select(id => (Id: id, Severity: RuleSeverity.Of(id, options, global)))
                .Where(static rule => rule.Severity != RuleSeverity.Usual)
                .ToArray();
            if (own.Length + heard.Length > 0)
            {
                sections.Append('\n').Append('[').Append(Escape(copy)).Append("]\n");
                foreach (var (key, value) in own)
                {
                    sections.Append(key).Append(" = ").Append(value).Append('\n');
                }

                foreach (var (id, severity) in heard)
                {
                    sections.Append("dotnet_diagnostic.").Append(id).Append(".severity = ").Append(severity).Append('\n');
                }
            }
        }

        var text = new StringBuilder("root = true\n\n[*.cs]\ndotnet_analyzer_diagnostic.severity = none\n");
        silenced.ExceptWith([.. s_heard, .. RuleIds.Errors]);
        foreach (string id in silenced)
        {
            text.Append("dotnet_diagnostic.").Append(id).Append(".severity = none\n");
        }

        foreach (string id in s_heard)
        {
            text.Append("dotnet_diagnostic.").Append(id).Append(".severity = ").Append(RuleSeverity.Usual).Append('\n');
        }

        foreach (string id in RuleIds.Errors)
        {
            text.Append("dotnet_diagnostic.").Append(id).Append(".severity = error\n");
        }

        return text.Append(sections).ToString();
    }

    /// <summary>Escapes a path for a section's name, which is a pattern.</summary>
    private static string Escape(string path)
    {
        var escaped = new StringBuilder();
        foreach (char letter in path)
        {
            if (letter is '*' or '?' or '{' or '}' or '[' or ']' or ',' or '\\' or '#' or ';' or '!')
            {
                escaped.Append('\\');
            }

            escaped.Append(letter);
        }

        return escaped.ToString();
    }
}
