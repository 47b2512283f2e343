using System.IO.Compression;

namespace HotPathGen.EndToEnd.Tests;

/// <summary>What a measured build reports about itself, and what publishing and packing it reports.</summary>
[TestFixture]
public sealed class Shipping
{
    private const string Source = """
        using HotPathGen;

        Hot.Method();

        static class Hot
        {
            [Instrument] public static void Method() { }
        }
        """;

    private Project _application = null!;
    private Project _library = null!;

    [OneTimeSetUp]
    public void Build_measured()
    {
        _application = Project.Console("Shipped").Write("Program.cs", Source);
        _library = Project
            .Create("Packed", "<TargetFramework>net10.0</TargetFramework>", Project.Reference)
            .Write("Hot.cs", Source.Replace("Hot.Method();\n", ""));
    }

    [Test]
    public void Release_build_says_once_that_it_is_measured_and_warns_of_nothing()
    {
        var project = Project.Console("Says").Write("Program.cs", Source);
        var build = project.BuildMeasured();
        Assert.That(build.CountOf("HPG101"), Is.EqualTo(1), build.ToString());
        Assert.That(build.Messages, Is.Empty);
        Assert.That(CompiledAssembly.Read(project.Output("Says.dll")).IsMarkedAsMeasured, Is.True);

        // This stays a warning, even where the user turns warnings into errors.
        var debug = Dotnet.Run(project.Folder, "build", "-c", "Debug", Switch.On, "-warnaserror").MustSucceed();
        Assert.That(debug.Warnings.Select(warning => warning.Id), Is.EqualTo(["HPG103"]), debug.ToString());

        Dictionary<string, string> watched = new() { ["DOTNET_WATCH"] = "1" };
        var edited = Dotnet.RunWith(watched, project.Folder, "build", "-c", "Debug", Switch.On, "-warnaserror").MustSucceed();
        Assert.That(edited.Warnings.Select(warning => warning.Id), Is.EqualTo(["HPG103", "HPG108"]), edited.ToString());
        Assert.That(Dotnet.RunWith(watched, project.Folder, "build", "-c", "Release", Switch.On).MustSucceed().Messages, Is.Empty);

        var production = Dotnet.Run(project.Folder, "build", "-c", "Debug").MustSucceed();
        Assert.That(production.Output, Does.Not.Contain("HPG"));
        Assert.That(CompiledAssembly.Read(project.Output("Says.dll", configuration: "Debug")).IsMarkedAsMeasured, Is.False);
    }

    [Test]
    public void Publishing_a_measured_build_warns()
    {
        AssertWarnsOf("Shipped.dll", Publish(Switch.On));
        AssertWarnsOf("Shipped.dll", Publish("--no-build", Switch.On));
        AssertWarnsOf("Shipped.dll", Publish("--no-build"));
        Assert.That(Publish("--no-build", Switch.AllowShipping).Messages, Is.Empty);
        Assert.That(Publish(Switch.On, Switch.AllowShipping).Messages, Is.Empty);

        var production = Publish();
        Assert.That(production.Output, Does.Not.Contain("HPG"), production.ToString());
        Assert.That(
            Directory.GetFiles(_application.Output("publish")).Select(Path.GetFileName),
            Does.Contain("Shipped.dll").And.None.EqualTo("HotPathGen.dll")
        );
    }

    [Test]
    public void Packing_a_measured_build_is_an_error()
    {
        AssertFailsFor("Packed.dll", Pack(Switch.On));
        AssertFailsFor("Packed.dll", Pack("--no-build", Switch.On));
        AssertFailsFor("Packed.dll", Pack("--no-build"));
        Assert.That(Pack("--no-build", Switch.AllowShipping).MustSucceed().Messages, Is.Empty);
        Assert.That(InPackage(), Is.EquivalentTo(["lib/net10.0/HotPathGen.dll", "lib/net10.0/Packed.dll"]));
        Assert.That(Pack(Switch.On, Switch.AllowShipping).MustSucceed().Messages, Is.Empty);
        Assert.That(InPackage(), Is.EquivalentTo(["lib/net10.0/HotPathGen.dll", "lib/net10.0/Packed.dll"]));

        var production = Pack().MustSucceed();
        Assert.That(production.Output, Does.Not.Contain("HPG"), production.ToString());
        Assert.That(InPackage(), Is.EqualTo(["lib/net10.0/Packed.dll"]));

        Assert.That(Pack(Switch.AllowShipping).MustSucceed().Messages, Is.Empty);
        Assert.That(InPackage(), Is.EqualTo(["lib/net10.0/Packed.dll"]));
    }

    [Test]
    public void Packing_a_measured_tool_is_an_error_too()
    {
        var tool = Project.Console("Tool", "<PackAsTool>true</PackAsTool>").Write("Program.cs", Source);

        Assert.That(
            Dotnet
                .Run(tool.Folder, "pack", "-c", "Release", Switch.On)
                .MustFail()
                .Errors.Select(error => (error.Id, error.Text.Contains("Tool.dll"))),
            Is.EqualTo([("HPG104", true)])
        );
    }

    [Test]
    public void A_production_application_warns_of_a_measured_library_in_it()
    {
        string folder = Project.NewFolder();
        string flowing = $"""<PackageReference Include="HotPathGen" Version="{Package.Version}" PrivateAssets="none" />""";
        Project
            .Create("Inner", "<TargetFramework>net10.0</TargetFramework><HotPathInstrumentation>true</HotPathInstrumentation>", flowing, folder)
            .Write("Hot.cs", Source.Replace("Hot.Method();\n", "").Replace("static class Hot", "public static class Hot"));
        var application = Project
            .Console("Outer", items: """<ProjectReference Include="../Inner/Inner.csproj" />""", folder: folder)
            .Write("Program.cs", "Hot.Method();");

        AssertWarnsOf("Inner.dll", Dotnet.Run(application.Folder, "publish", "-c", "Release").MustSucceed());
        Assert.That(CompiledAssembly.Read(application.Output("Outer.dll")).IsMarkedAsMeasured, Is.False);
    }

    private Outcome Publish(params string[] more) => Dotnet.Run(_application.Folder, ["publish", "-c", "Release", .. more]).MustSucceed();

    private Outcome Pack(params string[] more) => Dotnet.Run(_library.Folder, ["pack", "-c", "Release", .. more]);

    private IEnumerable<string> InPackage()
    {
        using var package = ZipFile.OpenRead(Path.Combine(_library.Folder, "bin", "Release", "Packed.1.0.0.nupkg"));
        return [.. package.Entries.Select(entry => entry.FullName).Where(name => name.EndsWith(".dll", StringComparison.Ordinal))];
    }

    private static void AssertFailsFor(string file, Outcome outcome)
    {
        Assert.That(
            outcome.MustFail().Messages.Select(message => (message.Severity, message.Id)),
            Is.EqualTo([("error", "HPG104")]),
            outcome.ToString()
        );
        Assert.That(outcome.Errors[0].Text, Does.Contain(file));
    }

    private static void AssertWarnsOf(string file, Outcome outcome)
    {
        Assert.That(outcome.Messages.Select(message => message.Id), Is.EqualTo(["HPG104"]), outcome.ToString());
        Assert.That(outcome.Warnings[0].Text, Does.Contain(file));
    }
}
