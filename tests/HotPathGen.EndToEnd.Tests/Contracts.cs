namespace HotPathGen.EndToEnd.Tests;

/// <summary>
/// A method that must not allocate, in a project with the package: calls that break it, unknown calls, and calls on the allow list.
/// </summary>
[TestFixture]
public sealed class Contracts
{
    [Test]
    public void A_contract_is_checked_in_the_build_and_a_file_allows_foreign_members()
    {
        const string source = """
            using HotPathGen;

            Hot.Log(1);

            public static class Hot
            {
                public static object? Kept;

                [Instrument(MaxBytesPerCall = 0)]
                public static void Log(int id) => Kept = id;
            }
            """;
        var project = Project
            .Console("Contract", items: """<HotPathDoesNotAllocate Include="clean.txt" />""" + Project.Reference)
            .Write("clean.txt", "# nothing yet\n")
            .Write("Program.cs", source);
        var broken = Dotnet.Run(project.Folder, "build", "-c", "Release");
        Assert.That(broken.Output, Does.Contain("Program.cs(10,46): error HPG401: 'Hot.Log' is allowed 0 bytes per call: "));

        project.Write("Program.cs", source.Replace("Kept = id", "System.Console.Beep()"));
        Assert.That(project.Build().Warnings.Select(static warning => warning.Id), Is.EqualTo(["HPG402"]));

        project.Write("clean.txt", "M:System.Console.Beep\n");
        Assert.That(project.Build().Warnings, Is.Empty);
    }
}
