namespace HotPathGen.EndToEnd.Tests;

/// <summary>
/// A measured program, published in every way that changes how its code is run. It is compared with its ordinary measured run.
/// </summary>
[TestFixture]
public sealed class Published
{
    private const string Native = "-p:PublishAot=true";

    private const string Source = """
        using System.Diagnostics;
        using HotPathGen;

        // What the base library allocates at first use is of the way of publishing, and dropped.
        string text = await Shapes.AllAsync();
        HotPath.Reset();
        Console.WriteLine(text == await Shapes.AllAsync() ? text : "answers differ");
        switch (args)
        {
            case ["throw"]:
                Shapes.Throw();
                break;
            case ["exit"]:
                Environment.Exit(3);
                break;
            case ["terminate"]:
                Process.Start("kill", ["-TERM", Environment.ProcessId.ToString()]);
                Thread.Sleep(Timeout.Infinite);
                break;
            case ["snapshot", var path]:
                HotPath.WriteSnapshot(path);
                Console.WriteLine(HotPath.Snapshot().Contains("hotpath/1"));
                break;
        }

        [Instrument]
        static class Shapes
        {
            [DoNotInstrument]
            public static async Task<string> AllAsync()
            {
                Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(AllocateMuch))];
                Array.ForEach(threads, thread => thread.Start());
                Array.ForEach(threads, thread => thread.Join());
                using (HotPath.Measure("a block"))
                    Allocate();
                int sum = 0;
                await foreach (int number in UptoAsync(4))
                    sum += number;
                return string.Join(' ',
                    Count("one two three"), Largest<int>([3, 7, 5]), Largest<Version>([new(1, 2), new(1, 3)]), await LaterAsync(42), Upto(4).Sum(), sum,
                    new Grid(3).Sum, ((IShape)new Square(5)).Area(), WithLocal(6), Caught());
            }

            [DoNotInstrument]
            private static void AllocateMuch()
            {
                for (int i = 0; i < 1000; i++)
                    Allocate();
            }

            [DoNotInstrument]
            private static string Caught()
            {
                try
                {
                    Throw();
                    return "nothing";
                }
                catch (InvalidOperationException e)
                {
                    return e.Message;
                }
            }

            public static int Count(string text) => text.Split(' ').Length;

            public static T Largest<T>(IReadOnlyList<T> items) where T : IComparable<T>
            {
                T largest = items[0];
                for (int i = 1; i < items.Count; i++)
                {
                    if (items[i].CompareTo(largest) > 0) largest = items[i];
                }
                return largest;
            }

            public static async Task<int> LaterAsync(int number)
            {
                await Task.Yield();
                return number;
            }

            public static IEnumerable<int> Upto(int end)
            {
                for (int i = 0; i < end; i++)
                    yield return i;
            }

            public static async IAsyncEnumerable<int> UptoAsync(int end)
            {
                for (int i = 0; i < end; i++)
                {
                    await Task.Yield();
                    yield return i;
                }
            }

            public static void Allocate() => s_kept = new byte[1000];
            private static byte[]? s_kept;

            public static void Throw() => throw new InvalidOperationException("thrown");

            [DoNotInstrument]
            public static int WithLocal(int number)
            {
                return Square(number);

                [Instrument] static int Square(int number) => number * number;
            }
        }

        sealed class Grid
        {
            private readonly int[] _cells;
            [Instrument] public Grid(int size) => _cells = new int[size];
            [Instrument] public int Sum => _cells.Sum();
        }

        interface IShape
        {
            int Area();
        }

        sealed class Square(int side) : IShape
        {
            [Instrument] public int Area() => side * side;
        }
        """;

    private const string Expected = "3 7 1.3 42 6 6 0 25 36 thrown\n";

    /// <summary>Bytes differ by tier.</summary>
    private static readonly Dictionary<string, string> s_oneTier = new() { ["DOTNET_TieredCompilation"] = "0" };

    private Project _project = null!;
    private Snapshot _ordinary = null!;
    private string? _native;

    [OneTimeSetUp]
    public void Run_as_built()
    {
        _project = Project.Console("Sent", "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>").Write("Program.cs", Source);
        _project.BuildMeasured();
        Assert.That(_project.Start(s_oneTier).Output, Is.EqualTo(Expected));
        _ordinary = _project.TakeSnapshot();
        Assert.That(_ordinary["M:Shapes.Allocate"].InclusiveBytes, Is.EqualTo(4_001 * 1024));
        Assert.That(
            _ordinary.Methods.Select(method => method.Form).Distinct(),
            Is.EquivalentTo(["pair", "in-place", "async", "iterator", "async-iterator", "block"])
        );
    }

    [Test]
    public void Native_code_measures_as_an_ordinary_build_however_it_ends()
    {
        string program = PublishNative();
        AssertSameFigures(program);
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(program)!, "*.dll"), Is.Empty);

        AssertWritten(Run(program, "throw"), exitCode: OperatingSystem.IsWindows() ? unchecked((int)0xC0000409) : 134, throws: 2);
        AssertWritten(Run(program, "exit"), exitCode: 3, throws: 1);
        if (!OperatingSystem.IsWindows())
        {
            AssertWritten(Run(program, "terminate"), exitCode: 143, throws: 1);
        }

        string path = Path.Combine(Project.NewFolder(), "asked.json");
        Assert.That(Run(program, "snapshot", path).MustSucceed().Output, Is.EqualTo(Expected + "True\n"));
        Assert.That(Snapshot.Read(path)["M:Shapes.Allocate"].Calls, Is.EqualTo(4_001));
        _project.TakeSnapshot();
    }

    [Test]
    public void Native_code_says_that_no_tier_chose_it()
    {
        var run = Run(PublishNative()).MustSucceed();
        _project.TakeSnapshot();
        Assert.That(run.Error, Does.Contain("compiled ahead of time").And.Not.Contain("tiered").And.Not.Contain("unoptimized"));
    }

    [Test]
    public void Native_code_takes_its_settings_from_the_environment()
    {
        string program = PublishNative();
        string folder = Project.NewFolder("out put");
        var named = Dotnet.Start(
            program,
            new()
            {
                ["HOTPATH_OUTPUT"] = Path.Combine(folder, "deep", "{app}.json"),
                ["HOTPATH_CLOCK"] = "stopwatch",
                ["HOTPATH_SUMMARY"] = "none",
            },
            _project.Folder
        );
        Assert.That((named.Output, named.Error), Is.EqualTo((Expected, "")), named.ToString());
        Assert.That(Snapshot.Read(Path.Combine(folder, "deep", "Sent.json"))["M:Shapes.Allocate"].InclusiveNs, Is.Positive);

        var off = Dotnet.Start(program, new() { ["HOTPATH"] = "off" }, _project.Folder);
        Assert.That((off.Output, off.Error), Is.EqualTo((Expected, "")), off.ToString());
        Assert.That(_project.Snapshots, Is.Empty);
    }

    [Test]
    public void Trimmed_code_measures_as_an_ordinary_build() => AssertSameFigures(Publish("--self-contained", "-p:PublishTrimmed=true"));

    [TestCase("--no-self-contained")]
    [TestCase("--self-contained")]
    public void A_single_file_measures_as_an_ordinary_build(string runtime)
    {
        string program = Publish(runtime, "-p:PublishSingleFile=true");
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(program)!, "*.dll"), Is.Empty);
        AssertSameFigures(program);
    }

    [Test]
    public void Publishing_native_code_of_measured_assemblies_warns()
    {
        IgnoreWithoutToolchain();
        string folder = Project.NewFolder();
        string flowing = Project.Reference.Replace("all", "none");
        Project
            .Create("Inner", "<TargetFramework>net10.0</TargetFramework><HotPathInstrumentation>true</HotPathInstrumentation>", flowing, folder)
            .Write("Hot.cs", "public static class Hot { [HotPathGen.Instrument] public static void Method() { } }");
        var application = Project
            .Console("Outer", items: flowing + """<ProjectReference Include="../Inner/Inner.csproj" />""", folder: folder)
            .Write("Program.cs", "Hot.Method();");

        var inner = Dotnet.Run(application.Folder, "publish", "-c", "Release", "--use-current-runtime", Native).MustSucceed();
        Assert.That(
            inner.Messages.Select(message => (message.Id, message.Text.Contains("Inner.dll"), message.Text.Contains("Outer.dll"))),
            Is.EqualTo([("HPG104", true, false)]),
            inner.ToString()
        );

        var both = Dotnet.Run(application.Folder, "publish", "-c", "Release", "--use-current-runtime", Native, Switch.On).MustSucceed();
        Assert.That(
            both.Messages.Select(message => (message.Id, message.Text.Contains("Inner.dll"), message.Text.Contains("Outer.dll"))),
            Is.EqualTo([("HPG104", true, true)]),
            both.ToString()
        );
    }

    private static void IgnoreWithoutToolchain()
    {
        if (NativeToolchain.Missing is { } missing)
        {
            Assert.Ignore(missing);
        }
    }

    private string PublishNative()
    {
        IgnoreWithoutToolchain();
        return _native ??= Publish(Native);
    }

    /// <summary>Publishes the measured project, without any warning, and returns the program's path.</summary>
    private string Publish(params string[] way)
    {
        string output = Project.NewFolder("published");
        var publish = Dotnet
            .Run(
                _project.Folder,
                [
                    "publish",
                    "-c",
                    "Release",
                    "--use-current-runtime",
                    Switch.On,
                    Switch.AllowShipping,
                    "-p:TrimmerSingleWarn=false",
                    "-o",
                    output,
                    .. way,
                ]
            )
            .MustSucceed();
        Assert.That(publish.Messages, Is.Empty, publish.ToString());
        return Path.Combine(output, OperatingSystem.IsWindows() ? "Sent.exe" : "Sent");
    }

    private Outcome Run(string program, params string[] arguments) => Dotnet.Start(program, [], _project.Folder, arguments);

    private void AssertSameFigures(string program)
    {
        var run = Dotnet.Start(program, s_oneTier, _project.Folder).MustSucceed();
        Assert.That(run.Output, Is.EqualTo(Expected));
        Assert.That(run.Error, Does.Contain("Shapes.Allocate()").And.Contain(".hotpath.json"));
        Assert.That(_project.TakeSnapshot().Methods.Select(Figures), Is.EquivalentTo(_ordinary.Methods.Select(Figures)));

        // The bytes of thrown exceptions, and of the thread pool's queues, depend on the base library. They are not compared.
        static (string, string, int, string, long, long, long) Figures(MeasuredMethod method) =>
            (
                method.Id,
                method.File,
                method.Line,
                method.Form,
                method.Calls,
                method.Failures,
                method.Failures > 0 || method.Form.StartsWith("async", StringComparison.Ordinal) ? 0 : method.InclusiveBytes
            );
    }

    private void AssertWritten(Outcome run, int exitCode, long throws)
    {
        Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.ToString());
        Assert.That(run.Output, Is.EqualTo(Expected));
        Assert.That(run.Error, Does.Contain("Shapes.Allocate()"));
        var snapshot = _project.TakeSnapshot();
        Assert.That((snapshot["M:Shapes.Allocate"].Calls, snapshot["M:Shapes.Throw"].Calls), Is.EqualTo((4_001, throws)));
    }
}
