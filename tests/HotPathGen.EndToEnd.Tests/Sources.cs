using System.Text;

namespace HotPathGen.EndToEnd.Tests;

/// <summary>
/// Files of many kinds, in a folder whose name has spaces and letters beyond ASCII. Measured builds always refer to them and never to the copies.
/// </summary>
[TestFixture]
public sealed class Sources
{
    private const string Program = """
        using System.Diagnostics;
        using System.Runtime.CompilerServices;
        using HotPathGen;

        Caller.Print("main");
        Hot.Method();
        Größe.Messen();
        Linked.Method();
        try
        {
            Hot.Fail(0);
        }
        catch (DivideByZeroException e)
        {
            foreach (StackFrame frame in new StackTrace(e, fNeedFileInfo: true).GetFrames().Where(frame => frame.GetFileLineNumber() > 0))
                Console.WriteLine($"{frame.GetFileName()}:{frame.GetFileLineNumber()}");
        }

        static class Caller
        {
            public static void Print(string from, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => Console.WriteLine($"{from} {file}:{line}");
        }

        static partial class Hot
        {
            [Instrument]
            public static void Method()
            {
        #if HOTPATH_INSTRUMENTATION || NOTHING
                Caller.Print("inside");
        #else
                Caller.Print("inside");
        #endif
                Caller.Print("after");
                Written(1);
            }

            [Instrument, MethodImpl(MethodImplOptions.NoInlining)] public static int Fail(int zero)
            {
                return 1 / zero;
            }

            [Instrument] private static partial void Written(int number);

            private static void WrittenCore(int number) => Caller.Print("core");

        #region mapped
        #line 900 "mapped.txt"
            [Instrument] public static void Mapped() => Caller.Print("mapped");
        #line default
        #endregion
        }
        """;

    // Tabs, carriage returns, a byte-order mark, and no line end at the end.
    private static readonly string s_windows = """
        using HotPathGen;

        static class Größe
        {
        	[Instrument]
        	public static void Messen()
        	{
        		Caller.Print("Maß");
        		Hot.Mapped();
        	}
        }
        """.ReplaceLineEndings("\r\n");

    private const string LinkedSource = """
        using HotPathGen;

        static class Linked
        {
            [Instrument] public static void Method() => Caller.Print("linked");
        }

        """;

    private Project _project = null!;

    [OneTimeSetUp]
    public void Write()
    {
        string folder = Project.NewFolder("Grüße, Welt (1) & #2");
        _project = Project.Console(
            "Übung",
            items: Project.Reference + """<Compile Include="../shared code/Linked.cs" Link="Elsewhere/Linked.cs" />""",
            folder: folder
        );
        _project.Write("Program.cs", Program).Write("../shared code/Linked.cs", LinkedSource);
        File.WriteAllText(Path.Combine(_project.Folder, "Größe.cs"), s_windows, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
    }

    [Test]
    public void Caller_information_stack_traces_and_debug_documents_are_the_same_both_ways()
    {
        _project.Build();
        string production = _project.Start().Output;
        var productionDocuments = UserDocuments();

        _project.BuildMeasured();
        string measured = _project.Start().Output;
        var measuredDocuments = UserDocuments();
        var snapshot = _project.TakeSnapshot();

        string program = Path.Combine(_project.Folder, "Program.cs");
        Assert.That(production, Does.Contain($"after {program}:{LineOf("\"after\"")}\n"));
        Assert.That(production, Does.Contain($"{program}:{LineOf("1 / zero")}\n{program}:{LineOf("Hot.Fail(0)")}\n"));
        Assert.That(production, Does.Contain($"mapped {Path.Combine(_project.Folder, "mapped.txt")}:900\n").Or.Contain("mapped mapped.txt:900\n"));
        Assert.That(
            measured,
            Is.EqualTo(production.Replace($"inside {program}:{LineOf("\"inside\"") + 2}\n", $"inside {program}:{LineOf("\"inside\"")}\n"))
        );

        Assert.That(productionDocuments.Select(document => document.Name), Is.SupersetOf([program, Path.Combine(_project.Folder, "Größe.cs")]));
        Assert.That(measuredDocuments, Is.EquivalentTo(productionDocuments));
        Assert.That(
            DebugDocument.Of(_project.Output("Übung.pdb")).Where(document => document.HasCode).Select(document => document.Name),
            Has.None.Contain("/hotpath/")
        );

        Assert.That(
            snapshot.Methods.Select(method => (method.Id, method.File, method.Calls)),
            Is.EquivalentTo([
                ("M:Hot.Method", "Program.cs", 1L),
                ("M:Hot.Fail(System.Int32)", "Program.cs", 1L),
                ("M:Hot.Written(System.Int32)", "Program.cs", 1L),
                ("M:Hot.Mapped", "mapped.txt", 1L),
                ("M:Größe.Messen", "Größe.cs", 1L),
                ("M:Linked.Method", "../shared code/Linked.cs", 1L),
            ])
        );
    }

    [Test]
    public void Mapped_paths_and_embedded_sources_are_the_same_both_ways()
    {
        var project = Project
            .Console(
                "Mapped",
                """
                <ContinuousIntegrationBuild>true</ContinuousIntegrationBuild>
                <DeterministicSourcePaths>true</DeterministicSourcePaths>
                <EmbedAllSources>true</EmbedAllSources>
                """,
                Project.Reference + """<SourceRoot Include="$(MSBuildThisFileDirectory)" />"""
            )
            .Write(
                "Program.cs",
                """
                using System.Runtime.CompilerServices;
                using HotPathGen;

                Hot.Method();

                static class Hot
                {
                    [Instrument] public static void Method() => Print();
                    private static void Print([CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => Console.WriteLine($"{file}:{line}");
                }
                """
            );

        project.Build();
        // The SDK numbers the source roots, and the user's root is one of several.
        string printed = project.Start().Output;
        Assert.That(printed, Does.Match(@"^/_\d*/Program\.cs:8\n$"));
        var production = UserDocuments(project);
        Assert.That(production.Select(document => (document.Name, document.IsEmbedded)), Is.EqualTo([(printed.Split(':')[0], true)]));

        project.BuildMeasured();
        Assert.That(project.Start().Output, Is.EqualTo(printed));
        Assert.That(UserDocuments(project), Is.EqualTo(production));
        Assert.That(
            DebugDocument.Of(project.Output("Mapped.pdb")).Where(document => document.HasCode).Select(document => document.Name),
            Has.None.Contain("/hotpath/")
        );
        Assert.That(project.TakeSnapshot()["M:Hot.Method"].File, Is.EqualTo("Program.cs"));
    }

    [Test]
    public void The_users_own_errors_stay_the_only_ones_and_where_they_are()
    {
        var project = Project
            .Console("Wrong")
            .Write("Program.cs", "Hot.Method();")
            .Write(
                "Hot.cs",
                """
                using HotPathGen;

                static class Hot
                {
                    [Instrument] public static void Method()
                    {
                        Console.WriteLine("a" "b");
                    }
                }
                """
            );
        AssertOnlyErrors(project, ("CS1003", "Hot.cs(7,31)"));

        project.Write(
            "Hot.cs",
            """
            using HotPathGen;

            static class Hot
            {
                [Instrument] public static void Method()
                {
                    Console.WriteLine(missing);
                }

                [Instrument] public static int Other(int number)
                {
                    int unused = 1;
                    return "text";
                }
            }
            """
        );
        AssertOnlyErrors(project, ("CS0103", "Hot.cs(7,27)"), ("CS0029", "Hot.cs(13,16)"));

        // A method with a broken head, and one with a broken body.
        project.Write(
            "Hot.cs",
            """
            using HotPathGen;

            static class Hot
            {
                [Instrument] public static void Method( { return; }

                [Instrument] public static int Half(int number) => number /;
            }
            """
        );
        AssertOnlyErrors(project, ("CS1026", "Hot.cs(5,45)"), ("CS1525", "Hot.cs(7,64)"));
    }

    private static void AssertOnlyErrors(Project project, params (string Id, string Place)[] expected)
    {
        foreach (
            string[] switches in (string[][])
                [
                    [],
                    [Switch.On],
                ]
        )
        {
            var build = Dotnet.Run(project.Folder, ["build", "-c", "Release", .. switches]).MustFail();
            Assert.That(
                build.Errors.Select(error => (error.Id, error.Place)),
                Is.EquivalentTo(expected.Select(error => (error.Id, Path.Combine(project.Folder, error.Place)))),
                build.ToString()
            );
        }
    }

    private static int LineOf(string text) =>
        Program.ReplaceLineEndings("\n").Split('\n').Index().First(line => line.Item.Contains(text, StringComparison.Ordinal)).Index + 1;

    private DebugDocument[] UserDocuments() => UserDocuments(_project);

    /// <summary>All documents except those that the SDK and generators write.</summary>
    private static DebugDocument[] UserDocuments(Project project) =>
        [
            .. DebugDocument
                .Of(project.Output(project.Name + ".pdb"))
                .Where(document => document.HasCode && !document.Name.Contains("/obj/", StringComparison.Ordinal)),
        ];
}
