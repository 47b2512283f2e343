namespace HotPathGen.EndToEnd.Tests;

/// <summary><c>dotnet run app.cs</c> with a <c>#:package</c> line.</summary>
[TestFixture]
public sealed class FileBasedApp
{
    private const string Code = """

        using HotPathGen;

        Console.WriteLine(Hot.Method(20));
        return 7;

        static class Hot
        {
            [Instrument] public static int Method(int number) => number + 1;
        }
        """;

    private readonly string _folder = Project.NewFolder();

    // File-based apps are built below this folder. The SDK does not create it.
    private Dictionary<string, string> Home => new() { ["XDG_DATA_HOME"] = Directory.CreateDirectory(Path.Combine(_folder, "home")).FullName };

    [Test]
    public void Runs_as_production_and_with_the_variable_measured()
    {
        File.WriteAllText(Path.Combine(_folder, "app.cs"), $"#:package HotPathGen@{Package.Version}\n{Code}");

        var production = Dotnet.RunWith(Home, _folder, "run", "app.cs");
        AssertAnswers(production);
        Assert.That(production.Error, Is.Empty);
        Assert.That(Directory.Exists(Path.Combine(_folder, "hotpath")), Is.False);

        var measured = Dotnet.RunWith(new(Home) { ["HotPathInstrumentation"] = "true" }, _folder, "run", "-c", "Release", "app.cs");
        AssertAnswers(measured);
        AssertSnapshot();

        AssertAnswers(Dotnet.RunWith(Home, _folder, "run", "-c", "Release", "app.cs"));
        Assert.That(Directory.Exists(Path.Combine(_folder, "hotpath")), Is.False);
    }

    [Test]
    public void A_property_line_switches_too()
    {
        File.WriteAllText(
            Path.Combine(_folder, "switched.cs"),
            $"#!/usr/bin/env dotnet\n#:package HotPathGen@{Package.Version}\n#:property HotPathInstrumentation=true\n#:property "
                + $"Configuration=Release\n{Code}"
        );

        AssertAnswers(Dotnet.RunWith(Home, _folder, "run", "switched.cs"));
        AssertSnapshot();
    }

    private static void AssertAnswers(Outcome run)
    {
        Assert.That(run.Lines.Where(line => line.Length > 0 && !line.Contains("HPG103")), Is.EqualTo(["21"]), run.ToString());
        Assert.That(run.ExitCode, Is.EqualTo(7), run.ToString());
    }

    private void AssertSnapshot()
    {
        string folder = Path.Combine(_folder, "hotpath");
        var snapshot = Snapshot.Read(Directory.GetFiles(folder).Single());
        Directory.Delete(folder, recursive: true);
        Assert.That(snapshot.Methods.Select(method => (method.Id, method.Calls)), Is.EqualTo([("M:Hot.Method(System.Int32)", 1L)]));
    }
}
