using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HotPathGen.Generator.Tests;

/// <summary>The same project gives the same bytes, in any order of its files and in any culture of the machine.</summary>
public sealed class DeterminismTests
{
    private static readonly string[] s_sources =
    [
        "namespace Iı; public static partial class Iı { [Instrument] public static string I(int i) => i + 1.5.ToString(); [Instrument] public "
            + "static partial int Title(int x);\n static int TitleCore(int x) => x; }",
        "namespace B; [Instrument] public partial class B<T> { int F(int x) => x;\n int G(T x) => 1; async Task<int> H() { await Task.Yield(); "
            + "return 1; } public partial T Pair(T x);\n T PairCore(T x) => x; }",
        "namespace B; public partial class B<T> { IEnumerable<T> Iterate(T x) { yield return x; } [DoNotInstrument] int Not() => 1; ~B() { "
            + "Console.WriteLine(); } }",
        "namespace Å.İ; public static class Big { [Instrument] public static int İ(int ı) => ı; [Instrument] public static int I(int i) => i; "
            + "[Instrument] public static int i(int I) => I; }",
        "namespace C; public class C { [Instrument] public C() { } [Instrument] public int P { get { return 1; } } void M() { [Instrument] int "
            + "Local() => 1; Local(); using (HotPath.Measure(\"c\")) { } } }",
        "namespace D; public interface ID { [Instrument] void F() { } } public struct S { [Instrument] async Task<int> Explicit() { await "
            + "Task.Yield(); return 1; } }",
    ];

    [Test]
    [SetCulture("tr-TR")]
    public void Shuffled_files_under_a_turkish_culture_give_equal_bytes([Values] bool measured, [Range(1, 5)] int seed)
    {
        Assume.That("i".ToUpper(CultureInfo.CurrentCulture), Is.EqualTo("İ"), "the machine has the data of cultures");
        var build = Build.Of(new(s_sources) { IsMeasured = measured }).MustCompile();
        string[] expected = InEnglish(() => Files(Build.Of(new(s_sources) { IsMeasured = measured })));

        SyntaxTree[] trees = [.. build.Input.SyntaxTrees];
        new Random(seed).Shuffle(trees);
        var driver = Build
            .CreateDriver((CSharpParseOptions)trees[0].Options, build.AdditionalTexts, [])
            .RunGenerators(build.Input.RemoveAllSyntaxTrees().AddSyntaxTrees(trees));

        Assert.That(
            driver
                .GetRunResult()
                .Results[0]
                .GeneratedSources.OrderBy(source => source.HintName, StringComparer.Ordinal)
                .Select(source => source.HintName + "\n" + source.SourceText),
            Is.EqualTo(expected)
        );
        Assert.That(expected, Has.Length.GreaterThan(2));
    }

    [Test]
    public void Lines_end_with_a_line_feed_whatever_the_source_does([Values] bool measured)
    {
        string source = """
            using Other;
            using System.Threading;
            namespace N
            {
                using System.Text;
                public static partial class Sample
                {
                    /// <summary>
                    /// More.
                    /// </summary>
                    [Instrument]
                    public static partial T F<T>(
                        int x,
                        T y)
                        where T : class,
                            new();

                    private static T FCore<T>(int x, T y) where T : class, new() => y;

                    [Instrument]
                    public static Unknown G(
                        Unknown x, // first
                        int y = 1) => x;
                }
            }
            """.ReplaceLineEndings("\r\n");

        var build = Build.Of(new([source]) { IsMeasured = measured });

        Assert.That(build.Files, Has.Count.GreaterThanOrEqualTo(measured ? 3 : 1));
        foreach (var (name, text) in build.Files)
        {
            Assert.That(text, Does.Not.Contain("\r"), name);
            Assert.That(text, Does.EndWith("\n"), name);
        }
    }

    private static string[] Files(Build build) => [.. build.Files.Select(file => file.Name + "\n" + file.Text)];

    private static T InEnglish<T>(Func<T> run)
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");
        try
        {
            return run();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
