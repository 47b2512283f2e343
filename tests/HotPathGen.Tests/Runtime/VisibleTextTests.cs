using HotPathGen.Shared;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording;

/// <summary>The one rule for how names are shown and exported.</summary>
public sealed class VisibleTextTests
{
    [TestCase("Shop.Cart.Add<T>(List<T>, int)", "Shop.Cart.Add<T>(List<T>, int)")]
    [TestCase(@"C:\new\table", @"C:\new\table")]
    [TestCase("Größe 大きさ 🔥", "Größe 大きさ 🔥")]
    [TestCase("two\nlines\r\n\ttab", @"two\nlines\r\n\ttab")]
    [TestCase("a\u202Eb\u2066c\u200Fd\u2028e\u2029f\u200Bg\uFEFFh", @"a\u202Eb\u2066c\u200Fd\u2028e\u2029f\u200Bg\uFEFFh")]
    [TestCase("tag \U000E0041", @"tag \U000E0041")]
    public void What_cannot_be_seen_is_written_out(string text, string shown) => Assert.That(VisibleText.Of(text), Is.EqualTo(shown));

    // These are no test cases, because the test platform leaves out cases with names that XML cannot hold.
    [Test]
    public void What_steers_and_what_is_no_letter_is_written_out()
    {
        Assert.That(VisibleText.Of("\0\a\b\v\f\u001b[31m\u007f\u0085"), Is.EqualTo(@"\0\a\b\v\f\e[31m\u007F\u0085"));
        Assert.That(VisibleText.Of("\uFFFE\uFFFF\U0001FFFF"), Is.EqualTo(@"\uFFFE\uFFFF\U0001FFFF"));
    }

    [Test]
    public void Halves_of_letters_are_written_out()
    {
        Assert.That(VisibleText.Of("a\uD83Db"), Is.EqualTo(@"a\uD83Db"));
        Assert.That(VisibleText.Of("\uDD25\uD83D"), Is.EqualTo(@"\uDD25\uD83D"));
    }

    [Test]
    public void What_needs_nothing_is_the_same_object()
    {
        string text = new("Ordinary é".ToCharArray());
        Assert.That(VisibleText.Of(text), Is.SameAs(text));
    }

    [TestCase("", "\"\"")]
    [TestCase("  ", "\"  \"")]
    [TestCase("\n", "\"\\n\"")]
    [TestCase("a", "a")]
    public void A_name_is_never_nothing(string name, string shown) => Assert.That(VisibleText.Name(name), Is.EqualTo(shown));

    [Test]
    public void Cuts_fall_between_letters()
    {
        const string Fire = "🔥🔥🔥";
        Assert.That(
            (VisibleText.Start(Fire, 3), VisibleText.Start(Fire, 4), VisibleText.Start(Fire, 6), VisibleText.Start(Fire, 0)),
            Is.EqualTo(("🔥", "🔥🔥", Fire, ""))
        );
        Assert.That(
            (VisibleText.End(Fire, 3), VisibleText.End(Fire, 4), VisibleText.End(Fire, 9), VisibleText.End(Fire, 0)),
            Is.EqualTo(("🔥", "🔥🔥", Fire, ""))
        );
    }
}
