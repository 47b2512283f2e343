using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Tests.Prepare;

/// <summary>A copy has the options of the user's file. Of all analyzers, only those of HotPathGen report in it.</summary>
public sealed class AnalyzerConfigTests
{
    [Test]
    public void Options_of_the_users_folders_hold_for_copies()
    {
        using var project = Project();
        var (original, copy) = Options(project, "Sub/File.cs");

        Assert.That(original.AnalyzerOptions, Does.ContainKey("some_option").WithValue("sub"));
        Assert.That(
            copy.AnalyzerOptions,
            Is.EquivalentTo(
                original
                    .AnalyzerOptions.Where(option => !option.Key.EndsWith(".severity", StringComparison.Ordinal))
                    .Append(KeyValuePair.Create("dotnet_analyzer_diagnostic.severity", "none"))
            )
        );
    }

    [Test]
    public void Options_of_one_file_do_not_reach_its_neighbour()
    {
        using var project = Project();
        project.Source("Sub/Other.cs", "class O { [HotPathGen.Instrument] void M() { } }");
        var (original, copy) = Options(project, "Sub/Other.cs");

        Assert.That(original.AnalyzerOptions, Does.Not.ContainKey("only_file"));
        Assert.That(copy.AnalyzerOptions, Does.Not.ContainKey("only_file"));
    }

    [Test]
    public void No_analyzer_speaks_in_a_copy()
    {
        using var project = Project();
        var (original, copy) = Options(project, "Sub/File.cs");

        Assert.That(original.TreeOptions["ca1822"], Is.EqualTo(ReportDiagnostic.Error));
        Assert.That(copy.TreeOptions, Is.SupersetOf(original.TreeOptions.Keys.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Suppress))));
        Assert.That(copy.AnalyzerOptions["dotnet_analyzer_diagnostic.severity"], Is.EqualTo("none"));
    }

    [Test]
    public void The_rules_of_this_product_do()
    {
        using var project = Project();
        project.Write(".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.HPG002.severity = none\n");
        var (_, copy) = Options(project, "Sub/File.cs");

        Assert.That(copy.TreeOptions["hpg001"], Is.EqualTo(ReportDiagnostic.Info));
        Assert.That(copy.TreeOptions["hpg002"], Is.EqualTo(ReportDiagnostic.Error), "the compiler's error for a pair without a core says less");
        Assert.That(copy.TreeOptions["hpg003"], Is.EqualTo(ReportDiagnostic.Info));
        Assert.That(copy.TreeOptions["hpg004"], Is.EqualTo(ReportDiagnostic.Info));
    }

    [TestCase("dotnet_diagnostic.HPG001.severity = none", ReportDiagnostic.Suppress, ReportDiagnostic.Info)]
    [TestCase(
        "dotnet_diagnostic.hpg001.severity = error\ndotnet_diagnostic.HPG004.severity = warning",
        ReportDiagnostic.Error,
        ReportDiagnostic.Warn
    )]
    [TestCase(
        "dotnet_diagnostic.HPG004.severity = silent\ndotnet_diagnostic.HPG001.severity = default",
        ReportDiagnostic.Info,
        ReportDiagnostic.Hidden
    )]
    [TestCase("dotnet_analyzer_diagnostic.category-HotPath.severity = warning", ReportDiagnostic.Warn, ReportDiagnostic.Warn)]
    [TestCase(
        "dotnet_analyzer_diagnostic.category-HotPath.severity = warning\ndotnet_diagnostic.HPG004.severity = none",
        ReportDiagnostic.Warn,
        ReportDiagnostic.Suppress
    )]
    [TestCase("dotnet_analyzer_diagnostic.severity = none", ReportDiagnostic.Suppress, ReportDiagnostic.Suppress)]
    [TestCase(
        "dotnet_analyzer_diagnostic.severity = none\ndotnet_analyzer_diagnostic.category-HotPath.severity = error",
        ReportDiagnostic.Error,
        ReportDiagnostic.Error
    )]
    [TestCase(
        "dotnet_analyzer_diagnostic.severity = error",
        ReportDiagnostic.Error,
        ReportDiagnostic.Info,
        TestName = "all rules made errors are those that production shows"
    )]
    [TestCase("dotnet_analyzer_diagnostic.category-Style.severity = error", ReportDiagnostic.Info, ReportDiagnostic.Info)]
    public void What_the_user_says_of_them_holds(string said, ReportDiagnostic leftPlain, ReportDiagnostic withoutSites)
    {
        foreach (bool isGlobal in (bool[])[false, true])
        {
            using var project = new TemporaryProject();
            project.Source("Sub/File.cs", "class C { [HotPathGen.Instrument] void M() { } }");
            project.Write(isGlobal ? ".globalconfig" : ".editorconfig", (isGlobal ? "is_global = true\n" : "root = true\n[*.cs]\n") + said);
            project.AnalyzerConfigs.Add(isGlobal ? ".globalconfig" : ".editorconfig");
            var (_, copy) = Options(project, "Sub/File.cs");

            Assert.That(
                (copy.TreeOptions["hpg001"], copy.TreeOptions["hpg004"]),
                Is.EqualTo((leftPlain, withoutSites)),
                isGlobal ? "for all files" : "for a folder"
            );
        }
    }

    [Test]
    public void What_is_said_of_one_file_holds_for_it()
    {
        using var project = Project();
        project.Source("Sub/Other.cs", "class O { [HotPathGen.Instrument] void M() { } }");
        project.Write(
            ".editorconfig",
            "root = true\n[*.cs]\ndotnet_diagnostic.HPG001.severity = warning\n[Other.cs]\ndotnet_diagnostic.HPG001.severity = none\n"
        );
        project.Write(
            "some.globalconfig",
            "is_global = true\ndotnet_diagnostic.HPG001.severity = error\ndotnet_diagnostic.HPG004.severity = error\n"
        );
        project.AnalyzerConfigs.Add("some.globalconfig");

        Assert.That(Options(project, "Sub/File.cs").Copy.TreeOptions["hpg001"], Is.EqualTo(ReportDiagnostic.Warn));
        Assert.That(Options(project, "Sub/Other.cs").Copy.TreeOptions["hpg001"], Is.EqualTo(ReportDiagnostic.Suppress));
        Assert.That(Options(project, "Sub/Other.cs").Copy.TreeOptions["hpg004"], Is.EqualTo(ReportDiagnostic.Error));
    }

    [Test]
    public void Severities_of_global_configs_are_silenced_too()
    {
        using var project = Project();
        project.Write("some.globalconfig", "is_global = true\nglobal_option = yes\ndotnet_diagnostic.IDE0005.severity = error\n");
        project.AnalyzerConfigs.Add("some.globalconfig");
        var (original, copy) = Options(project, "Sub/File.cs");

        Assert.That(original.AnalyzerOptions["global_option"], Is.EqualTo("yes"));
        Assert.That(copy.AnalyzerOptions["global_option"], Is.EqualTo("yes"));
        Assert.That(copy.TreeOptions["ide0005"], Is.EqualTo(ReportDiagnostic.Suppress));
    }

    [Test]
    public void Metadata_of_items_follows_them_to_their_copies()
    {
        using var project = Project();
        string path = Path.Combine(project.Folder, "Sub/File.cs");
        project.Write("Generated.editorconfig", $"is_global = true\nbuild_property.X = 1\n\n[{path}]\nbuild_metadata.Compile.Tag = tagged\n");
        project.AnalyzerConfigs.Add("Generated.editorconfig");
        var (original, copy) = Options(project, "Sub/File.cs");

        Assert.That(original.AnalyzerOptions["build_metadata.compile.tag"], Is.EqualTo("tagged"));
        Assert.That(copy.AnalyzerOptions["build_metadata.compile.tag"], Is.EqualTo("tagged"));
        Assert.That(copy.AnalyzerOptions["build_property.x"], Is.EqualTo("1"));
    }

    [TestCase("Fi[le].cs")]
    [TestCase("{a,b}.cs")]
    [TestCase("!#;.cs")]
    [TestCase("with space - and 'quote'.cs")]
    [TestCase("Größe.日本.cs")]
    [TestCase("{1..3}.cs")]
    public void Names_that_are_patterns_are_taken_literally(string name)
    {
        using var project = Project();
        project.Source($"Sub/{name}", "class Odd { [HotPathGen.Instrument] void M() { } }");
        var (_, copy) = Options(project, $"Sub/{name}");

        Assert.That(copy.AnalyzerOptions, Does.ContainKey("some_option").WithValue("sub"));
    }

    [Test]
    public void An_edit_of_a_config_reaches_the_copies()
    {
        using var project = Project();
        project.Run();
        project.Write("Sub/.editorconfig", "[*.cs]\nsome_option = edited\n");

        Assert.That(Options(project, "Sub/File.cs").Copy.AnalyzerOptions["some_option"], Is.EqualTo("edited"));
    }

    [Test]
    public void A_config_that_is_not_there_is_passed_over()
    {
        using var project = Project();
        project.AnalyzerConfigs.Add("missing/.editorconfig");

        Assert.That(project.Run, Throws.Nothing);
    }

    private static TemporaryProject Project()
    {
        var project = new TemporaryProject();
        project.Source("Sub/File.cs", "class C { [HotPathGen.Instrument] void M() { } }");
        project.Write(
            ".editorconfig",
            """
            root = true
            [*.cs]
            some_option = root
            other_option = a, b = c : d
            dotnet_diagnostic.CA1822.severity = error
            dotnet_diagnostic.CS0219.severity = error
            dotnet_analyzer_diagnostic.category-style.severity = error
            dotnet_analyzer_diagnostic.severity = warning
            csharp_style_var_elsewhere = true:error
            """
        );
        project.Write(
            "Sub/.editorconfig",
            """
            [*.cs]
            some_option = sub
            [File.cs]
            only_file = Case Kept
            """
        );
        project.AnalyzerConfigs.AddRange([".editorconfig", "Sub/.editorconfig"]);
        return project;
    }

    /// <summary>The options that analyzers and generators get, for a source in production and for its copy in a measured build.</summary>
    private static (AnalyzerConfigOptionsResult Original, AnalyzerConfigOptionsResult Copy) Options(TemporaryProject project, string source)
    {
        project.Run();
        string[] configs = [.. project.AnalyzerConfigs.Select(config => Path.GetFullPath(config, project.Folder)).Where(File.Exists)];
        AnalyzerConfigSet production = Set(configs),
            measured = Set([.. configs, Path.Combine(project.Output, ".editorconfig")]);
        return (WithGlobal(production, Path.Combine(project.Folder, source)), WithGlobal(measured, project.Copy(source)!));

        static AnalyzerConfigSet Set(string[] paths) =>
            AnalyzerConfigSet.Create(paths.Select(path => AnalyzerConfig.Parse(File.ReadAllText(path), path)).ToImmutableArray());

        static AnalyzerConfigOptionsResult WithGlobal(AnalyzerConfigSet set, string path) => set.GetOptionsForSourcePath(path.Replace('\\', '/'));
    }
}
