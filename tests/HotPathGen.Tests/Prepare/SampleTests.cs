using System.Collections.Concurrent;
using HotPathGen.Prepare;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Tests.Prepare;

/// <summary>
/// Code of every shape, in which everything is hot. A measured build compiles without a warning, does the same as production, and keeps lines.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class SampleTests
{
    private readonly ConcurrentDictionary<string, Lazy<Built>> _built = new();

    private static IEnumerable<string> Names() => Sample.Names();

    [OneTimeTearDown]
    public void Clean()
    {
        foreach (var built in _built.Values.Where(built => built.IsValueCreated))
        {
            built.Value.Project.Dispose();
        }
    }

    [TestCaseSource(nameof(Names))]
    public void A_measured_build_compiles_without_errors_and_warnings(string name)
    {
        var built = Build(name);

        Assert.That(built.Production.Complaints(DiagnosticSeverity.Error), Is.Empty, "the sample itself compiles");
        Assert.That(built.Measured.Complaints(DiagnosticSeverity.Warning), Is.Empty);
    }

    [TestCaseSource(nameof(Names))]
    public void It_compiles_with_the_runtime_that_ships(string name)
    {
        using var project = Sample.Project(name);
        var runtime = MetadataReference.CreateFromFile(typeof(Runtime.Frame).Assembly.Location);

        Assert.That(ProjectBuild.Measured(project, optimized: true, runtime).Complaints(DiagnosticSeverity.Warning), Is.Empty);
    }

    [TestCaseSource(nameof(Names))]
    public void A_measured_build_says_what_production_says(string name)
    {
        using var project = Sample.Project(name);

        var production = ProjectBuild.Production(project, optimized: true).Run();
        var measured = ProjectBuild.Measured(project, optimized: true).Run();

        Assert.That(measured.Said, Is.EqualTo(production.Said));
        Assert.That(measured.Said, Does.Not.Contain("Exception:"));
        Assert.That(production.Journal, Is.Empty);
        Assert.That(measured.Journal, Has.Length.GreaterThan(4));
    }

    [TestCaseSource(nameof(Names))]
    public void Frames_close_in_the_order_in_which_they_opened(string name)
    {
        var measured = Build(name).Measured.Run();

        Assert.That(measured.Open, Is.Zero);
        if (name == "Deferred.cs" || name == "LocalFunctions.cs")
        {
            return; // Several threads write its journal.
        }

        var open = new Stack<string>();
        foreach (string line in measured.Journal)
        {
            if (line[0] == '+')
            {
                open.Push(line[2..]);
            }
            else
            {
                Assert.That(open.Pop(), Is.EqualTo(line[2..]));
            }
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Tokens_keep_their_lines(string name)
    {
        var project = Build(name).Project;
        var file = SourceFile.Read(Path.Combine(project.Folder, "Sources", name), project.Request());

        Assert.That(TokenLines.Moved(file.Root.SyntaxTree, TokenLines.Parse(project.CopyText($"Sources/{name}"), file), file.Path), Is.Empty);
    }

    [TestCaseSource(nameof(Names))]
    public void Symbols_name_the_files_and_lines_of_the_user(string name)
    {
        var (project, builtProduction, builtMeasured) = Build(name);
        SymbolFile production = SymbolFile.Of(builtProduction),
            measured = SymbolFile.Of(builtMeasured);

        Assert.That(measured.Documents, Is.EqualTo(production.Documents));
        Assert.That(production.Lines.Except(measured.Lines), Is.Empty, "every breakpoint of production is in the measured build");
        Assert.That(
            measured.Documents,
            Has.One.EqualTo(SymbolFile.Document(Path.Combine(project.Folder, "Sources", name), System.Security.Cryptography.HashAlgorithmName.SHA256))
        );
    }

    /// <summary>Builds each sample once, without optimization, for all tests that do not change it.</summary>
    private Built Build(string name) =>
        _built
            .GetOrAdd(name, static name => new(() =>
                {
                    var project = Sample.Project(name);
                    return new(project, ProjectBuild.Production(project), ProjectBuild.Measured(project));
                }))
            .Value;

    private sealed record Built(TemporaryProject Project, ProjectBuild Production, ProjectBuild Measured);
}
