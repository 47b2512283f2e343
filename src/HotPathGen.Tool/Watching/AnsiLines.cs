using System.Text.RegularExpressions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace HotPathGen.Tool.Watching;

/// <summary>Lines that are painted with the codes of <see cref="Reports.TableConsole"/>, for a part of the screen that Spectre redraws.</summary>
internal sealed partial class AnsiLines(string[] lines) : IRenderable
{
    public Measurement Measure(RenderOptions options, int maxWidth) => new(maxWidth, maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            var style = Style.Plain;
            foreach (string part in Codes().Split(lines[i]))
            {
                if (part.StartsWith('\e'))
                {
                    style = part switch
                    {
                        "\e[1m" => new Style(decoration: Decoration.Bold),
                        "\e[33m" => new Style(Color.Olive),
                        "\e[90m" => new Style(Color.Grey),
                        _ => Style.Plain,
                    };
                }
                else if (part.Length > 0)
                {
                    yield return new Segment(part, style);
                }
            }

            yield return Segment.LineBreak;
        }
    }

    [GeneratedRegex("(\e\\[[0-9]+m)")]
    private static partial Regex Codes();
}
