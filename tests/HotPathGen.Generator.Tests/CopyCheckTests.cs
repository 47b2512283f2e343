using HotPathGen.Generator.Twins;

namespace HotPathGen.Generator.Tests;

/// <summary>Copies are spoiled on purpose: none is compiled that does not mean what its body does, and every build succeeds.</summary>
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
            public static string Run() => Call("a") + Overload("a") + Kept(2);
        }
        """;

    [TearDown]
    public void Mend() => BodyCopy.Damage = null;

    [TestCase("S(", "Q(", "'S(a)' would mean something else", "Call", TestName = "another member")]
    [TestCase("(object)a", "(string)a", "would mean something else", "Overload", TestName = "another conversion and overload")]
    [TestCase("new int[", "new sbyte[", "would mean something else", "Kept", TestName = "another type")]
    [TestCase("S(a)", "S(7)", "CS1503", "Call", TestName = "one that does not bind")]
    [TestCase("S(a)", "S(a", "would not compile", "Call", TestName = "one that does not parse")]
    public void a_copy_that_means_something_else_is_not_compiled_and_its_method_says_where(string text, string spoiled, string reason, string method)
    {
        BodyCopy.Damage = copy => copy.Replace(text, spoiled, StringComparison.Ordinal);
        Build build = Build.Measured(Source).MustCompile();

        Assert.That(Table(build), Does.Match($@"O_\w+ = "".*{System.Text.RegularExpressions.Regex.Escape(reason)}"));
        Assert.That(build.Print(), Does.Not.Contain(method + "__probing"));
    }

    [Test]
    public void what_is_not_spoiled_is_compiled()
    {
        Build build = Build.Measured(Source).MustCompile();

        Assert.That(Table(build), Does.Not.Contain("O_"));
        Assert.That(build.Print(), Does.Contain("Call__probing").And.Contain("Overload__probing").And.Contain("Kept__probing"));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void every_build_succeeds_whatever_copies_come_to(int kind)
    {
        BodyCopy.Damage = copy => kind switch
        {
            0 => "",
            1 => copy[..(copy.Length / 2)],
            2 => "{ " + copy,
            _ => copy.Replace("(", "( /* ", StringComparison.Ordinal),
        };
        using LoadedSample sample = Build.Of(TwinTests.Everything() with { IsMeasured = true }).Load();

        Assert.That(sample.Run(), Is.EqualTo(TwinTests.ProductionOutput));
    }

    private static string Table(Build build) => build.Files.Single(static file => file.Name == "HotPathMethods.g.cs").Text;
}
