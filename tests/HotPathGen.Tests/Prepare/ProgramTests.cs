using Microsoft.CodeAnalysis;

namespace HotPathGen.Tests.Prepare;

/// <summary>Entry points are hot like other methods, and remain entry points.</summary>
public sealed class ProgramTests
{
    [TestCase(
        """
            using System;
            using HotPathGen;

            [Instrument] int Twice(int n) { return n * 2; }
            [Instrument] static async System.Threading.Tasks.Task<int> Later(int n) { await System.Threading.Tasks.Task.Yield(); return n; }
            Console.Write(Twice(3) + await Later(1) + args.Length + Partly());

            partial class Program { public static int Partly() { return 1; } }
            static class Sample { public static string Run() { return typeof(Program).Assembly.EntryPoint!.Name; } }
            """
    )]
    [TestCase(
        """
            class Application { static void Main(string[] args) { if (args.Length > 1) return; System.Console.Write(""); } }
            static class Sample { public static string Run() { return typeof(Application).Assembly.EntryPoint!.Name; } }
            """
    )]
    [TestCase(
        """
            class Application { static async System.Threading.Tasks.Task<int> Main() { await System.Threading.Tasks.Task.Yield(); return 0; } }
            static class Sample { public static string Run() { return typeof(Application).Assembly.EntryPoint!.Name; } }
            """
    )]
    public void A_program_is_measured_and_starts_where_it_did(string text)
    {
        using var project = new TemporaryProject { Everything = true };
        project.Source("Program.cs", text);

        var measured = ProjectBuild.Measured(project);

        Assert.That(measured.Complaints(DiagnosticSeverity.Warning), Is.Empty);
        Assert.That(measured.Run().Said, Is.EqualTo(ProjectBuild.Production(project).Run().Said));
        Assert.That(measured.Prepared(), Has.Length.GreaterThan(1));
    }
}
