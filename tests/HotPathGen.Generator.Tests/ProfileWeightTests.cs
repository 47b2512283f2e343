using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using HotPathGen.Generator.Analysis;
using HotPathGen.Generator.ProfileWeights;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.Tests;

/// <summary>
/// Rules that use a profile. The profile is measured in this process. The analyzed source is the measured one, or it has changed since.
/// </summary>
public sealed class ProfileWeightTests
{
    private const string Source = """
        public static class Sample
        {
            public static object? Kept;
            [Instrument] public static void Loud(int i) { Kept = new byte[1000 + i]; }
            [Instrument] public static void Warm(int i)
            {
                Kept = (object)i;
                if (i < 0)
                    Kept = new int[i];
            }
            [Instrument] public static void Cold(int i) { if (i == 0) Kept = new byte[8]; }
            [Instrument] public static void Grow(List<int> list, int i) { list.Add(i); }
            [Instrument] public static string Parts(string text) { string all = text.Substring(1); foreach (char letter in (IEnumerable<char>)all) all += letter; return all; }
            [Instrument] public static string? Maybe(string? text) => text?.Substring(1);
            [Instrument] public static void Names(int nameThatSaysWhatItHolds, int anotherNameThatSaysWhatItHolds, int third) { Func<int> sum = () => nameThatSaysWhatItHolds + anotherNameThatSaysWhatItHolds + third; Kept = sum; }
            [Instrument] public static void Never() { Kept = new object(); }
            public static string Run()
            {
                var list = new List<int>(2000);
                for (int i = 0; i < 1000; i++) { Loud(i % 2); Warm(i); Cold(i); Grow(list, i); }
                Parts("abc");
                Maybe("abc");
                return "";
            }
        }
        """;

    private string _name = "";
    private string _snapshot = "";

    [OneTimeSetUp]
    public void Measure()
    {
        _name = Project.UniqueName();
        _snapshot = Measure(new([Source]) { Name = _name });
    }

    private static string Measure(Project project)
    {
        using var sample = Build.Of(project with { IsMeasured = true }).MustCompile().Load();
        sample.Run();
        var snapshot = JsonNode.Parse(HotPath.Snapshot())!;
        var methods = (JsonArray)snapshot["methods"]!;
        foreach (var other in methods.Where(method => (string)method!["assembly"]! != project.Name).ToList())
        {
            methods.Remove(other);
        }

        return snapshot.ToJsonString();
    }

    [Test]
    public async Task What_was_measured_is_said_by_weight()
    {
        string[] said = (await Report(Source, _snapshot)).Split('\n');
        Assert.That(
            said[0],
            Is.EqualTo(
                "Warning HPG302 new byte[1000 + i]: A new 'byte[]' is allocated here (measured: 1.03 KB a call, 1,000 hits, 97.7 % of all): make "
                    + "it a [Pooled] parameter where it ends with the call, or keep one"
            )
        );
        Assert.That(
            said[1],
            Is.EqualTo(
                "Info HPG303 (object)i: 'int' is boxed here (measured: 24 B a call, 1,000 hits, 2.3 % of all): make the parameter generic, or "
                    + "call an overload that takes the value as it is"
            )
        );
        Assert.That(said[2], Does.StartWith("Hidden HPG302 new int[i]: A new 'int[]' is allocated here (measured: never reached): "));
        Assert.That(
            said[3],
            Does.StartWith("Hidden HPG302 new byte[8]: A new 'byte[]' is allocated here (measured: 1 B a call, 1 hits, 0 % of all): ")
        );
        Assert.That(said, Has.None.Contains("list.Add(i)"), "it was hit a thousand times and never grew");
        Assert.That(said, Has.Some.Match(@"^Hidden HPG313 text\.Substring\(1\): .*: take a span of it with AsSpan$"));
        Assert.That(
            said,
            Has.Some.StartsWith(
                "Hidden HPG306 all += letter: A string is allocated by this concatenation (measured: 64 B a call, 2 hits, 0 % of all): "
            )
        );
        Assert.That(
            said,
            Has.Some.StartsWith("Hidden HPG313 .Substring(1): 'string.Substring' allocates at times (measured: 32 B a call, 1 hits, 0 % of all): ")
        );
        Assert.That(said, Has.None.Contains("HPG403"));
        Assert.That(said[^1], Does.StartWith("Hidden HPG301 new object(): A new 'object' is allocated here (measured: never reached): "));
    }

    [Test]
    public async Task What_is_said_names_its_site_in_the_snapshot()
    {
        var methods = (JsonArray)JsonNode.Parse(_snapshot)!["methods"]!;
        var said = await Find(Source, null);
        Assert.That(said, Has.Length.GreaterThan(9));
        foreach (var diagnostic in said)
        {
            var method = methods.Single(method => (string)method!["id"]! == diagnostic.Properties[HotBodies.MethodProperty])!;
            Assert.That(
                ((JsonArray)method["sites"]!).Select(static site =>
                    ($"{site!["line"]}:{site["column"]}", (string)site["kind"]!, (string)site["text"]!)
                ),
                Has.One.EqualTo(
                    (
                        diagnostic.Properties[HotBodies.PlaceProperty],
                        diagnostic.Properties[HotBodies.KindProperty],
                        diagnostic.Properties[HotBodies.TextProperty]
                    )
                ),
                diagnostic.ToString()
            );
        }
    }

    [Test]
    public async Task Without_a_profile_nothing_changes()
    {
        string[] said = (await Report(Source, null)).Split('\n');
        Assert.That(said, Has.All.StartsWith("Info HPG3").And.All.Not.Contains("measured"));
        Assert.That(said, Has.Some.StartsWith("Info HPG310 list.Add(i)"), "a profile turns this message off");
    }

    [Test]
    public async Task Lines_may_move_and_other_assemblies_are_not_meant()
    {
        Assert.That(await Report("\n// moved\n\n" + Source, _snapshot), Does.StartWith("Warning HPG302 ").And.Not.Contains("HPG403"));
        Assert.That(await Report(Source, _snapshot.Replace($"\"{_name}\"", "\"Other\"", StringComparison.Ordinal)), Does.Not.Contain("measured"));
    }

    [TestCase(
        "Kept = new byte[1000 + i];",
        "Kept = new byte[2000 + i];",
        "Info HPG403 Loud: 'Sample.Loud' has changed since it was measured: 'new byte[1000 + i]', which allocated, is gone; take the profile again"
    )]
    [TestCase(
        "Kept = (object)i;",
        "Kept = (object)i; Kept = new string('a', i);",
        "Info HPG403 Warm: 'Sample.Warm' has changed since it was measured: 'new string('a', i)' is new; take the profile again"
    )]
    public async Task A_method_changed_since_is_said_to_be_stale(string old, string @new, string expected)
    {
        string said = await Report(Source.Replace(old, @new, StringComparison.Ordinal), _snapshot);
        Assert.That(said.Split('\n').Where(line => line.Contains("HPG403", StringComparison.Ordinal)), Is.EqualTo([expected]));
        Assert.That(said, Does.Contain("24 B a call"), "an unchanged site keeps its figures");
    }

    [Test]
    public async Task A_method_of_any_form_is_not_stale_as_it_was_measured([Values("\n", "\r\n")] string lineEnd)
    {
        var project = InstrumentedBodyTests.Everything();
        string snapshot = Measure(project);
        // The file turns off all warnings, also those of rules. Here they must be on.
        string heard = project.Sources[0].Replace("#pragma warning disable", "", StringComparison.Ordinal).ReplaceLineEndings(lineEnd);
        var found = await Find(Build.Of(project with { Sources = [heard] }), snapshot);
        Assert.That(
            found.Count(static diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture).Contains("(measured: ", StringComparison.Ordinal)),
            Is.GreaterThan(100)
        );
        string[] stale =
        [
            .. found
                .Where(static diagnostic => diagnostic.Id == "HPG403")
                .Select(static diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)),
        ];
        Assert.That(stale, Is.Empty, () => string.Join('\n', stale.Select(said => $"{said}\n{SitesOf(said.Split('\'')[1])}")));

        string SitesOf(string name) =>
            string.Join(
                '\n',
                ((JsonArray)JsonNode.Parse(snapshot)!["methods"]!)
                    .Where(method => ((string)method!["id"]!).Contains(name, StringComparison.Ordinal))
                    .SelectMany(method => (JsonArray)method!["sites"]!)
                    .Select(site => $"    {site!["kind"]} {site["text"]}")
            );
    }

    [Test]
    public async Task A_baseline_is_a_profile_too()
    {
        string baseline = $$"""
            {"schema":"hotpath-baseline/1","conditions":{"x":[1,-2.5e3,true,null,"\u0041\n"]},"runs":2,"methods":[
            {"assembly":"{{_name}}","id":"M:Sample.Loud(System.Int32)","bytesPerCall":1028,"sites":[{"kind":"array","type":"byte[]","text":"new byte[1000 + i]","bytesPerCall":1028}]},
            {"assembly":"{{_name}}","id":"M:Sample.Warm(System.Int32)","bytesPerCall":24,"sites":[{"kind":"boxing","type":"int","text":"(object)i","bytesPerCall":24}]},
            {"assembly":"{{_name}}","id":"M:Sample.Cold(System.Int32)","bytesPerCall":0}]}
            """;
        string[] said = (await Report(Source, baseline)).Split('\n');
        Assert.That(
            said[0],
            Does.StartWith("Warning HPG302 new byte[1000 + i]: A new 'byte[]' is allocated here (measured: 1.03 KB a call, 97.7 % of all): ")
        );
        Assert.That(said[1], Does.StartWith("Info HPG303 (object)i: 'int' is boxed here (measured: 24 B a call, 2.3 % of all): "));
        Assert.That(said[2], Does.StartWith("Hidden HPG302 new int[i]"));
        Assert.That(said[3], Does.StartWith("Hidden HPG302 new byte[8]: A new 'byte[]' is allocated here (measured: not in every run): "));
        Assert.That(said, Has.Some.StartsWith("Info HPG310 list.Add(i)"), "the baseline does not have this site");
    }

    [TestCase("{\"schema\":\"hotpath/1\",\n\"methods\":[{\"id\":\"a\" \"b\"}]}", "(2,22): '\"' where ',' should be")]
    [TestCase("", "(1,1): it ends too early")]
    [TestCase("{\"schema\":\"other/1\"}", "(1,1): its schema is \"other/1\", and only \"hotpath/1\" and \"hotpath-baseline/1\" can be read")]
    [TestCase("{\"methods\":[]}", "(1,1): it does not begin with a schema")]
    [TestCase("{\"schema\":\"hotpath/1\",\"methods\":[{\"calls\":\"many\"}]}", "(1,43): '\"' where a number should be")]
    [TestCase("{\"schema\":\"hotpath/1\"} x", "(1,24): 'x' behind the end")]
    [TestCase("{\"schema\":\"hotpath/1\",\"a\":tru}", "(1,27): 't' where a value should be")]
    public async Task What_cannot_be_read_is_said_where(string profile, string expected)
    {
        Diagnostic[] found = [.. (await Find("public class C { }", profile)).Where(found => found.Id == "HPG404")];
        Assert.That(found, Has.Length.EqualTo(1));
        var start = found[0].Location.GetLineSpan().StartLinePosition;
        Assert.That(
            $"({start.Line + 1},{start.Character + 1}): " + found[0].GetMessage(CultureInfo.InvariantCulture),
            Is.EqualTo(
                expected.Insert(expected.IndexOf(' ', StringComparison.Ordinal) + 1, "Profile 'app.hotpath.json' cannot be read: ")
                    + "; list a snapshot (*.hotpath.json) or a baseline of dotnet hotpath as it was written"
            )
        );
    }

    [Test]
    public void Depth_ends_in_an_error_and_not_in_the_stack()
    {
        Assert.That(
            Profile.Read(SourceText.From("{\"schema\":\"hotpath/1\",\"x\":" + new string('[', 1_000_000))).Error?.Message,
            Is.EqualTo("it is too deep")
        );
    }

    private async Task<string> Report(string source, string? profile) =>
        string.Join(
            '\n',
            (await Find(source, profile)).Select(static found =>
                (
                    $"{found.Severity} {found.Id} {found.Location.SourceTree!.GetText().ToString(found.Location.SourceSpan)}: "
                    + $"{found.GetMessage(CultureInfo.InvariantCulture)}"
                )
            )
        );

    private Task<Diagnostic[]> Find(string source, string? profile) => Find(Build.Of(new([source]) { Name = _name }).MustCompile(), profile);

    private static async Task<Diagnostic[]> Find(Build build, string? profile)
    {
        ImmutableArray<AdditionalText> files = profile is null ? [] : [new ProfileText(profile)];
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions(files, new Marks()),
            onAnalyzerException: (exception, _, _) => throw exception,
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false
        );
        var found = await build.Output.WithAnalyzers([new AllocationAnalyzer(), new ProfileWeightAnalyzer()], options).GetAnalyzerDiagnosticsAsync();
        return
        [
            .. found
                .OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start)
                .ThenBy(static diagnostic => diagnostic.Id, StringComparer.Ordinal),
        ];
    }

    private sealed class ProfileText(string text) : AdditionalText
    {
        public override string Path => Build.Folder + "app.hotpath.json";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, Encoding.UTF8);
    }

    /// <summary>The metadata of additional files, as the package's targets give it.</summary>
    private sealed class Marks : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new None();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Marked();

        private sealed class None : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, out string value)
            {
                value = "";
                return false;
            }
        }

        private sealed class Marked : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, out string value)
            {
                value = key == "build_metadata.AdditionalFiles.HotPathFile" ? "profile" : "";
                return value.Length > 0;
            }
        }
    }
}
