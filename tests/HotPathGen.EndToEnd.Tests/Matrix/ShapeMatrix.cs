using System.Globalization;
using System.Text;

namespace HotPathGen.EndToEnd.Tests.Matrix;

/// <summary>
/// Methods of every shape. The SDK builds them in four ways, and they run: without the package, in production, measured where marked, and all
/// measured.
/// </summary>
[TestFixture]
public sealed class ShapeMatrix
{
    private const string AcceptVariable = "HOTPATHGEN_ACCEPT";

    private static readonly string s_everything = Path.Combine(
        Package.Origin,
        "tests",
        "HotPathGen.EndToEnd.Tests",
        "Matrix",
        "Everything.verified.txt"
    );

    private Variant _without = null!;
    private Variant _production = null!;
    private Variant _marked = null!;
    private Variant _all = null!;

    private static IEnumerable<TestCaseData> Files => Row.All.Select(row => new TestCaseData(row).SetArgDisplayNames(row.ToString()));

    private static IEnumerable<TestCaseData> Programs =>
        Row.All.Where(row => !row.IsPart).Select(row => new TestCaseData(row).SetArgDisplayNames(row.ToString()));

    [OneTimeSetUp]
    public void Build() =>
        Parallel.Invoke(
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            () => _all = Variant.WithPackage("all", Switch.On, Switch.All),
            () => _marked = Variant.WithPackage("marked", Switch.On),
            () => _production = Variant.WithPackage("production"),
            () => _without = Variant.WithoutPackage()
        );

    [Test]
    public void No_build_says_anything() =>
        Assert.Multiple(() =>
        {
            foreach (var variant in (Variant[])[_without, _production, _marked, _all])
            {
                Assert.That(variant.Build.Messages, Is.Empty);
            }
        });

    [Test]
    public void Production_assemblies_are_byte_for_byte_those_without_the_package() =>
        Assert.Multiple(() =>
        {
            foreach (string project in Row.All.Select(row => row.ProjectName).Distinct().Where(project => project != Row.Written))
            {
                foreach (string file in (string[])[$"{project}.dll", $"{project}.runtimeconfig.json", $"{project}.deps.json"])
                {
                    Assert.That(
                        File.Exists(_production.Output(project, file)) ? File.ReadAllBytes(_production.Output(project, file)) : [],
                        Is.EqualTo(File.Exists(_without.Output(project, file)) ? File.ReadAllBytes(_without.Output(project, file)) : []),
                        file
                    );
                }

                Assert.That(Names(_production, project), Is.EqualTo(Names(_without, project)));
            }

            // The generator writes code here. Still, nothing of ours is referenced or shipped.
            var written = CompiledAssembly.Read(_production.Output(Row.Written, $"{Row.Written}.dll"));
            Assert.That(written.References, Has.None.Contain("HotPath"));
            Assert.That(written.Types.Where(type => type.Contains("HotPath")), Is.EqualTo(["HotPathGen.HotPath"]));
            Assert.That(Names(_production, Row.Written), Has.None.Contain("HotPath"));
        });

    [TestCaseSource(nameof(Programs))]
    public void Every_build_answers_alike(object source)
    {
        var row = (Row)source;
        string answer = _production.AnswerOf(row);

        Assert.Multiple(() =>
        {
            if (row.Group != Row.Written)
            {
                Assert.That(answer, Is.EqualTo(_without.AnswerOf(row)));
            }

            Assert.That(_marked.AnswerOf(row), Is.EqualTo(answer));
            Assert.That(_all.AnswerOf(row), Is.EqualTo(answer));
        });
    }

    [TestCaseSource(nameof(Files))]
    public void Marked_methods_count_what_the_program_does(object source)
    {
        var row = (Row)source;
        var measured = Measured(_marked, row);
        var unknown = Unknown(row);

        Assert.That(Figures(measured, unknown), Is.EqualTo(row.Marked));
        // A method has the same figures, whatever else is hot.
        Assert.That(Measured(_all, row).Select(method => Full(method, unknown)), Is.SupersetOf(measured.Select(method => Full(method, unknown))));
    }

    [TestCaseSource(nameof(Files))]
    public void Every_marked_method_is_measured_or_named_with_a_reason(object source)
    {
        var row = (Row)source;
        var left = Remaining(row, Measured(_marked, row), declaration => declaration.IsHot is true);
        var named = _marked.FindingsOf(row).Where(finding => finding.Id == "HPG001").Select(finding => finding.Line).ToList();
        var covered = _marked.SnapshotOf(row).Coverage.Where(plain => plain.File == row.File).ToList();

        // Accessors and constructors that only move values are measured only where they are marked themselves. Elsewhere, only coverage lists them.
        var neither = left.Where(declaration =>
            !(declaration.Marked is null ? covered.Any(plain => plain.Line == declaration.Line) : named.Remove(declaration.Line))
        );
        Assert.That(neither, Is.Empty, "neither measured nor named by HPG001");
        Assert.That(named, Is.Empty, "named by HPG001, but not left plain");
    }

    [TestCaseSource(nameof(Files))]
    public void Every_method_is_measured_or_covered_when_everything_is_hot(object source)
    {
        var row = (Row)source;
        var left = Remaining(row, Measured(_all, row), declaration => declaration is { IsHot: not false, IsHalf: false });
        var covered = _all.SnapshotOf(row)
            .Coverage.Where(plain => plain.File == row.File && !IsOutsideBodies(plain))
            .Select(plain => plain.Line)
            .ToList();

        Assert.That(left.Where(declaration => !covered.Remove(declaration.Line)), Is.Empty, "neither measured nor in coverage");
        foreach (var function in Declaration.In(row).Where(declaration => declaration is { IsFunction: true, IsHot: not true }))
        {
            covered.Remove(function.Line);
        }

        Assert.That(covered, Is.Empty, "in coverage, but not left plain");
    }

    [Test]
    public void Figures_of_everything_are_the_reviewed_ones()
    {
        var text = new StringBuilder();
        foreach (var row in Row.All)
        {
            text.Append(row).Append(": ").AppendJoin(' ', Figures(Measured(_all, row), Unknown(row))).Append('\n');
            foreach (var plain in _all.SnapshotOf(row).Coverage.Where(plain => plain.File == row.File))
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"    {plain.Line}: {plain.Name.Replace($"Rows.{row.Group}.{row.Name}.", "")} is plain: {plain.Reason}\n"
                );
            }
        }

        string received = text.ToString();
        if (Environment.GetEnvironmentVariable(AcceptVariable) is { Length: > 0 })
        {
            File.WriteAllText(s_everything, received);
        }

        Assert.That(
            received,
            Is.EqualTo(File.Exists(s_everything) ? File.ReadAllText(s_everything) : ""),
            $"set {AcceptVariable}=1 to accept what is right"
        );
    }

    /// <summary>Initializers and top-level statements: code of a row that is in none of its methods.</summary>
    private static bool IsOutsideBodies(LeftPlain plain) =>
        plain.Name.EndsWith(".new", StringComparison.Ordinal)
        || plain.Name.EndsWith(".static", StringComparison.Ordinal)
        || plain.Name == "top-level statements";

    private static string[] Names(Variant variant, string project) =>
        [
            .. Directory
                .GetFiles(variant.Output(project, ""), "*", SearchOption.AllDirectories)
                .Select(file => Path.GetFileName(file))
                .Order(StringComparer.Ordinal),
        ];

    private static List<MeasuredMethod> Measured(Variant variant, Row row) =>
        [.. variant.SnapshotOf(row).Methods.Where(method => method.File == row.File)];

    /// <summary>Names whose number of calls depends on the machine.</summary>
    private static IReadOnlyList<string> Unknown(Row row) =>
        [.. row.Marked.Select(word => word.Split('=')).Where(parts => parts[1].StartsWith('*')).Select(parts => parts[0])];

    /// <summary>The sums over the methods with the same name and form, as the first line of a row gives them.</summary>
    private static string[] Figures(IEnumerable<MeasuredMethod> methods, IReadOnlyList<string> unknown) =>
        [
            .. methods
                .GroupBy(method => (Name: ShortName(method.Id), method.Form))
                .Select(group =>
                    Print(group.Key.Name, group.Key.Form, group.Sum(method => method.Calls), group.Sum(method => method.Failures), unknown)
                )
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>A function is measured in place where its method is not hot, and otherwise in the instrumented body of its method.</summary>
    private static string Full(MeasuredMethod method, IReadOnlyList<string> unknown) =>
        $"{method.Line} {method.Id} "
        + Print(ShortName(method.Id), method.Form == "in-place" ? "function" : method.Form, method.Calls, method.Failures, unknown);

    private static string Print(string name, string form, long calls, long failures, IReadOnlyList<string> unknown) =>
        $"{name}={(unknown.Contains(name) ? "*" : calls)}{(failures > 0 ? "!" + failures : "")}:{form}";

    /// <summary>The name of the method that top-level statements are.</summary>
    private const string TopLevel = "{Main}$";

    /// <summary>The declarations that are not measured.</summary>
    private static List<Declaration> Remaining(Row row, IEnumerable<MeasuredMethod> measured, Func<Declaration, bool> isHot)
    {
        var all = Declaration.In(row);
        List<Declaration> left = [.. all.Where(isHot)],
            functions = [.. all.Where(declaration => declaration.IsFunction && !isHot(declaration))];
        var strangers = new List<MeasuredMethod>();
        foreach (var method in measured.Where(method => ShortName(method.Id) != TopLevel && !IsInitializer(method, all)))
        {
            string name = ShortName(method.Id);
            bool Is(Declaration declaration) =>
                declaration.Line == method.Line
                && (
                    declaration.Name == name
                    || (declaration.Name == "operator" && name.StartsWith("op_", StringComparison.Ordinal))
                    || (declaration.Name == "lambda" && name.StartsWith("lambda", StringComparison.Ordinal))
                );
            if (left.FindIndex(Is) is >= 0 and var found)
            {
                left.RemoveAt(found);
            }
            else if (functions.FindIndex(Is) is >= 0 and var function)
            {
                functions.RemoveAt(function);
            }
            else
            {
                strangers.Add(method);
            }
        }

        Assert.That(strangers, Is.Empty, "measured, but not hot or not in the source");
        return left;
    }

    /// <summary>Whether a row is that of initializers, for which no method in the source stands.</summary>
    private static bool IsInitializer(MeasuredMethod method, IReadOnlyList<Declaration> all) =>
        (
            ShortName(method.Id) is "#ctor" or "#cctor" or "initializers"
            || (!method.Id.StartsWith("M:", StringComparison.Ordinal) && !method.Id.Contains('|'))
        ) && !all.Any(declaration => declaration.Line == method.Line && declaration.Name == ShortName(method.Id));

    /// <summary>The metadata name without type and parameters.</summary>
    private static string ShortName(string id)
    {
        string head = id[(id.LastIndexOf('|') + 1)..].Split('(', '~')[0];
        string name = head[(head.LastIndexOf('.') + 1)..].Split('`')[0];
        return name.StartsWith('#') ? name : name[(name.LastIndexOf('#') + 1)..];
    }
}
