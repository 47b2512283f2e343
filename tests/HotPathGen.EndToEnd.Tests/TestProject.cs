namespace HotPathGen.EndToEnd.Tests;

/// <summary><c>dotnet test</c>, which passes no properties on to the build but inherits the environment.</summary>
[TestFixture]
public sealed class TestProject
{
    [Test]
    public void Environment_variable_measures_what_tests_call()
    {
        Project project = Project.Create("Tested", "<TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings>", Project.Reference + string.Concat(
            ((string[])["Microsoft.NET.Test.Sdk", "NUnit", "NUnit3TestAdapter"]).Select(package => $"""<PackageReference Include="{package}" Version="{Package.VersionOf(package)}" />""")))
            .Write("Tests.cs", """
                using HotPathGen;
                using NUnit.Framework;

                public class Tests
                {
                    [TestCase(1), TestCase(2), TestCase(3)]
                    public void Doubles(int number) => Assert.That(Hot.Twice(number), Is.EqualTo(2 * number));
                }

                public static class Hot
                {
                    [Instrument] public static int Twice(int number) => number * 2;
                }
                """);
        string file = Path.Combine(project.Folder, "tests.hotpath.json");

        Dotnet.RunWith(
            new()
            {
                ["HotPathInstrumentation"] = "true",
                ["HOTPATH_OUTPUT"] = file,
                // VSTest ends its host by force 100 ms after the last test unless told to wait.
                ["VSTEST_TESTHOST_SHUTDOWN_TIMEOUT"] = "60000",
            },
            project.Folder,
            "test", "-c", "Release").MustSucceed();

        Assert.That(Snapshot.Read(file)["M:Hot.Twice(System.Int32)"].Calls, Is.EqualTo(3));
    }
}
