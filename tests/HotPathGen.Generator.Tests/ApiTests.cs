namespace HotPathGen.Generator.Tests;

/// <summary>The HotPath class that does nothing. It exists only in production builds that call it.</summary>
public sealed class ApiTests
{
    [TestCase("public static class Sample { public static string Run() { using (HotPath.Measure(\"a\")) { return \"ok\"; } } }")]
    [TestCase("public static class Sample { public static string Run() { using var b = HotPathGen.HotPath.Measure(\"a\"); return \"ok\"; } }")]
    [TestCase("public static class Sample { public static string Run() { global::HotPathGen.HotPath.Reset(); return \"ok\"; } }")]
    [TestCase("public static class Sample { public static string Run() { using (HotPath.Operation(\"a\")) { return \"ok\"; } } }")]
    [TestCase(
        "using static HotPathGen.HotPath; public static class Sample { public static string Run() { using (Measure(\"a\")) { return \"ok\"; } } }"
    )]
    [TestCase("using H = HotPathGen.HotPath; public static class Sample { public static string Run() { H.Reset(); return \"ok\"; } }")]
    [TestCase(
        "public static class Sample { public static string Run() { Action a = HotPath.Reset; a(); return nameof(HotPath) == \"HotPath\" ? \"ok\" "
            + ": \"\"; } }"
    )]
    [TestCase(
        "public static class Sample { static HotPath.Block s_block = default; public static string Run() { s_block.Dispose(); return \"ok\"; } }"
    )]
    [TestCase(
        "namespace HotPathGen.Users { internal static class Some { public static HotPath.Block Get() => HotPath.Measure(\"\"); } } public static "
            + "class Sample { public static string Run() { HotPathGen.Users.Some.Get().Dispose(); return \"ok\"; } }"
    )]
    [TestCase(
        "public static class Sample { public static string Run() { int HotPath = 1; global::HotPathGen.HotPath.Reset(); return HotPath == 1 ? "
            + "\"ok\" : \"\"; } }"
    )]
    [TestCase(
        "public static class Sample { public static string Run() { Func<int, int> f = HotPath => HotPath; HotPath.Reset(); return f(1) == 1 ? "
            + "\"ok\" : \"\"; } }"
    )]
    [TestCase(
        "public static class Sample { public static string Run() { Action HotPath = () => { }; HotPath(); /* HotPath */ global::HotPathGen. /* "
            + "HotPath */ @HotPath.Reset(); return \"ok\"; } }"
    )]
    public void Production_code_that_calls_it_compiles_and_runs(string source)
    {
        using var sample = Build.Production(source).Load();

        Assert.That(sample.Run(), Is.EqualTo("ok"));
        Assert.That(sample.Assembly.GetReferencedAssemblies().Select(name => name.Name), Has.None.EqualTo("HotPathGen"));
    }

    [TestCase("public static class Sample { [Instrument] public static int F() => 1; }")]
    [TestCase(
        "namespace Mine { public static class HotPath { public static void Measure() { } } public static class Sample { public static void F() "
            + "=> HotPath.Measure(); } }"
    )]
    [TestCase(
        "public class Sample { public int HotPath { get; set; } public static int F(Sample s, int HotPath) => s.HotPath + F(s, HotPath: 1) + new "
            + "Sample { HotPath = 1 }.HotPath; }"
    )]
    [TestCase("public class Sample { public static object F(dynamic d) => d.HotPath + d?.HotPath; }")]
    [TestCase("public class Sample { public static object F() => new { HotPath = 1 }; }")]
    [TestCase(
        "public class Sample { public static int F((int HotPath, int B) t) { HotPath: if (t.HotPath > 1) goto HotPath; return (HotPath: 1, "
            + "2).HotPath; } }"
    )]
    [TestCase(
        "/// <summary>See <see cref=\"HotPath\"/>.</summary>\npublic class Sample { /* HotPath */ public const string S = \"HotPath\"; public "
            + "bool F(object o) => o is Other { HotPath: 3 }; } public class Other { public int HotPath; }"
    )]
    [TestCase(
        "public class Sample { public int F(int HotPath) { return HotPath; } public int G() { var HotPath = 1; return HotPath + new Func<int, "
            + "int>(HotPath => HotPath)(2); } }"
    )]
    [TestCase("public class Sample { public int HotPath; public int F() => HotPath; public int G() { return HotPath.CompareTo(1); } }")]
    [TestCase("namespace A.HotPath { public class X; } public class Sample { public A.HotPath.X? F() => null; }")]
    public void Production_code_that_does_not_call_it_gets_nothing(string source)
    {
        var build = Build.Production(source);

        Assert.That(build.Files, Is.Empty);
    }

    [TestCase(false)]
    [TestCase(true, Description = "the library's own is visible")]
    public void A_library_with_one_does_not_stand_in_the_way(bool friend)
    {
        string visible = friend ? "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Sample\")]\n" : "";
        var library = Build
            .Of(new([visible + "public static class Library { public static void F() => HotPath.Reset(); }"]) { Name = "Library" })
            .MustCompile();

        Build
            .Of(
                new(["public static class Sample { public static void Run() { Library.F(); HotPath.Reset(); } }"])
                {
                    References = [library.Output.ToMetadataReference()],
                }
            )
            .MustCompile();
    }

    [Test]
    public void The_pages_example_compiles_and_does_nothing_in_production()
    {
        string page = File.ReadAllText(Path.Combine(Snapshots.Snapshot.Folder, "..", "..", "..", "docs", "measuring.md"));
        string example = page.Split("## From code")[1].Split("```csharp\n")[1].Split("```")[0];
        string[] sources = [example, "public static class Sample { public static string Run() => Night.Run(() => { }, () => { }).ToString(); }"];
        // The measured build is not run: its Reset would drop what other tests record.
        Build.Measured(sources).MustCompile();
        using var sample = Build.Production(sources).MustCompile().Load();

        Assert.That(sample.Run(), Is.EqualTo("0"));
        Assert.That(File.Exists("night.hotpath.json"), Is.False);
    }

    [Test]
    public void Measured_code_calls_the_runtime()
    {
        var build = Build
            .Measured(
                "public static class Sample { public static string Run() { using (HotPath.Measure(\"a\")) { return "
                    + "HotPathGen.HotPath.Snapshot(); } } }"
            )
            .MustCompile();

        Assert.That(build.Files.Select(file => file.Name), Is.EqualTo(["HotPathMethods.g.cs"]));
    }

    [Test]
    public void Measured_code_in_which_the_name_is_unclear_gets_no_second_one()
    {
        var build = Build.Of(
            new([
                "global using Mine; namespace Mine { public static class HotPath { public static void Reset() { } } } public static class Sample "
                    + "{ public static void F() => HotPath.Reset(); }",
            ])
            {
                IsMeasured = true,
            }
        );

        Assert.That(build.Files.Select(file => file.Name), Is.EqualTo(["HotPathMethods.g.cs"]));
    }

    [Test]
    public void Both_faces_have_the_same_members()
    {
        using var production = Build.Production("public static class Sample { public static void F() => HotPath.Reset(); }").Load();

        Assert.That(Members(production.Assembly.GetType("HotPathGen.HotPath")!), Is.EqualTo(Members(typeof(HotPath))));
        Assert.That(Members(production.Assembly.GetType("HotPathGen.HotPath+Block")!), Is.EqualTo(Members(typeof(HotPath.Block))));
        Assert.That(Members(production.Assembly.GetType("HotPathGen.HotPath+OperationScope")!), Is.EqualTo(Members(typeof(HotPath.OperationScope))));
        Assert.That(production.Assembly.GetTypes().Where(type => type.IsVisible && type.Namespace == "HotPathGen"), Is.Empty);
    }

    private static string[] Members(Type type) =>
        [
            .. type.GetMethods(
                    System.Reflection.BindingFlags.Static
                        | System.Reflection.BindingFlags.Instance
                        | System.Reflection.BindingFlags.Public
                        | System.Reflection.BindingFlags.NonPublic
                        | System.Reflection.BindingFlags.DeclaredOnly
                )
                .Where(method => method.IsPublic || (type.IsNotPublic && method.IsAssembly))
                .Select(method =>
                    (
                        $"{method.ReturnType} "
                        + $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => $"{parameter.ParameterType} {parameter.Name}"))})"
                    )
                )
                .Order(StringComparer.Ordinal),
        ];
}
