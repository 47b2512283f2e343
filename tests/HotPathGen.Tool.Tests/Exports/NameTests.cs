using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using HotPathGen.Tool.Exports.Pprof;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Tests.Exports;

/// <summary>Names come from data. Every output shows them as one line of visible letters, by one rule.</summary>
[TestFixture]
public sealed class NameTests
{
    private const string Odd = "two\nlines\u001b[31m\0\u202Edetrevni\u2028\u200B";
    private const string Shown = @"two\nlines\e[31m\0\u202Edetrevni\u2028\u200B";

    [TestCase("show")]
    [TestCase("show", "--sort", "name")]
    [TestCase("show", "--sites")]
    [TestCase("show", "--advice")]
    [TestCase("show", "--tree")]
    [TestCase("show", "--markdown")]
    [TestCase("export", "-f", "csv")]
    [TestCase("export", "-f", "csv", "--sites")]
    [TestCase("export", "-f", "folded", "--by", "bytes")]
    [TestCase("export", "-f", "folded", "--by", "bytes", "--sites")]
    [TestCase("export", "-f", "markdown")]
    [TestCase("export", "-f", "speedscope", "--sites")]
    [TestCase("export", "-f", "html")]
    public void Odd_letters_are_written_out(string command, params string[] options)
    {
        using var folder = new TemporaryFolder();
        string output = ToolRun.Of([command, MadeSnapshot.Write(folder, Named(Odd)), .. options]).MustSucceed();

        // JSON writes a backslash as two.
        Assert.That(output, Does.Contain(options.Contains("speedscope") || options.Contains("html") ? @"two\\nlines" : @"two\nlines"));
        AssertSeen(output);
    }

    [Test]
    public void Comparisons_write_them_out()
    {
        using var folder = new TemporaryFolder();
        string before = MadeSnapshot.Write(folder, Named("plain"), "before.hotpath.json"),
            after = MadeSnapshot.Write(folder, Named(Odd), "after.hotpath.json");
        foreach (
            string[] options in (string[][])
                [
                    [],
                    ["--markdown"],
                ]
        )
        {
            string output = ToolRun.Of(["diff", before, "--to", after, .. options]).MustSucceed();
            Assert.That(output, Does.Contain(@"two\nlines").Or.Contain(@"two\\nlines"));
            AssertSeen(output);
        }
        var missing = ToolRun.Of("show", after, "--tree", "no\u001bsuch");
        Assert.That((missing.ExitCode, missing.Error.Contains(@"no\esuch", StringComparison.Ordinal)), Is.EqualTo((2, true)));
        AssertSeen(missing.Error);
    }

    [Test]
    public void Pprof_gets_them_written_out()
    {
        using var packed = new GZipStream(new MemoryStream(HotPathGen.Tool.Exports.PprofProfile.Write(Named(Odd))), CompressionMode.Decompress);
        var strings = Profile.Parser.ParseFrom(packed).StringTable;
        Assert.That(strings, Does.Contain(Shown));
        Assert.That(strings, Has.None.Contains('\n'));
        AssertSeen(string.Concat(strings));
    }

    // flamegraph.pl and speedscope read "frame;frame count". To them, a frame without a letter is no frame.
    [Test]
    public void A_name_of_nothing_is_a_frame()
    {
        foreach (string name in (string[])["", " ", "\u3000"])
        {
            using var folder = new TemporaryFolder();
            string file = MadeSnapshot.Write(folder, Named(name));
            string folded = ToolRun.Of("export", file, "-f", "folded", "--by", "bytes").MustSucceed();
            Assert.That(folded, Does.Contain($"\"{name}\""));
            Assert.That(Regex.IsMatch(folded, "^ *;|^ +[0-9]+$|;;|; *;|; +[0-9]+$", RegexOptions.Multiline), Is.False, folded);
            Assert.That(
                ToolRun.Of("show", file).MustSucceed(),
                Does.Contain("\"\"").Or.Contain("\" \"").Or.Contain("\"?\"").Or.Contain("\"\u3000\"")
            );
        }
    }

    [Test]
    public void Long_names_are_cut_between_letters()
    {
        // Each letter takes two chars, and one char is before them. So for any width, one of the cuts would be inside a letter.
        string name = "x" + string.Concat(Enumerable.Repeat("\U0001F525", 5_000));
        using var folder = new TemporaryFolder();
        string file = MadeSnapshot.Write(folder, Named(name));
        foreach (
            string[] arguments in (string[][])
                [
                    ["show", file],
                    ["show", file, "--markdown"],
                    ["export", file, "-f", "markdown"],
                    ["diff", file, "--to", MadeSnapshot.Write(folder, Named("plain"), "plain.hotpath.json")],
                ]
        )
        {
            string output = ToolRun.Of(arguments).MustSucceed();
            Assert.That(output.EnumerateRunes().Contains(System.Text.Rune.ReplacementChar), Is.False);
            Assert.That(output.Split('\n').Max(static line => line.Length), Is.LessThan(1_100));
        }
    }

    private static void AssertSeen(string output) =>
        Assert.That(
            output
                .EnumerateRunes()
                .Where(static letter =>
                    letter.Value != '\n'
                    && System.Text.Rune.GetUnicodeCategory(letter)
                        is UnicodeCategory.Control
                            or UnicodeCategory.Format
                            or UnicodeCategory.LineSeparator
                            or UnicodeCategory.ParagraphSeparator
                )
                .Select(static letter => letter.Value.ToString("X4", CultureInfo.InvariantCulture))
                .Distinct(),
            Is.Empty
        );

    // Gives this name to the method that allocates most, and to its sites, its file and the program.
    private static SnapshotDocument Named(string name)
    {
        var recorded = MadeSnapshot.Recorded;
        int at = Array.FindIndex(recorded.Methods, static m => m.Name.StartsWith("DocSearch.MemberReader.ReadText", StringComparison.Ordinal));
        var method = recorded.Methods[at];
        recorded.Methods[at] = method with
        {
            Name = name,
            File = name.Length > 255 ? "Long.cs" : $"src/{name}.cs",
            Sites = [.. method.Sites!.Select(site => site with { Text = name, Type = name.Length > 255 ? "Long" : name })],
        };
        return recorded with { Process = recorded.Process with { App = name.Length > 255 ? "App" : name } };
    }
}
