using HotPathGen.Generator.InstrumentedBodies;

namespace HotPathGen.Generator.Tests;

/// <summary>
/// These tests damage copies on purpose. A copy that means something else than its body is not compiled, and every build succeeds.
/// </summary>
[NonParallelizable]
public sealed class CopyCheckTests
{
    private const string Source = """
        public static class Sample
        {
            static string S(string text) => text + ".";
            static string Q(string text) => text + "!";
            static int N(object value) => 1;
            static int N(string value) => 2;
            [Instrument] public static string Call(string a) => S(a) + S("b");
            [Instrument] public static int Overload(string a) { return N(a) + N((object)a); }
            [Instrument] public static object Kept(int n) => new int[n];
            [Instrument] public static string Late(string a) { int n; if (a.Length > 1) n = 1; else n = 2; return S(a) + n; }
            public static string Run() => Call("a") + Overload("a") + Kept(2) + Late("a");
        }
        """;

    [TearDown]
    public void Mend() => BodyCopy.Damage = null;

    [TestCase("S(", "Q(", "'S(a)' would mean something else", "Call", TestName = "another member")]
    [TestCase("(object)a", "(string)a", "would mean something else", "Overload", TestName = "another conversion and overload")]
    [TestCase("new int[", "new sbyte[", "would mean something else", "Kept", TestName = "another type")]
    [TestCase("S(a)", "S(7)", "CS1503", "Call", TestName = "one that does not bind")]
    [TestCase("else n = 2", "else S(a)", "CS0165", "Late", TestName = "one that reads what was not assigned")]
    [TestCase("S(a)", "S(a", "would not compile", "Call", TestName = "one that does not parse")]
    public void A_copy_that_means_something_else_is_not_compiled_and_its_method_says_where(string text, string spoiled, string reason, string method)
    {
        BodyCopy.Damage = copy => copy.Replace(text, spoiled, StringComparison.Ordinal);
        var build = Build.Measured(Source).MustCompile();

        Assert.That(Table(build), Does.Match($@"O_\w+ = "".*{System.Text.RegularExpressions.Regex.Escape(reason)}"));
        Assert.That(build.Print(), Does.Not.Contain(method + "__probing"));
    }

    [Test]
    public void What_is_not_spoiled_is_compiled()
    {
        var build = Build.Measured(Source).MustCompile();

        Assert.That(Table(build), Does.Not.Contain("O_"));
        Assert.That(build.Print(), Does.Contain("Call__probing").And.Contain("Overload__probing").And.Contain("Kept__probing"));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Every_build_succeeds_whatever_copies_come_to(int kind)
    {
        BodyCopy.Damage = copy =>
            kind switch
            {
                0 => "",
                1 => copy[..(copy.Length / 2)],
                2 => "{ " + copy,
                _ => copy.Replace("(", "( /* ", StringComparison.Ordinal),
            };
        using var sample = Build.Of(InstrumentedBodyTests.Everything() with { IsMeasured = true }).Load();

        Assert.That(sample.Run(), Is.EqualTo(InstrumentedBodyTests.ProductionOutput));
    }

    /// <summary>The symbols that a file defines decide which conditional calls its bodies make. The copies make the same calls.</summary>
    [Test]
    public void Symbols_of_a_file_hold_in_its_copies()
    {
        const string symbols = """
            #define LOUD
            using System.Diagnostics;
            public static class Sample
            {
                static int s_calls;
                [Conditional("LOUD")] static void Loud(object o) => s_calls++;
                [Conditional("QUIET")] static void Quiet(object o) => s_calls += 100;
                [Instrument] static string F(string s) { Loud(new object()); Quiet(new object()); return s + s_calls; }
                public static string Run() => F("a") + F("b");
            }
            """;
        var build = Build.Of(new([symbols]) { IsMeasured = true, Name = Project.UniqueName() });
        using var sample = build.Load();

        Assert.That(sample.Run(), Is.EqualTo("a1b2"));
        Assert.That(build.Print(), Does.Contain("F__probing"));
        Assert.That(build.Print(), Does.Match(@"S_\w+ => .*Loud").And.Not.Match(@"S_\w+ => .*Quiet"), "a call that is not made is no site");
    }

    /// <summary>The code is nested as deep as the compiler allows. A body is copied, or it has an unsupported reason.</summary>
    [TestCase(3000, 1, 1)]
    [TestCase(1, 800, 1)]
    [TestCase(1, 1, 300)]
    public void Deep_sources_build(int terms, int branches, int blocks)
    {
        string chain = string.Concat(Enumerable.Range(0, terms).Select(static i => $" + \"{i}\" + n"));
        string choice = string.Concat(Enumerable.Range(0, branches).Select(static i => $"if (n == {i}) s += new string('x', 1); else "));
        string nested = string.Concat(Enumerable.Repeat("{ s += n; ", blocks)) + new string('}', blocks);
        string source = $$"""
            public static class Sample
            {
                [Instrument] static int F(int n) { string s = ""{{chain}}; {{choice}} s += "y"; {{nested}} return s.Length; }
                public static string Run() => F(3).ToString();
            }
            """;
        using var production = Build.Of(new([source]) { Name = Project.UniqueName() }).Load();
        using var measured = Build.Of(new([source]) { IsMeasured = true, Name = Project.UniqueName() }).Load();

        Assert.That(measured.Run(), Is.EqualTo(production.Run()));
    }

    private static string Table(Build build) => build.Files.Single(static file => file.Name == "HotPathMethods.g.cs").Text;
}
