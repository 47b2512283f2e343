using System.Text;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.Tests;

/// <summary>The class that edits texts, both for the copies of bodies and for the files that prepare copies.</summary>
public sealed class TextEditsTests
{
    [Test]
    public void What_closes_comes_before_what_opens_and_nesting_decides_within_both()
    {
        var edits = new TextEdits();
        edits.Open(1, 2, "<inner ");
        edits.Open(1, 0, "<outer ");
        edits.Close(1, 0, " outer>");
        edits.Close(1, 2, " inner>");
        edits.Replace(new(1, 1), "B");

        Assert.That(Print(edits, "abc"), Is.EqualTo("a inner> outer><outer <inner Bc"));
    }

    [Test]
    public void What_is_inserted_first_comes_first()
    {
        var edits = new TextEdits();
        edits.Insert(2, "1");
        edits.Insert(0, "0");
        edits.Insert(2, "2");
        edits.Blank(new(1, 1));

        Assert.That(Print(edits, "abc"), Is.EqualTo("0a 12c"));
    }

    [Test]
    public void Texts_are_asked_for_when_they_are_printed()
    {
        string late = "early";
        var edits = new TextEdits();
        edits.Open(0, 0, () => late);
        late = "late";

        Assert.That(Print(edits, "!"), Is.EqualTo("late!"));
    }

    [Test]
    public void A_position_moves_with_what_stands_before_it()
    {
        const string source = "abcdef";
        var edits = new TextEdits();
        edits.Insert(1, "--");
        edits.Replace(new(2, 2), "C");
        string printed = Print(edits, source);

        Assert.That(printed, Is.EqualTo("a--bCef"));
        foreach (int position in (int[])[0, 1, 4, 5])
        {
            Assert.That(printed[edits.PositionOf(position)], Is.EqualTo(source[position]), $"of {position}");
        }
    }

    [Test]
    public void A_part_is_printed_with_what_of_it_is_repeated()
    {
        var edits = new TextEdits();
        edits.Insert(3, "++");
        edits.Replace(new(4, 1), "");
        var text = new StringBuilder();
        var kept = new List<(int InCopy, int InBody, int Length)>();
        edits.Print(text, "012345678", new TextSpan(2, 5), kept);

        Assert.That(text.ToString(), Is.EqualTo("2++356"));
        Assert.That(kept, Is.EqualTo([(0, 0, 1), (3, 1, 1), (4, 3, 2)]));
    }

    private static string Print(TextEdits edits, string source)
    {
        var text = new StringBuilder();
        edits.Print(text, source, new(0, source.Length));
        return text.ToString();
    }
}
