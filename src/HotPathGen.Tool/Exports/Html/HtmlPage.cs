using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Exports.Html;

/// <summary>
/// One file that needs no other: style, script and figures are in it, and its policy lets the browser run that script and load nothing.
/// Figures are JSON that a script reads and writes out as text, so that no name becomes markup.
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
        // In one pass: nothing that was filled in is looked at again.
        return Placeholder().Replace(Asset("page.html"), placeholder => parts[placeholder.Groups[1].Value]);
    }

    [GeneratedRegex("@(policy|generator|title|style|script|data)")]
    private static partial Regex Placeholder();

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    // The browser takes the hash after it made every line end a line feed.
    private static string Asset(string name)
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream($"{typeof(HtmlPage).Namespace}.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
