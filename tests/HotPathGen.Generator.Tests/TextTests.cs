using HotPathGen.Generator.Emission;
using HotPathGen.Generator.Sites;
using Microsoft.CodeAnalysis.CSharp;

namespace HotPathGen.Generator.Tests;

/// <summary>How source is shown and how strings are written. Each is compared with a slower way that has the same result.</summary>
public sealed class TextTests
{
    [Test]
    public void Source_is_shown_on_one_line_and_cut_where_it_is_too_long()
    {
        string[] pieces =
        [
            "a",
            "bc",
            new string('d', 28),
            new string('e', 29),
            new string('f', 58),
            new string('g', 59),
            new string('h', 60),
            new string('i', 61),
            " ",
            "  ",
            "\t",
            "\r\n",
            "\n    ",
            "",
        ];
        foreach (
            string text in from first in pieces
            from second in pieces
            from third in pieces
            from fourth in pieces
            select first + second + third + fourth
        )
        {
            string expected = string.Join(' ', text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
            expected = expected.Length <= SiteText.Longest ? expected : expected[..(SiteText.Longest - 2)] + "..";
            Assert.That(SiteText.OneLine(text), Is.EqualTo(expected));
            Assert.That(SiteText.OneLine($"x{text}y", 1, text.Length + 1), Is.EqualTo(expected));
        }
    }

    [TestCase("A(1,\n#line (1,2)-(3,4) \"a.razor\"\nb\n  #line hidden\r\n)", "A(1, b )")]
    [TestCase("a\n#if X", "a")]
    [TestCase("a # b\n", "a # b")]
    public void Directives_are_no_part_of_the_text(string text, string expected) => Assert.That(SiteText.OneLine(text), Is.EqualTo(expected));

    [Test]
    public void Literals_are_written_as_the_compiler_writes_them()
    {
        string[] pieces = ["a", " ~", "\t", "\n", "\"", "\\", "\r", "\0", "é", "\u2028", "\ud83d\ude00", "\ud83d", ""];
        foreach (string value in from first in pieces from second in pieces from third in pieces select first + second + third)
        {
            Assert.That(GeneratedText.Literal(value), Is.EqualTo(SymbolDisplay.FormatLiteral(value, quote: true)));
        }
    }
}
