namespace HotPathGen.EndToEnd.Tests;

/// <summary>One project that is built in both ways in turn, without cleaning in between.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class Switching
{
    private const string Program = """
        using HotPathGen;

        Console.WriteLine(First.Answer() + Second.Answer() + Third.Answer());

        static class First
        {
            [Instrument] public static int Answer() => 1;
        }
        """;

    private const string Unmarked = """
        static class Second
        {
            public static int Answer() => 20;
        }
        """;

    private const string Marked = """
        using HotPathGen;

        static class Third
        {
            [Instrument]
            public static int Answer()
            {
        #if HOTPATH_INSTRUMENTATION
                return 300 + 0;
        #else
                return 300;
        #endif
            }
        }
        """;

    private readonly Project _project = Project.Console("Turns").Write("Program.cs", Program).Write("Second.cs", Unmarked).Write("Third.cs", Marked);

    [Test]
    public void Back_and_forth_never_leaves_a_stale_body()
    {
        _project.Build();
        byte[] production = File.ReadAllBytes(_project.Output("Turns.dll"));
        AssertProduction(production);

        _project.BuildMeasured();
        AssertMeasured("M:First.Answer", "M:Third.Answer");

        _project.BuildMeasured(Switch.All);
        AssertMeasured("M:First.Answer", "M:Second.Answer", "M:Third.Answer");

        _project.BuildMeasured();
        AssertMeasured("M:First.Answer", "M:Third.Answer");

        _project.Build();
        AssertProduction(production);
    }

    [Test]
    public void Environment_variable_switches_as_the_property_does()
    {
        Dotnet.RunWith(new() { ["HotPathInstrumentation"] = "true" }, _project.Folder, "build", "-c", "Release").MustSucceed();
        AssertMeasured("M:First.Answer", "M:Third.Answer");

        Dotnet
            .RunWith(new() { ["HotPathInstrumentation"] = "true", ["HotPathInstrumentAll"] = "true" }, _project.Folder, "build", "-c", "Release")
            .MustSucceed();
        AssertMeasured("M:First.Answer", "M:Second.Answer", "M:Third.Answer");
    }

    [Test]
    public void Instrument_all_without_the_switch_changes_nothing()
    {
        _project.Build(Switch.All);
        AssertProduction(File.ReadAllBytes(_project.Output("Turns.dll")));
    }

    [Test]
    public void A_second_measured_build_does_not_compile_again()
    {
        _project.BuildMeasured();
        var compiled = File.GetLastWriteTimeUtc(_project.Intermediate("Turns.dll"));
        var prepared = File.GetLastWriteTimeUtc(_project.Intermediate("hotpath/prepared.stamp"));
        byte[] module = File.ReadAllBytes(_project.Output("Turns.dll"));

        var second = _project.BuildMeasured();

        Assert.That(File.GetLastWriteTimeUtc(_project.Intermediate("Turns.dll")), Is.EqualTo(compiled));
        Assert.That(File.GetLastWriteTimeUtc(_project.Intermediate("hotpath/prepared.stamp")), Is.EqualTo(prepared));
        Assert.That(File.ReadAllBytes(_project.Output("Turns.dll")), Is.EqualTo(module));
        Assert.That(second.CountOf("HPG101"), Is.EqualTo(1), second.ToString());
        AssertMeasured("M:First.Answer", "M:Third.Answer");
    }

    [Test]
    public void An_edit_prepares_the_edited_file_alone()
    {
        _project.BuildMeasured();
        var third = File.GetLastWriteTimeUtc(Copy("Third.cs"));

        // Prepare overwrites a copy that differs from the text that it would write. So this mark stays only if prepare leaves the file out.
        string touched = File.ReadAllText(Copy("Program.cs"));
        File.WriteAllText(Copy("Program.cs"), touched + "// kept");
        _project.Write("Third.cs", Marked.Replace("300", "400"));
        _project.BuildMeasured();

        Assert.That(File.ReadAllText(Copy("Program.cs")), Does.EndWith("// kept"));
        Assert.That(File.GetLastWriteTimeUtc(Copy("Third.cs")), Is.GreaterThan(third));
        Assert.That(_project.Start().Output, Is.EqualTo("421\n"));
    }

    [Test]
    public void An_edit_between_two_builds_of_the_other_kind_arrives_in_both()
    {
        _project.BuildMeasured();
        _project.Build();
        _project.Write("Third.cs", Marked.Replace("300", "400"));

        _project.Build();
        Assert.That(_project.Start().Output, Is.EqualTo("421\n"));
        _project.BuildMeasured();
        Assert.That(_project.Start().Output, Is.EqualTo("421\n"));
        Assert.That(_project.TakeSnapshot()["M:Third.Answer"].Calls, Is.EqualTo(1));
    }

    [Test]
    public void A_removed_file_takes_its_copy_with_it()
    {
        _project.BuildMeasured();
        Assert.That(Copies(), Is.EquivalentTo(["Program.cs", "Third.cs"]));

        File.Delete(Path.Combine(_project.Folder, "Third.cs"));
        _project.Write("Program.cs", Program.Replace(" + Third.Answer()", ""));
        _project.BuildMeasured();

        Assert.That(Copies(), Is.EquivalentTo(["Program.cs"]));
        Assert.That(_project.Start().Output, Is.EqualTo("21\n"));
        Assert.That(_project.TakeSnapshot().Methods.Select(method => method.Id), Is.EqualTo(["M:First.Answer"]));
    }

    [Test]
    public void Clean_takes_the_copies_away()
    {
        _project.BuildMeasured();
        Dotnet.Run(_project.Folder, "clean", "-c", "Release", Switch.On).MustSucceed();

        Assert.That(Copies(), Is.Empty);
        Assert.That(File.Exists(_project.Output("HotPathGen.dll")), Is.False);
        _project.BuildMeasured();
        AssertMeasured("M:First.Answer", "M:Third.Answer");
    }

    private void AssertProduction(byte[] expected)
    {
        var run = _project.Start();
        Assert.That(run.Output, Is.EqualTo("321\n"));
        Assert.That(run.Error, Is.Empty);
        Assert.That(_project.Snapshots, Is.Empty);
        Assert.That(_project.OutputFiles(), Has.None.Contain("HotPath"));
        Assert.That(File.ReadAllText(_project.Output("Turns.deps.json")), Does.Not.Contain("HotPath"));
        Assert.That(File.ReadAllBytes(_project.Output("Turns.dll")), Is.EqualTo(expected));
        Assert.That(CompiledAssembly.Read(_project.Output("Turns.dll")).Methods, Has.None.Contain("__plain"));
    }

    private void AssertMeasured(params string[] hot)
    {
        Assert.That(_project.Start().Output, Is.EqualTo("321\n"));
        var snapshot = _project.TakeSnapshot();
        Assert.That(snapshot.Methods.Select(method => method.Id).Where(id => id.Contains("Answer")), Is.EquivalentTo(hot));
        Assert.That(snapshot.Methods.Where(method => method.Id.Contains("Answer")).Select(method => method.Calls), Is.Not.Empty.And.All.EqualTo(1));
        Assert.That(_project.OutputFiles(), Does.Contain("HotPathGen.dll"));
    }

    private string Copy(string name) => Directory.GetFiles(_project.Intermediate("hotpath"), name, SearchOption.AllDirectories).Single();

    private string[] Copies() =>
        Directory.Exists(_project.Intermediate("hotpath"))
            ? [.. Directory.GetFiles(_project.Intermediate("hotpath"), "*.cs", SearchOption.AllDirectories).Select(file => Path.GetFileName(file))]
            : [];
}
