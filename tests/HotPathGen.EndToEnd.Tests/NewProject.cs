namespace HotPathGen.EndToEnd.Tests;

/// <summary>A new console project with a package reference and hot methods of every form, built and run both ways.</summary>
[TestFixture]
public sealed class NewProject
{
    private const string Source = """
        using HotPathGen;

        Console.WriteLine(Shapes.Count("one two three") + Shapes.Count("four") + Shapes.Count(""));
        Console.WriteLine(Shapes.Largest<int>([3, 7, 5]) + Shapes.Largest<string>(["a", "c", "b"]));
        Console.WriteLine(new Point(3, 4).Length());
        IShape square = new Square(5);
        Console.WriteLine(square.Area() + square.Edges());
        Func<int, int> twice = Shapes.Twice;
        Console.WriteLine(Enumerable.Range(0, 10).Select(twice).Sum());
        Console.WriteLine("abc".Reversed());
        Console.WriteLine(await Shapes.LaterAsync(20) + await Shapes.SoonAsync(22));
        Console.WriteLine(Shapes.Upto(4).Sum());
        int sum = 0;
        await foreach (int number in Shapes.UptoAsync(4))
            sum += number;
        Console.WriteLine(sum);
        var grid = new Grid(3);
        Console.WriteLine(grid[1] + grid.Sum + (grid + grid).Sum);
        Console.WriteLine(Marked.Direct() + Marked.Nested() + Marked.LeftOut());
        Console.WriteLine(new Pairs().Written("x", 3));
        Console.WriteLine(Shapes.Recursive(10));
        for (int i = 0; i < 5; i++)
            Shapes.Allocate();
        using (HotPath.Measure("a block"))
            Console.WriteLine("in a block");
        try
        {
            Shapes.Throws();
        }
        catch (InvalidOperationException e)
        {
            Console.WriteLine(e.Message);
        }
        Console.WriteLine(Shapes.WithLocal(6));

        static class Shapes
        {
            [Instrument] public static int Count(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

            [Instrument]
            public static T Largest<T>(IReadOnlyList<T> items) where T : IComparable<T>
            {
                T largest = items[0];
                foreach (T item in items)
                {
                    if (item.CompareTo(largest) > 0) largest = item;
                }
                return largest;
            }

            [Instrument] public static int Twice(int number) => number * 2;

            [Instrument] public static string Reversed(this string text) => new(text.Reverse().ToArray());

            [Instrument]
            public static async Task<int> LaterAsync(int number)
            {
                await Task.Yield();
                return number;
            }

            [Instrument]
            public static async ValueTask<int> SoonAsync(int number)
            {
                await Task.CompletedTask;
                return number;
            }

            [Instrument]
            public static IEnumerable<int> Upto(int end)
            {
                for (int i = 0; i < end; i++)
                    yield return i;
            }

            [Instrument]
            public static async IAsyncEnumerable<int> UptoAsync(int end)
            {
                for (int i = 0; i < end; i++)
                {
                    await Task.Yield();
                    yield return i;
                }
            }

            [Instrument] public static int Recursive(int depth) => depth == 0 ? 0 : 1 + Recursive(depth - 1);

            [Instrument] public static void Allocate() => s_kept = new byte[1000];
            public static byte[]? s_kept;

            [Instrument] public static void Throws() => throw new InvalidOperationException("thrown");

            public static int WithLocal(int number)
            {
                return Square(number);

                [Instrument] static int Square(int number) => number * number;
            }
        }

        readonly struct Point(double x, double y)
        {
            [Instrument] public double Length() => Math.Sqrt(x * x + y * y);
        }

        interface IShape
        {
            int Area();
            int Edges();
        }

        sealed class Square(int side) : IShape
        {
            [Instrument] public int Area() => side * side;
            [Instrument] int IShape.Edges() => 4;
        }

        sealed class Grid
        {
            private readonly int[] _cells;
            [Instrument] public Grid(int size) => _cells = Enumerable.Range(0, size).ToArray();
            [Instrument] public int this[int index] => _cells[index];
            [Instrument] public int Sum => _cells.Sum();
            [Instrument] public static Grid operator +(Grid left, Grid right) => new(left._cells.Length + right._cells.Length);
        }

        [Instrument]
        static class Marked
        {
            public static int Direct() => 1;
            public static int Nested() => Inner.Method();
            [DoNotInstrument] public static int LeftOut() => 3;

            private static class Inner
            {
                public static int Method() => 2;
            }
        }

        partial class Pairs
        {
            [Instrument] public partial string Written(string text, int times);
            private string WrittenCore(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
        }
        """;

    private const string Expected = """
        4
        7c
        5
        29
        90
        cba
        42
        6
        6
        19
        6
        xxx
        10
        in a block
        thrown
        36

        """;

    /// <summary>Every hot method of <see cref="Source"/>: its documentation-comment id, its calls and its form.</summary>
    private static readonly (string Id, long Calls, string Form)[] s_hot =
    [
        ("M:Shapes.Count(System.String)", 3, "pair"),
        ("M:Shapes.Largest``1(System.Collections.Generic.IReadOnlyList{``0})", 2, "pair"),
        ("M:Shapes.Twice(System.Int32)", 10, "pair"),
        ("M:Shapes.Reversed(System.String)", 1, "pair"),
        ("M:Shapes.LaterAsync(System.Int32)", 1, "async"),
        ("M:Shapes.SoonAsync(System.Int32)", 1, "async"),
        ("M:Shapes.Upto(System.Int32)", 1, "iterator"),
        ("M:Shapes.UptoAsync(System.Int32)", 1, "async-iterator"),
        ("M:Shapes.Recursive(System.Int32)", 11, "pair"),
        ("M:Shapes.Allocate", 5, "pair"),
        ("M:Shapes.Throws", 1, "pair"),
        ("M:Shapes.WithLocal(System.Int32)|Square", 1, "in-place"),
        ("M:Point.Length", 1, "pair"),
        ("M:Square.Area", 1, "pair"),
        ("M:Square.IShape#Edges", 1, "pair"),
        ("M:Grid.#ctor(System.Int32)", 2, "in-place"),
        ("M:Grid.get_Item(System.Int32)", 1, "pair"),
        ("M:Grid.get_Sum", 2, "pair"),
        ("M:Grid.op_Addition(Grid,Grid)", 1, "pair"),
        ("M:Marked.Direct", 1, "pair"),
        ("M:Marked.Nested", 1, "pair"),
        ("M:Marked.Inner.Method", 1, "pair"),
        ("M:Pairs.Written(System.String,System.Int32)", 1, "pair"),
        ("B:a block", 1, "block"),
    ];

    private Project _project = null!;
    private Outcome _production = null!;
    private string[] _productionFiles = null!;
    private string _productionDependencies = null!;
    private CompiledAssembly _productionAssembly = null!;
    private bool _productionWrote;
    private Outcome _measured = null!;
    private Snapshot _snapshot = null!;

    [OneTimeSetUp]
    public void Build_and_run_both_ways()
    {
        _project = Project.Console("Fresh").Write("Program.cs", Source);
        _production = Dotnet.Run(_project.Folder, "run", "-c", "Release").MustSucceed();
        _productionFiles = _project.OutputFiles();
        _productionDependencies = File.ReadAllText(_project.Output("Fresh.deps.json"));
        _productionAssembly = CompiledAssembly.Read(_project.Output("Fresh.dll"));
        _productionWrote = Directory.Exists(Path.Combine(_project.Folder, "hotpath"));
        _measured = Dotnet.Run(_project.Folder, "run", "-c", "Release", Switch.On).MustSucceed();
        _snapshot = _project.TakeSnapshot();
    }

    [Test]
    public void Production_prints_only_its_own_output()
    {
        Assert.That(_production.Output, Is.EqualTo(Expected));
        Assert.That(_production.Error, Is.Empty);
    }

    [Test]
    public void Production_writes_no_snapshot() => Assert.That(_productionWrote, Is.False);

    [Test]
    public void Production_output_folder_does_not_hold_the_runtime()
    {
        Assert.That(_productionFiles, Does.Contain("Fresh.dll"));
        Assert.That(_productionFiles, Has.None.Contain("HotPath"));
        Assert.That(_productionDependencies, Does.Contain("Fresh").And.Not.Contain("HotPath"));
    }

    [Test]
    public void Production_assembly_neither_references_nor_holds_anything_of_ours_but_the_no_op_it_calls()
    {
        Assert.That(_productionAssembly.References, Does.Contain("System.Runtime").And.None.Contain("HotPath"));
        Assert.That(
            _productionAssembly.Types.Where(type => type.Contains("HotPath") || type.Contains("Instrument")),
            Is.EqualTo(["HotPathGen.HotPath"])
        );
        Assert.That(_productionAssembly.Methods, Has.None.Contain("__plain").And.None.Contain("hotpath"));
        Assert.That(_productionAssembly.IsMarkedAsMeasured, Is.False);
    }

    [Test]
    public void Measured_prints_the_same_to_standard_output() => Assert.That(_measured.Output, Is.EqualTo(Expected));

    [Test]
    public void Measured_prints_the_summary_to_standard_error()
    {
        Assert.That(_measured.Error, Does.Contain("Shapes.Allocate").And.Contain(".hotpath.json"));
    }

    [Test]
    public void Snapshot_follows_its_schema() => Assert.That(_snapshot.Schema, Is.EqualTo("hotpath/1"));

    [Test]
    public void Snapshot_has_figures_for_every_hot_method_and_for_no_other()
    {
        Assert.That(_snapshot.Methods.Select(method => (method.Id, method.Calls, method.Form)), Is.EquivalentTo(s_hot));
        Assert.That(_snapshot.Methods.Where(method => method.InclusiveNs < 0 || method.InclusiveBytes < 0 || method.SelfBytes < 0), Is.Empty);
    }

    [Test]
    public void Bytes_are_exact()
    {
        Assert.That(_snapshot["M:Shapes.Allocate"].SelfBytes, Is.EqualTo(5 * 1024));
        Assert.That(_snapshot["M:Shapes.Twice(System.Int32)"].InclusiveBytes, Is.Zero);
    }

    [Test]
    public void A_call_left_by_an_exception_is_a_failure()
    {
        Assert.That(_snapshot["M:Shapes.Throws"].Failures, Is.EqualTo(1));
        Assert.That(_snapshot.Methods.Sum(method => method.Failures), Is.EqualTo(1));
    }

    [Test]
    public void Rows_name_the_users_file_and_line()
    {
        string[] lines = Source.ReplaceLineEndings("\n").Split('\n');
        var allocate = _snapshot["M:Shapes.Allocate"];
        Assert.That(allocate.File, Is.EqualTo("Program.cs"));
        Assert.That(lines[allocate.Line - 1], Does.Contain("public static void Allocate()"));
        Assert.That(lines[_snapshot["M:Shapes.LaterAsync(System.Int32)"].Line - 1], Does.Contain("LaterAsync(int number)"));
        Assert.That(lines[_snapshot["M:Pairs.Written(System.String,System.Int32)"].Line - 1], Does.Contain("public partial string Written"));
    }

    [Test]
    public void Output_variable_names_the_snapshot_file()
    {
        string folder = Project.NewFolder("out put");
        var run = _project.Start(new() { ["HOTPATH_OUTPUT"] = Path.Combine(folder, "deep", "{app}.hotpath.json") });
        Assert.That(run.Output, Is.EqualTo(Expected));
        Assert.That(Directory.GetFiles(folder, "*", SearchOption.AllDirectories), Is.EqualTo([Path.Combine(folder, "deep", "Fresh.hotpath.json")]));
        Assert.That(Snapshot.Read(Path.Combine(folder, "deep", "Fresh.hotpath.json"))["M:Shapes.Allocate"].Calls, Is.EqualTo(5));
    }

    [TestCase("off")]
    [TestCase("never")]
    public void Off_runs_original_bodies_and_reports_nothing(string value)
    {
        string folder = Project.NewFolder();
        var run = _project.Start(new() { ["HOTPATH"] = value, ["HOTPATH_OUTPUT"] = Path.Combine(folder, "off.hotpath.json") });
        Assert.That(run.Output, Is.EqualTo(Expected));
        Assert.That(run.Error, Is.Empty);
        Assert.That(Directory.GetFiles(folder), Is.Empty);
    }
}
