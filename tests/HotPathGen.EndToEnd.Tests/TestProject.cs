namespace HotPathGen.EndToEnd.Tests;

/// <summary><c>dotnet test</c>, which passes no properties on to the build but inherits the environment.</summary>
[TestFixture]
public sealed class TestProject
{
    [Test]
    public void Environment_variable_measures_what_tests_call()
    {
        var project = Project
            .Create(
                "Tested",
                "<TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings>",
                Project.Reference
                    + string.Concat(
                        ((string[])["Microsoft.NET.Test.Sdk", "NUnit", "NUnit3TestAdapter"]).Select(package =>
                            $"""<PackageReference Include="{package}" Version="{Package.VersionOf(package)}" />"""
                        )
                    )
            )
            .Write(
                "Tests.cs",
                """
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
                """
            );

        var outcome = Dotnet
            .RunWith(
                new()
                {
                    ["HotPathInstrumentation"] = "true",
                    // VSTest kills its host 100 ms after the last test, unless it is told to wait.
                    ["VSTEST_TESTHOST_SHUTDOWN_TIMEOUT"] = "60000",
                },
                project.Folder,
                "test",
                "-c",
                "Release"
            )
            .MustSucceed();

        // The host starts in bin. Its snapshot is elsewhere, and the console says where.
        string folder = Path.Combine(project.Folder, "hotpath");
        Assert.That(outcome.Output, Does.Contain($"Tested -> snapshots of its tests: {folder}"));
        Assert.That(Snapshot.Read(Directory.GetFiles(folder, "testhost-*.hotpath.json").Single())["M:Hot.Twice(System.Int32)"].Calls, Is.EqualTo(3));
    }
}
