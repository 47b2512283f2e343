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

    /// <summary>The page with the figures in it.</summary>
    public static string Write(SideBySide sides)
    {
        string app = VisibleText.Name(sides.Sides[^1].Process.App);
        return Fill(sides.Sides.Length == 1 ? app : $"{app} compared", HtmlPayload.Write(sides), "", "once").Html;
    }

    /// <summary>The page that asks the server it came from for figures, again and again, and its policy.</summary>
    public static (string Html, string Policy) Live(string program) =>
        Fill(VisibleText.Name(program), "null", " connect-src 'self';", "timeline", "live");

    private static (string Html, string Policy) Fill(string title, string data, string connections, params string[] lastScripts)
    {
        string style = Asset("page.css");
        string script =
            $"(() => {{\n'use strict';\n{string.Concat(s_scripts.Concat(lastScripts).Select(static name => Asset(name + ".js") + "\n"))}}})();\n";
        string policy =
            $"default-src 'none'; style-src '{Hash(style)}'; script-src '{Hash(script)}';{connections} "
            + "img-src data:; base-uri 'none'; form-action 'none'";
        var parts = new Dictionary<string, string>
        {
            ["policy"] = policy,
            ["generator"] = "dotnet-hotpath",
            ["title"] = WebUtility.HtmlEncode($"{title} – HotPathGen"),
            ["style"] = style,
            ["script"] = script,
            ["data"] = data,
        };
        // All placeholders are replaced in one pass, so that filled-in text is not searched again.
        return (Placeholder().Replace(Asset("page.html"), placeholder => parts[placeholder.Groups[1].Value]), policy);
    }

    [GeneratedRegex("@(policy|generator|title|style|script|data)")]
    private static partial Regex Placeholder();

    /// <summary>How a content security policy names a script or a style.</summary>
    public static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    // The browser turns every line end into a line feed before it computes the hash.
    private static string Asset(string name)
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream($"{typeof(HtmlPage).Namespace}.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
