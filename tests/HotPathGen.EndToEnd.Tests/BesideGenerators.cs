namespace HotPathGen.EndToEnd.Tests;

/// <summary>
/// Other generators in a measured build. They see the same as in production, and the files that they write are compiled. One generator reads bodies.
/// One intercepts calls. One implements partial methods and searches the whole project for them. One identifies files by their paths. There is also
/// a rule that suppresses a warning of the compiler.
/// </summary>
[TestFixture]
public sealed class BesideGenerators
{
    private const string Generators = """
        using System.Collections.Immutable;
        using System.Linq;
        using System.Text;
        using Microsoft.CodeAnalysis;
        using Microsoft.CodeAnalysis.CSharp;
        using Microsoft.CodeAnalysis.CSharp.Syntax;
        using Microsoft.CodeAnalysis.Diagnostics;

        [Generator]
        public sealed class Everything : IIncrementalGenerator
        {
            public void Initialize(IncrementalGeneratorInitializationContext context)
            {
                context.RegisterPostInitializationOutput(static output => output.AddSource("Twice.g.cs", "[System.AttributeUsage(System.AttributeTargets.Method)] internal sealed class TwiceAttribute : System.Attribute { }"));

                var bodies = context.SyntaxProvider.ForAttributeWithMetadataName("TwiceAttribute", static (node, _) => node is MethodDeclarationSyntax { Body: not null }, static (found, _) =>
                    "partial class " + found.TargetSymbol.ContainingType.Name + " { public static int " + found.TargetSymbol.Name + "Twice(int n) { int Once() " + ((MethodDeclarationSyntax)found.TargetNode).Body!.ToFullString() + " return 2 * Once(); } }");
                context.RegisterSourceOutput(bodies, static (output, text) => output.AddSource("Bodies.g.cs", text));

                var places = context.SyntaxProvider.CreateSyntaxProvider(
                    static (node, _) => node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Slow" } or MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Slow" } },
                    static (found, cancellation) => found.SemanticModel.GetInterceptableLocation((InvocationExpressionSyntax)found.Node, cancellation)).Where(static place => place is not null).Collect();
                context.RegisterSourceOutput(places, static (output, all) =>
                {
                    var text = new StringBuilder("#pragma warning disable\nnamespace System.Runtime.CompilerServices { [System.AttributeUsage(System.AttributeTargets.Method, AllowMultiple = true)] file sealed class InterceptsLocationAttribute(int version, string data) : System.Attribute; }\nnamespace Swapped { static class Fast {\n");
                    foreach (var place in all) text.AppendLine(place!.GetInterceptsLocationAttributeSyntax());
                    output.AddSource("Fast.g.cs", text.Append("public static string Quick(this Service s, int n) => \"fast \" + n;\n} }").ToString());
                });

                // In the older way, by path and line.
                var lines = context.SyntaxProvider.CreateSyntaxProvider(
                    static (node, _) => node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Older" } },
                    static (found, _) => ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)found.Node).Expression).Name.GetLocation()).Collect();
                context.RegisterSourceOutput(lines.Combine(context.CompilationProvider), static (output, all) =>
                {
                    var text = new StringBuilder("#pragma warning disable\nnamespace System.Runtime.CompilerServices { [System.AttributeUsage(System.AttributeTargets.Method, AllowMultiple = true)] file sealed class InterceptsLocationAttribute(string path, int line, int column) : System.Attribute; }\nnamespace Swapped { static class Newer {\n");
                    foreach (var place in all.Left)
                    {
                        var at = place.GetLineSpan().StartLinePosition;
                        string path = all.Right.Options.SourceReferenceResolver?.NormalizePath(place.SourceTree!.FilePath, null) ?? place.SourceTree!.FilePath;
                        text.AppendLine("[System.Runtime.CompilerServices.InterceptsLocation(@\"" + path + "\", " + (at.Line + 1) + ", " + (at.Character + 1) + ")]");
                    }

                    output.AddSource("Newer.g.cs", text.Append("public static string Newest(this Service s, int n) => \"newer \" + n;\n} }").ToString());
                });

                // Whoever is partial and has no body is to be filled, wherever it stands.
                var partials = context.SyntaxProvider.CreateSyntaxProvider(
                    static (node, _) => node is MethodDeclarationSyntax { Body: null, ExpressionBody: null } method && method.Modifiers.Any(SyntaxKind.PartialKeyword),
                    static (found, _) => (MethodDeclarationSyntax)found.Node).Collect();
                context.RegisterSourceOutput(partials, static (output, all) =>
                {
                    var text = new StringBuilder();
                    foreach (var method in all) text.Append("partial class ").Append(((TypeDeclarationSyntax)method.Parent!).Identifier.ValueText).Append(" { ").Append(method.Modifiers).Append(' ').Append(method.ReturnType).Append(' ')
                        .Append(method.Identifier).Append(method.ParameterList).Append(" => \"filled \" + ").Append(method.ParameterList.Parameters[0].Identifier).Append("; }\n");
                    output.AddSource("Filled.g.cs", text.ToString());
                });

                var files = context.CompilationProvider.Combine(context.AnalyzerConfigOptionsProvider).Select(static (source, _) => string.Join("|", source.Left.SyntaxTrees
                    .Where(static tree => !tree.FilePath.Replace('\\', '/').Contains("/obj/")).Select(static tree => System.IO.Path.GetFileName(tree.FilePath)).OrderBy(static name => name))
                    + " of " + source.Left.Assembly.GetTypeByMetadataName("Shelf")!.GetMembers().Count(static member => !member.IsImplicitlyDeclared));
                context.RegisterSourceOutput(files, static (output, names) => output.AddSource("Files.g.cs", "internal static class Files { public const string Names = \"" + names + "\"; }"));
            }
        }

        [DiagnosticAnalyzer(LanguageNames.CSharp)]
        public sealed class Quiet : DiagnosticSuppressor
        {
            public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [new("GEN1", "CS0169", "It is used by reflection.")];

            public override void ReportSuppressions(SuppressionAnalysisContext context)
            {
                foreach (Diagnostic found in context.ReportedDiagnostics) context.ReportSuppression(Suppression.Create(SupportedSuppressions[0], found));
            }
        }

        [DiagnosticAnalyzer(LanguageNames.CSharp)]
        public sealed class NoPartials : DiagnosticAnalyzer
        {
            private static readonly DiagnosticDescriptor s_rule = new("GEN2", "No more partials", "'{0}' is new", "Design", DiagnosticSeverity.Error, true);

            public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [s_rule];

            public override void Initialize(AnalysisContext context)
            {
                context.EnableConcurrentExecution();
                context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
                context.RegisterCompilationAction(static all =>
                {
                    foreach (ISymbol member in all.Compilation.Assembly.GetTypeByMetadataName("Shelf")!.GetMembers())
                        if (!member.IsImplicitlyDeclared && member.Name is not ("Count" or "CountTwice" or "Label" or "Ask" or "AskMaybe" or "Length" or "Escape" or "Caught")) all.ReportDiagnostic(Diagnostic.Create(s_rule, Location.None, member.Name));
                });
            }
        }
        """;

    private const string Source = """
        using HotPathGen;
        using Microsoft.AspNetCore.Components;
        using Microsoft.AspNetCore.Components.HtmlRendering.Infrastructure;
        using Microsoft.AspNetCore.Components.RenderTree;
        using Microsoft.AspNetCore.Components.Web;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Logging.Abstractions;

        Console.WriteLine(Files.Names);
        for (int i = 0; i < 40; i++)
        {
            Console.WriteLine($"{Shelf.Count(i)} {Shelf.CountTwice(i)} {Shelf.Label(i)} {Shelf.Ask(new Service(), i)} {Shelf.AskMaybe(i % 3 == 0 ? null : new Service(), i)} {Shelf.Length(i)} {new Pages.Tally().Total(i)}");
        }

        Console.WriteLine(await new Page().Click<Pages.Tally>());

        #pragma warning disable BL0006
        public sealed class Page() : StaticHtmlRenderer(new ServiceCollection().BuildServiceProvider(), NullLoggerFactory.Instance)
        {
            public Task<string> Click<T>() => Dispatcher.InvokeAsync(async () =>
            {
                var root = BeginRenderingComponent(typeof(T), ParameterView.Empty);
                string before = root.ToHtmlString();
                ulong handler = GetCurrentRenderTreeFrames(0).Array.First(frame => frame.FrameType == RenderTreeFrameType.Attribute && frame.AttributeName == "onclick").AttributeEventHandlerId;
                await DispatchEventAsync(handler, null, new MouseEventArgs());
                return before + root.ToHtmlString();
            });
        }

        public sealed class Service
        {
            public string Slow(int n) => "slow " + n;
            public string Older(int n) => "older " + n;
        }

        [Instrument]
        public static partial class Shelf
        {
            [Twice]
            public static int Count(int n)
            {
                return n.ToString().Length;
            }

            public static partial string Label(int n);

            public static string Ask(Service service, int n) => service.Slow(n) + service.Slow(n + 1) + service.Older(n);

            public static string? AskMaybe(Service? service, int n) => service?.Slow(n);

            // Uses what another generator writes.
            public static int Length(int n) => Label(n).Length + Files.Names.Length + CountTwice(n) + new List<int> { n }.Count;
        }
        """;

    /// <summary>A file with nothing hot in it: it is compiled as it is, with its warnings.</summary>
    private const string Unused = "public sealed class Unused { private int _unused; }";

    /// <summary>The compiler gets what the Razor generator writes. The code in <c>@code</c> is the user's, and so is the markup.</summary>
    private const string Razor = """
        @attribute [HotPathGen.Instrument]
        @using Microsoft.AspNetCore.Components.Web
        <p class="all">@Total(3)</p>
        <button @onclick="() => Total(4)">More</button>

        @code {
            private readonly List<int> _seen = new();

            public string Total(int n)
            {
                _seen.Add(n);
                return $"{_seen.Sum()} in all";
            }
        }
        """;

    [Test]
    public void They_see_what_they_see_in_production()
    {
        string folder = Project.NewFolder();
        Project
            .Create(
                "Generators",
                """
                <TargetFramework>net10.0</TargetFramework><LangVersion>14</LangVersion><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings><EnforceExtendedAnalyzerRules>false</EnforceExtendedAnalyzerRules>
                """,
                """
                <Reference Include="$(RoslynTargetsPath)/bincore/Microsoft.CodeAnalysis.dll" Private="false" /><Reference Include="$(RoslynTargetsPath)/bincore/Microsoft.CodeAnalysis.CSharp.dll" Private="false" />
                """,
                folder
            )
            .Write("Generators.cs", Generators);
        var project = Project
            .Console(
                "Program",
                "<TreatWarningsAsErrors>true</TreatWarningsAsErrors><RootNamespace>Pages</RootNamespace><InterceptorsNamespaces>$(InterceptorsNamespaces);Swapped</InterceptorsNamespaces>",
                Project.Reference
                    + """<FrameworkReference Include="Microsoft.AspNetCore.App" />"""
                    + """<ProjectReference Include="../Generators/Generators.csproj" OutputItemType="Analyzer" ReferenceOutputAssembly="false" />""",
                folder,
                "Microsoft.NET.Sdk.Razor"
            )
            .Write("Program.cs", Source)
            .Write("Unused.cs", Unused)
            .Write("Tally.razor", Razor);

        project.Build();
        string[] production = project.Start().Output.Split('\n');
        project.BuildMeasured();
        string[] measured = project.Start().Output.Split('\n');
        var snapshot = project.TakeSnapshot();

        Assert.That(production[0], Does.StartWith("Program.cs|Unused.cs of "));
        Assert.That(production, Has.Some.StartsWith("2 4 filled 38 fast 38fast 39newer 38 fast 38 "));
        Assert.That(measured, Is.EqualTo(production));
        Assert.That(snapshot["M:Shelf.Count(System.Int32)"].Calls, Is.EqualTo(40));
        foreach (string intercepted in (string[])["M:Shelf.Ask(Service,System.Int32)", "M:Shelf.AskMaybe(Service,System.Int32)"])
        {
            Assert.That(snapshot[intercepted].Sites, Is.Not.Empty, intercepted);
        }

        Assert.That(measured, Has.Member("<p class=\"all\">3 in all</p>").And.Some.EndsWith("<p class=\"all\">10 in all</p>"));
        MeasuredMethod[] ofRazor = [.. snapshot.Methods.Where(static method => method.File == "Tally.razor").OrderBy(static method => method.Line)];
        Assert.That(ofRazor.Select(static method => (method.Line, method.Calls)), Is.EqualTo([(1, 2L), (4, 1L), (7, 41L), (9, 43L)]));
        Assert.That(
            ofRazor[0].Sites,
            Has.Member((1, 2, "__builder.AddAttribute(1, \"class\", \"all\")"))
                .And.Member((3, 17, "__builder.AddContent(2, Total(3) )"))
                .And.Member((3, 26, "__builder.CloseElement()"))
                .And.Member((4, 19, "() => Total(4)"))
        );
        Assert.That(ofRazor[3].Sites, Has.Member((12, 16, "$\"{_seen.Sum()} in all\"")));
        Assert.That(snapshot.Coverage.Select(left => left.File), Has.None.EqualTo("Tally.razor"));
    }
}
