using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Exports.Html;

/// <summary>
/// An HTML page that is a single file and needs no other: it contains style, script and figures. Its policy lets the browser run that script
/// and load nothing. The figures are JSON, which the script reads and writes out as text, so that no name becomes markup.
/// </summary>
internal static partial class HtmlPage
{
    private static readonly string[] s_scripts = ["data", "units", "elements", "table", "icicle", "histogram", "detail", "page"];

    public static string Write(SideBySide sides)
    {
        string style = Asset("page.css");
        string script = $"(() => {{\n'use strict';\n{string.Concat(s_scripts.Select(static name => Asset(name + ".js") + "\n"))}}})();\n";
        string app = VisibleText.Name(sides.Sides[^1].Process.App);
        var parts = new Dictionary<string, string>
        {
            ["policy"] =
                $"default-src 'none'; style-src '{Hash(style)}'; script-src '{Hash(script)}'; img-src data:; base-uri 'none'; form-action 'none'",
            ["generator"] = "dotnet-hotpath",
            ["title"] = WebUtility.HtmlEncode(sides.Sides.Length == 1 ? $"{app} – HotPathGen" : $"{app} compared – HotPathGen"),
            ["style"] = style,
            ["script"] = script,
            ["data"] = HtmlPayload.Write(sides),
        };
        // All placeholders are replaced in one pass, so that filled-in text is not searched again.
        return Placeholder().Replace(Asset("page.html"), placeholder => parts[placeholder.Groups[1].Value]);
    }

    [GeneratedRegex("@(policy|generator|title|style|script|data)")]
    private static partial Regex Placeholder();

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    // The browser turns every line end into a line feed before it computes the hash.
    private static string Asset(string name)
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream($"{typeof(HtmlPage).Namespace}.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
