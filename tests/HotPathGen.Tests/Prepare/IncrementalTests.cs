namespace HotPathGen.Tests.Prepare;

/// <summary>Prepare repeats its work only for what has changed, and misses no change.</summary>
public sealed class IncrementalTests
{
    private static string Hot(string type) => $"class {type} {{ [HotPathGen.Instrument] void M() {{ }} }}";

    [Test]
    public void A_second_run_writes_nothing()
    {
        using var project = Three();
        project.Run();
        DateTime old = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        string[] written = [.. project.Written().Keys];
        foreach (string name in written)
        {
            File.SetLastWriteTimeUtc(Path.Combine(project.Output, name), old);
        }

        project.Run();

        Assert.That(
            written,
            Is.SupersetOf((string[])["compile.txt", "coverage.txt", ".editorconfig", "analyzers.txt", "suppressed.globalconfig"])
                .And.Length.EqualTo(7)
        );
        Assert.That(written.Select(name => File.GetLastWriteTimeUtc(Path.Combine(project.Output, name))), Is.Not.Empty.And.All.EqualTo(old));
    }

    [Test]
    public void Only_the_changed_file_is_prepared_again()
    {
        using var project = Three();
        project.Run();
        Poison(project, "A.cs");
        Poison(project, "B.cs");

        project.Source("A.cs", Hot("Renamed"));
        project.Run();

        Assert.That(project.CopyText("A.cs"), Does.Contain("Renamed"));
        Assert.That(project.CopyText("B.cs"), Is.EqualTo("poison"));
    }

    [Test]
    public void An_edit_of_the_same_length_counts()
    {
        using var project = Three();
        project.Run();
        project.Source("A.cs", Hot("Z"));
        File.SetLastWriteTimeUtc(Path.Combine(project.Folder, "A.cs"), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        project.Run();

        Assert.That(project.CopyText("A.cs"), Does.Contain("class Z"));
    }

    [Test]
    public void A_deleted_copy_is_made_again()
    {
        using var project = Three();
        project.Run();
        string before = project.CopyText("A.cs");
        Directory.Delete(Path.GetDirectoryName(project.Copy("A.cs"))!, recursive: true);
        project.Run();

        Assert.That(project.CopyText("A.cs"), Is.EqualTo(before));
    }

    [Test]
    public void Copies_that_stand_for_nothing_are_removed()
    {
        using var project = Three();
        project.Run();
        string a = project.Copy("A.cs")!,
            b = project.Copy("B.cs")!;
        project.Forget("A.cs");
        project.Source("B.cs", "class B { }");
        project.Run();

        Assert.That(File.Exists(a), Is.False);
        Assert.That(File.Exists(b), Is.False);
        Assert.That(project.Compiled(), Is.EqualTo(project.Sources.Select(source => Path.Combine(project.Folder, source))));
    }

    [Test]
    public void A_stale_copy_whose_folder_is_gone_is_no_failure()
    {
        using var project = Three();
        project.Run();
        Directory.Delete(Path.GetDirectoryName(project.Copy("A.cs"))!, recursive: true);
        project.Forget("A.cs");

        Assert.That(project.Run, Throws.Nothing);
    }

    [Test]
    public void Everything_can_be_switched_on_and_off_again()
    {
        using var project = Three();
        project.Run();
        var before = project.Written();
        project.Everything = true;
        project.Run();
        Assert.That(project.CopyText("C.cs"), Does.Contain("Cold__plain"));

        project.Everything = false;
        project.Run();
        Assert.That(project.Written(), Is.EqualTo(before));
    }

    [Test]
    public void An_attribute_that_appears_on_a_type_in_another_file_counts()
    {
        using var project = Three();
        project.Run();
        Assert.That(project.Copy("C.cs"), Is.Null);

        project.Source("D.cs", "[HotPathGen.Instrument] partial class C;");
        project.Run();
        Assert.That(project.CopyText("C.cs"), Does.Contain("Cold__plain"));

        project.Source("D.cs", "partial class C;");
        project.Run();
        Assert.That(project.Copy("C.cs"), Is.Null);
    }

    [Test]
    public void A_symbol_that_changes_counts_in_every_file()
    {
        using var project = Three();
        project.Source(
            "D.cs",
            """
            #if MARKED
            [HotPathGen.Instrument]
            #endif
            partial class C;
            #if TAKES
            static class T { public static void Take(this object o, [System.Runtime.CompilerServices.CallerMemberName] string n = "") { } }
            #endif
            """
        );
        project.Source("E.cs", "class E { [HotPathGen.Instrument] void Calls() { this.Take(); } }");
        project.Run();
        Assert.That(project.Copy("C.cs"), Is.Null);
        Assert.That(project.CopyText("E.cs"), Does.Contain("Calls__plain"));

        project.Define = "MARKED;TAKES";
        project.Run();
        Assert.That(project.CopyText("C.cs"), Does.Contain("Cold__plain"));
        Assert.That(project.CopyText("E.cs"), Does.Not.Contain("Calls__plain"));

        project.Define = "";
        project.Run();
        Assert.That(project.Copy("C.cs"), Is.Null);
        Assert.That(project.CopyText("E.cs"), Does.Contain("Calls__plain"));
    }

    [Test]
    public void A_language_version_that_changes_counts()
    {
        using var project = Three();
        project.LangVersion = "10.0";
        project.Run();
        Poison(project, "A.cs");

        project.LangVersion = "14.0";
        project.Run();
        Assert.That(project.CopyText("A.cs"), Does.Contain("M__plain"));
    }

    [Test]
    public void A_reference_that_appears_counts()
    {
        using var project = Three();
        project.Source("D.cs", "class D { [HotPathGen.Instrument] void M(System.Diagnostics.ActivitySource s) { s.StartActivity(); } }");
        project.Run();
        Assert.That(project.CopyText("D.cs"), Does.Contain("M__plain"));

        project.References.Add(typeof(System.Diagnostics.ActivitySource).Assembly.Location);
        project.Run();
        Assert.That(project.CopyText("D.cs"), Does.Not.Contain("M__plain"));
    }

    /// <summary>Nothing in the text of such a lambda says what it returns, and whether it is an expression tree.</summary>
    [TestCase("static int F() => 1;", "int __hotpath_result = Other.F(); ")]
    [TestCase("static long F() => 1;", "long __hotpath_result = Other.F(); ")]
    [TestCase("static void F() { }", "try { Other.F(); __hotpath_completed = true; ")]
    public void What_a_lambda_returns_may_change_in_another_file(string member, string expected)
    {
        using var project = Bound("static object F() => 1;");
        project.Run();
        string before = project.CopyText("Lambda.cs");
        project.Source("Other.cs", $"class Other {{ public {member} }}");
        project.Run();

        Assert.That(before, Does.Contain("object __hotpath_result = Other.F(); "));
        Assert.That(project.CopyText("Lambda.cs"), Does.Contain(expected));
    }

    [Test]
    public void A_file_that_was_bound_is_not_prepared_again_where_nothing_changed()
    {
        using var project = Bound("static object F() => 1;");
        project.Run();
        Poison(project, "Lambda.cs");
        project.Run();

        Assert.That(project.CopyText("Lambda.cs"), Is.EqualTo("poison"));
    }

    private static TemporaryProject Bound(string member)
    {
        var project = new TemporaryProject();
        string core = typeof(object).Assembly.Location;
        project.References.Add(core);
        project.Arguments.AddRange(["/out:Bound.dll", "/target:library", "/define:HOTPATH_INSTRUMENTATION", $"/reference:{core}"]);
        project.Source(
            "Lambda.cs",
            "class C { static void Take(System.Func<int> f) { } static void Take(System.Func<long> f) { } static void Take(System.Func<object> f) { } "
                + "static void Take(System.Action f) { } void M() => Take([HotPathGen.Instrument] () => Other.F()); }"
        );
        project.Source("Other.cs", $"class Other {{ public {member} }}");
        return project;
    }

    [Test]
    public void A_reference_that_is_no_assembly_is_passed_over()
    {
        using var project = Three();
        project.Write("empty.dll", "");
        project.Write(
            "text.dll",
            "not an assembly at all, but long enough to look for a header in it ........................................................"
        );
        project.References.AddRange(["empty.dll", "text.dll", "missing.dll", "."]);

        Assert.That(project.Run, Throws.Nothing);
    }

    [Test]
    public void A_file_that_is_not_there_is_left_to_the_compiler()
    {
        using var project = Three();
        project.Name("Missing.cs");
        Directory.CreateDirectory(Path.Combine(project.Folder, "Folder.cs"));
        project.Name("Folder.cs");
        project.Run();
        Assert.That(project.Copy("Missing.cs"), Is.Null);
        Assert.That(project.Copy("Folder.cs"), Is.Null);

        project.Source("Missing.cs", Hot("Found"));
        project.Run();
        Assert.That(project.CopyText("Missing.cs"), Does.Contain("Found"));

        File.Delete(Path.Combine(project.Folder, "Missing.cs"));
        project.Run();
        Assert.That(project.Copy("Missing.cs"), Is.Null);
    }

    [TestCase("class D { [HotPathGen.Instrument] void M() { ")]
    [TestCase("class D { [HotPathGen.Instrument] void M() { int = 3; } }")]
    [TestCase("#if\nclass D { [HotPathGen.Instrument] void M() { } }")]
    [TestCase("#error stop\nclass D { [HotPathGen.Instrument] void M() { } }")]
    public void A_file_with_syntax_errors_is_left_alone(string text)
    {
        using var project = Three();
        project.Source("D.cs", text);
        project.Run();

        Assert.That(project.Copy("D.cs"), Is.Null);
        Assert.That(project.Copy("A.cs"), Is.Not.Null);
    }

    [Test]
    public void Files_of_one_name_are_kept_apart_and_one_file_named_twice_is_compiled_once()
    {
        using var project = new TemporaryProject();
        project.Source("A/Same.cs", Hot("First"));
        project.Source("B/Same.cs", Hot("Second"));
        project.Name("A/Same.cs");
        project.Run();

        Assert.That(project.Compiled(), Has.Length.EqualTo(2));
        Assert.That(project.CopyText("A/Same.cs"), Does.Contain("First"));
        Assert.That(project.CopyText("B/Same.cs"), Does.Contain("Second"));
        Assert.That(Path.GetFileName(project.Copy("A/Same.cs")), Is.EqualTo("Same.cs"));
    }

    [TestCase("pläin and ünïcode", "Größe und Maß.cs")]
    [TestCase("日本 [x] {y},!#;", "Fi[le],{n}!#;'.cs")]
    public void Paths_may_have_any_letters(string folder, string file)
    {
        using var project = new TemporaryProject(folder);
        project.Source(
            $"{folder}/{file}",
            "class C { [HotPathGen.Instrument] static string M([System.Runtime.CompilerServices.CallerFilePath] string p = \"\") { return p; } "
                + "public static string N() => M(); } static class Sample { public static string Run() => C.N(); }"
        );

        Assert.That(ProjectBuild.Measured(project).Run().Said, Is.EqualTo(Path.Combine(project.Folder, folder, file)));
    }

    [Test]
    public void A_linked_file_from_outside_the_project_is_prepared()
    {
        using var project = new TemporaryProject();
        project.Source("../outside/Linked.cs", Hot("Linked"));
        project.Run();

        Assert.That(
            project.CopyText("../outside/Linked.cs"),
            Does.Contain("Linked").And.Contain($"#line 1 \"{Path.GetFullPath("../outside/Linked.cs", project.Folder)}\"")
        );
        Assert.That(Path.GetFullPath(project.Copy("../outside/Linked.cs")!), Does.StartWith(Path.GetFullPath(project.Output)));
    }

    [Test]
    public void Runs_at_the_same_time_into_different_folders_do_not_meet()
    {
        using var project = new TemporaryProject();
        for (int i = 0; i < 40; i++)
        {
            project.Source($"F{i}.cs", Hot("C" + i));
        }

        HotPathGen.Prepare.Request[] requests =
        [
            .. Enumerable
                .Range(0, 8)
                .Select(i =>
                {
                    project.OutputName = $"obj/{i}/hotpath/";
                    return project.Request();
                }),
        ];
        Parallel.ForEach(requests, HotPathGen.Prepare.Preparation.Run);

        string[] written =
        [
            .. Enumerable
                .Range(0, 8)
                .Select(i =>
                {
                    project.OutputName = $"obj/{i}/hotpath/";
                    Assert.That(project.Compiled(), Has.Length.EqualTo(40).And.All.StartsWith(Path.GetFullPath(project.Output)));
                    return string.Join('\n', project.Written().Where(file => file.Key.EndsWith(".cs", StringComparison.Ordinal)));
                }),
        ];
        Assert.That(written.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void The_same_sources_give_the_same_bytes_in_another_place()
    {
        using TemporaryProject one = Three(),
            other = Three();
        one.Run();
        other.Run();

        Assert.That(other.CopyText("A.cs").Replace(other.Folder, one.Folder), Is.EqualTo(one.CopyText("A.cs")));
        Assert.That(Path.GetRelativePath(other.Folder, other.Copy("A.cs")!), Is.EqualTo(Path.GetRelativePath(one.Folder, one.Copy("A.cs")!)));
    }

    /// <summary>Two files with hot methods, and one without.</summary>
    private static TemporaryProject Three()
    {
        var project = new TemporaryProject();
        project.Source("A.cs", Hot("A"));
        project.Source("B.cs", Hot("B"));
        project.Source("C.cs", "partial class C { void Cold() { } }");
        return project;
    }

    private static void Poison(TemporaryProject project, string source) => File.WriteAllText(project.Copy(source)!, "poison");
}
