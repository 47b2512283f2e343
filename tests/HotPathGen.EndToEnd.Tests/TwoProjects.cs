namespace HotPathGen.EndToEnd.Tests;

/// <summary>An application that sees the package only through a library that references it.</summary>
[TestFixture]
public sealed class TwoProjects
{
    private const string LibrarySource = """
        using HotPathGen;

        namespace Shop;

        public static class Cart
        {
            [Instrument] public static int Total(int[] prices) => prices.Sum();
        }
        """;

    [Test]
    public void A_private_reference_leaves_the_application_alone_and_still_measures_the_library()
    {
        var application = Create(Project.Reference, """Console.WriteLine(Shop.Cart.Total([1, 2]));""");

        application.Build();
        Assert.That(application.Start().Output, Is.EqualTo("3\n"));
        Assert.That(application.OutputFiles(), Has.None.Contain("HotPath"));
        Assert.That(File.ReadAllText(application.Output("App.deps.json")), Does.Not.Contain("HotPath"));

        var build = application.BuildMeasured();
        Assert.That(build.CountOf("HPG101"), Is.EqualTo(1), build.ToString());
        Assert.That(application.Start().Output, Is.EqualTo("3\n"));
        var snapshot = application.TakeSnapshot();
        Assert.That(snapshot.Methods.Select(method => (method.Id, method.Calls)), Is.EqualTo([("M:Shop.Cart.Total(System.Int32[])", 1L)]));
        Assert.That(snapshot.Assemblies, Is.EqualTo(["Library"]));

        application.Build();
        Assert.That(application.Start().Error, Is.Empty);
        Assert.That(application.OutputFiles(), Has.None.Contain("HotPath"));
        Assert.That(File.ReadAllText(application.Output("App.deps.json")), Does.Not.Contain("HotPath"));
    }

    // Without the attribute, the assets flow that flow by default. With "none", all assets flow.
    [TestCase("")]
    [TestCase("""PrivateAssets="none" """)]
    public void A_reference_that_flows_lets_the_application_mark_methods_of_its_own(string assets)
    {
        var application = Create(
            $"""<PackageReference Include="HotPathGen" Version="{Package.Version}" {assets}/>""",
            """
            using HotPathGen;

            Console.WriteLine(Shop.Cart.Total([1, 2]) + Own.Method());

            static class Own
            {
                [Instrument] public static int Method() => 4;
            }
            """
        );

        application.Build();
        Assert.That(application.Start().Output, Is.EqualTo("7\n"));
        Assert.That(application.OutputFiles(), Has.None.Contain("HotPath"));

        var build = application.BuildMeasured();
        Assert.That(build.CountOf("HPG101"), Is.EqualTo(2), build.ToString());
        Assert.That(application.Start().Output, Is.EqualTo("7\n"));
        var snapshot = application.TakeSnapshot();
        Assert.That(
            snapshot.Methods.Select(method => (method.Id, method.Calls)),
            Is.EquivalentTo([("M:Own.Method", 1L), ("M:Shop.Cart.Total(System.Int32[])", 1L)])
        );
        Assert.That(snapshot.Assemblies, Is.EquivalentTo(["App", "Library"]));
    }

    private static Project Create(string reference, string program)
    {
        string folder = Project.NewFolder();
        Project
            .Create("Library", "<TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings>", reference, folder)
            .Write("Cart.cs", LibrarySource);
        return Project
            .Console("App", items: """<ProjectReference Include="../Library/Library.csproj" />""", folder: folder)
            .Write("Program.cs", program);
    }
}
