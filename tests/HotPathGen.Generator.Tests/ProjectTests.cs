using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.Tests;

/// <summary>Projects of every kind: language versions, switches, references, other generators.</summary>
public sealed class ProjectTests
{
    private const string Rich = """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using HotPathGen;

        public static partial class Sample
        {
            [Instrument] static Dictionary<string, T> F<T>(IEnumerable<string> s, T t, string d = null) where T : class { return new() { [d ?? "x"] = t }; }
            [Instrument] static async Task<string> G(string s) { await Task.Yield(); return s; }
            [Instrument] static IEnumerable<object> H(object s) { yield return s; }
            [Instrument] internal static partial ref string I(string[] s);
            private static ref string ICore(string[] s) => ref s[0];
            public static string Run() => F(new[] { "a" }, "v")["x"] + G("g").Result + string.Concat(H("h")) + I(new[] { "i" });
        }
        """;

    [Test]
    public void Nullable_contexts_do_not_matter([Values] bool measured, [Values] NullableContextOptions nullable)
    {
        string source =
            (nullable.HasFlag(NullableContextOptions.Warnings) ? "#nullable disable warnings\n" : "")
            + (nullable.HasFlag(NullableContextOptions.Annotations) ? "#nullable disable annotations\n" : "")
            + Rich;
        using var sample = Build
            .Of(
                new([source])
                {
                    IsMeasured = measured,
                    Nullable = nullable,
                    AllowsUnsafe = false,
                    Name = Project.UniqueName(),
                }
            )
            .Load();

        Assert.That(sample.Run(), Is.EqualTo("vghi"));
    }

    [Test]
    public void Production_compiles_where_the_language_is_old(
        [Values(
            LanguageVersion.CSharp3,
            LanguageVersion.CSharp5,
            LanguageVersion.CSharp7,
            LanguageVersion.CSharp7_3,
            LanguageVersion.CSharp8,
            LanguageVersion.CSharp9
        )]
            LanguageVersion language
    )
    {
        const string source = """
            using HotPathGen;

            public static partial class Sample
            {
                [Instrument]
                static partial void Log(string text);
                static void LogCore(string text) { s_log += text; }
                static string s_log = "";

                [Instrument]
                public static string Run()
                {
                    using (HotPath.Measure("a")) { Log("x"); }
                    HotPath.Reset();
                    HotPath.WriteSnapshot("");
                    return s_log + HotPath.Snapshot();
                }
            }
            """;
        using var sample = Build
            .Of(
                new([source])
                {
                    Language = language,
                    Nullable = NullableContextOptions.Disable,
                    HasGlobalUsings = false,
                    Name = Project.UniqueName(),
                }
            )
            .Load();

        Assert.That(sample.Run(), Is.EqualTo("x"));
    }

    [Test]
    public void Measured_compiles_from_the_language_version_of_its_framework_on_down_to_9(
        [Range((int)LanguageVersion.CSharp9 / 100, (int)LanguageVersion.CSharp14 / 100)] int version
    )
    {
        using var sample = Build
            .Of(
                new([Rich])
                {
                    IsMeasured = true,
                    Language = (LanguageVersion)(version * 100),
                    Nullable = NullableContextOptions.Disable,
                    HasGlobalUsings = false,
                    Name = Project.UniqueName(),
                }
            )
            .Load();

        Assert.That(sample.Run(), Is.EqualTo("vghi"));
    }

    [Test]
    public void Types_that_another_generator_writes_may_stand_in_a_head([Values] bool measured)
    {
        const string source = """
            using Other.Place;
            using Strange = System.Collections.Generic.Dictionary<string, Other.Place.Handle>;

            namespace Mine.Deep
            {
                using static System.Math;
                using Nested.Sub;

                public static partial class Program
                {
                    [Instrument] public static Handle? F(Handle h, in Handle[] all, Strange? s = null, params Item<Handle>[] items) => h;
                    [Instrument] public static async Task<Handle> G<T>(T x) where T : Handle { await Task.Yield(); return x; }
                    [Instrument] internal static partial Handle H(List<Handle> x, scoped ref Handle y);
                    static Handle HCore(List<Handle> x, scoped ref Handle y) => x[0];
                }
            }

            public static class Sample
            {
                public static string Run()
                {
                    var h = new Handle();
                    return $"{Mine.Deep.Program.F(h, [h]) == h}{Mine.Deep.Program.G(h).Result == h}{Mine.Deep.Program.H([h], ref h) == h}";
                }
            }
            """;
        using var sample = Build
            .Of(
                new([source])
                {
                    IsMeasured = measured,
                    Name = Project.UniqueName(),
                    OtherGenerators = [new HandleGenerator().AsSourceGenerator()],
                }
            )
            .Load();

        Assert.That(sample.Run(), Is.EqualTo("TrueTrueTrue"));
        if (measured)
        {
            Assert.That(Recording.Of(sample.Name).Keys, Is.EquivalentTo(["F", "G", "H"]));
        }
    }

    [Test]
    public void Types_behind_an_extern_alias_may_stand_in_a_head([Values] bool measured)
    {
        const string source = """
            extern alias other;
            using O = other::Lib.Thing;

            public static partial class Sample
            {
                [Instrument] static O F(O thing, List<other::Lib.Thing[]>? more = null) => thing;
                [Instrument] private static partial O G(O thing);
                static O GCore(O thing) => thing;
                public static string Run() => typeof(Sample).GetMethod("F", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.ReturnType.Name;
            }
            """;
        var library = CSharpCompilation.Create(
            "Lib",
            [CSharpSyntaxTree.ParseText("namespace Lib { public class Thing { } }")],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new(OutputKind.DynamicallyLinkedLibrary)
        );
        using var image = new MemoryStream();
        library.Emit(image);

        Build
            .Of(new([source]) { IsMeasured = measured, References = [MetadataReference.CreateFromImage(image.ToArray(), new(aliases: ["other"]))] })
            .MustCompile();
    }

    [Test]
    public void Documentation_stays_the_users([Values] bool measured)
    {
        var build = Build
            .Of(
                new([
                    """
                    public static partial class Sample
                    {
                        /// <summary>Ordinary words.</summary>
                        [Instrument] public static int Ordinary() => 1;

                        /// <summary>Written words.</summary>
                        [Instrument] public static partial int Written();
                        private static int WrittenCore() => 1;
                    }
                    """,
                ])
                {
                    IsMeasured = measured,
                }
            )
            .MustCompile();
        using var documentation = new MemoryStream();
        Assert.That(build.Output.Emit(new MemoryStream(), xmlDocumentationStream: documentation).Success);

        string xml = Encoding.UTF8.GetString(documentation.ToArray());
        Assert.That(xml, Does.Contain("<summary>Ordinary words.</summary>").And.Contain("<summary>Written words.</summary>"));
    }

    [Test]
    public void The_nearest_attribute_decides_whether_a_written_pair_is_measured_and_any_gives_it_a_body([Values] bool measured)
    {
        var build = Build
            .Of(
                new([
                    """
                    [assembly: Instrument]
                    namespace N.M
                    {
                        public static partial class Sample
                        {
                            public static partial int Hot();
                            private static int HotCore() => 1;
                            [DoNotInstrument] public static partial int Cold();
                            private static int ColdCore() => 2;

                            public partial class Nested
                            {
                                public partial T Hot<T>(T x);
                                private T HotCore<T>(T x) => x;
                            }
                        }
                    }
                    """,
                ])
                {
                    IsMeasured = measured,
                }
            )
            .MustCompile();

        Assert.That(build.Files, Has.Count.EqualTo(measured ? 4 : 3));
        Assert.That(build.Files.Count(file => file.Text.Contains("Frame.Enter")), Is.EqualTo(measured ? 2 : 0));
        Assert.That(build.Files.Single(file => file.Text.Contains("ColdCore")).Text, Does.Not.Contain("Frame"));
    }

    [Test]
    public void Overloads_that_differ_in_function_pointers_are_two_pairs([Values] bool measured)
    {
        var build = Build
            .Of(
                new([
                    """
                    public static unsafe partial class Sample
                    {
                        [Instrument] public static partial int F(delegate*<int, void> f);
                        private static int FCore(delegate*<int, void> f) => 1;
                        [Instrument] public static partial int F(delegate*<long, void> f);
                        private static int FCore(delegate*<long, void> f) => 2;
                    }
                    """,
                ])
                {
                    IsMeasured = measured,
                }
            )
            .MustCompile();

        Assert.That(build.Files, Has.Count.EqualTo(measured ? 3 : 2));
    }

    [Test]
    public void Unsafe_need_not_be_allowed([Values] bool measured)
    {
        var build = Build
            .Of(
                new([Rich])
                {
                    IsMeasured = measured,
                    AllowsUnsafe = false,
                    Nullable = NullableContextOptions.Disable,
                }
            )
            .MustCompile();

        Assert.That(build.Files.Select(file => file.Text), Has.None.Contains("unsafe"));
    }

    [Test]
    public void A_measured_program_with_top_level_statements_compiles()
    {
        Build
            .Of(
                new([
                    "Console.WriteLine(Of.F(1)); [Instrument] static int Local(int x) => x; Local(2); static class Of { [Instrument] public "
                        + "static int F(int x) => x; }",
                ])
                {
                    IsMeasured = true,
                    Output = OutputKind.ConsoleApplication,
                }
            )
            .MustCompile();
    }

    [Test]
    public void A_measured_program_with_an_async_main_compiles()
    {
        Build
            .Of(
                new([
                    "static class Program { [Instrument] static async Task Main(string[] args) { await Task.Yield(); F(); } [Instrument] static "
                        + "void F() { } }",
                ])
                {
                    IsMeasured = true,
                    Output = OutputKind.ConsoleApplication,
                }
            )
            .MustCompile();
    }

    [Test]
    public void Everything_is_instrumented_without_editing_sources()
    {
        using var sample = Build
            .Of(
                new([
                    "public static class Sample { static int F(int x) => x; class Deep { public static int G() => F(1); } public static string "
                        + "Run() => Deep.G().ToString(); }",
                ])
                {
                    IsMeasured = true,
                    InstrumentsAll = true,
                    Name = Project.UniqueName(),
                }
            )
            .Load();

        Assert.That(sample.Run(), Is.EqualTo("1"));
        Assert.That(Recording.Of(sample.Name).Keys, Is.EquivalentTo(["F", "G", "Run"]));
    }

    [Test]
    public void An_assembly_is_collected_after_its_load_context_is_unloaded([Values] bool measured)
    {
        var context = Use(
            Build.Of(
                new([Rich])
                {
                    IsMeasured = measured,
                    Nullable = NullableContextOptions.Disable,
                    HasGlobalUsings = false,
                    Name = Project.UniqueName(),
                }
            )
        );
        for (int i = 0; i < 50 && context.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.That(context.IsAlive, Is.False);

        // It is not inlined. Otherwise a local of the caller could keep the loaded assembly alive.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Use(Build build)
        {
            using var sample = build.Load();
            sample.Run();
            return new(AssemblyLoadContext.GetLoadContext(sample.Assembly));
        }
    }

    [Test]
    public void One_partial_type_over_several_files_is_one_type()
    {
        using var sample = Build
            .Of(
                new([
                    "public partial class Sample { [Instrument] static int F(int x) => x; }",
                    "public partial class Sample { [Instrument] static int F(long x) => 2; }",
                    "public partial class Sample { public static string Run() => $\"{F(1)}{F(1L)}\"; }",
                ])
                {
                    IsMeasured = true,
                    Name = Project.UniqueName(),
                }
            )
            .Load();

        Assert.That(sample.Run(), Is.EqualTo("12"));
        Assert.That(Recording.Of(sample.Name)["F"].Calls, Is.EqualTo(2));
    }

    /// <summary>Writes types that no other generator can see.</summary>
    private sealed class HandleGenerator : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) =>
            context.RegisterSourceOutput(context.CompilationProvider, static (output, _) =>
                output.AddSource(
                    "Handle.g.cs",
                    SourceText.From(
                        "#pragma warning disable CS1591\nnamespace Other.Place { public class Handle; } namespace Mine.Deep.Nested.Sub { public "
                            + "class Item<T>; }",
                        Encoding.UTF8
                    )
                )
            );
    }
}
