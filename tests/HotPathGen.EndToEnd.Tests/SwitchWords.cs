namespace HotPathGen.EndToEnd.Tests;

/// <summary>The words that the switches accept, evaluated without a build.</summary>
[TestFixture]
public sealed class SwitchWords
{
    private const string HotPathInstrumentation = nameof(HotPathInstrumentation);
    private const string HotPathInstrumentAll = nameof(HotPathInstrumentAll);

    private static readonly string[] s_true = ["true", "True", "TRUE", "on", "Yes", "!false", "!OFF", "!no"];
    private static readonly string[] s_false = ["false", "False", "off", "NO", "!true", ""];
    private static readonly string[] s_neither = ["1", "0", "y", "enable", "truee"];

    /// <summary>One process evaluates all words. It sets the switches in the same way as the command line.</summary>
    [Test]
    public void Words_mean_what_they_mean_to_MSBuild_and_others_are_named()
    {
        string[] words = [.. s_true, .. s_false, .. s_neither];
        string calls = string.Concat(
            words.Select(word =>
                $"""
                    <MSBuild Projects="word.proj" Targets="Say;HotPathCheckSwitches" Properties="Word=[{word}];HotPathInstrumentation={word};HotPathInstrumentAll={word};HotPathAllowShipping={word}" />
                    """
            )
        );
        var outcome = Ask($"""<Project><Target Name="Ask">{calls}</Target></Project>""").MustSucceed();

        string[] said = [.. outcome.Lines.Select(line => line.Trim()).Where(line => line.StartsWith('['))];
        Assert.That(
            said,
            Is.EqualTo(words.Select(word => $"[{word}] {string.Join(' ', Enumerable.Repeat(s_true.Contains(word) ? "true" : "false", 3))}"))
        );
        Assert.That(outcome.Messages.Select(message => message.Id).Distinct(), Is.EqualTo(["HPG106"]), outcome.ToString());
        Assert.That(
            outcome.Warnings.Select(warning => warning.Text),
            Is.EquivalentTo(
                    s_neither.SelectMany(word =>
                        ((string[])[HotPathInstrumentation, HotPathInstrumentAll, "HotPathAllowShipping"]).Select(name =>
                            (
                                $"word: {name} is '{word}', which is neither true nor false to MSBuild, and counts as false. Write {name}=true or "
                                + $"{name}=false."
                            )
                        )
                    )
                )
                .Using<string, string>((actual, expected) => actual.StartsWith(expected, StringComparison.Ordinal))
        );
    }

    [Test]
    public void Spaces_round_a_word_do_not_matter()
    {
        var outcome = Ask(
                """<Project><Target Name="Ask"><MSBuild Projects="word.proj" Targets="Say;HotPathCheckSwitches" Properties="Word=[ ]" /></Target></Project>""",
                environment: new()
                {
                    [HotPathInstrumentation] = " true ",
                    [HotPathInstrumentAll] = " ",
                    ["HotPathAllowShipping"] = "on ",
                }
            )
            .MustSucceed();

        Assert.That(
            outcome.Lines.Where(line => line.Length > 0).Select(line => line.Trim()),
            Is.EqualTo(["[ ] true false true"]),
            outcome.ToString()
        );
    }

    [TestCase("", "HPG107", TestName = "All_without_the_switch_has_no_effect_and_says_so")]
    [TestCase("HotPathInstrumentation=false;", "", TestName = "All_beside_a_switch_that_is_off_is_meant")]
    [TestCase("HotPathInstrumentation=true;", "", TestName = "All_beside_the_switch_says_nothing")]
    [TestCase("HotPathInstrumentation=1;", "HPG106", TestName = "All_beside_a_word_that_is_not_understood_says_that_alone")]
    public void All_and_the_switch(string other, string expected)
    {
        var outcome = Ask(
                $"""<Project><Target Name="Ask"><MSBuild Projects="word.proj" Targets="HotPathCheckSwitches" Properties="{other}HotPathInstrumentAll=True" /></Target></Project>""",
                expected == "HPG106" ? "-nologo" : "-warnaserror"
            )
            .MustSucceed();

        Assert.That(string.Join(' ', outcome.Warnings.Select(warning => warning.Id)), Is.EqualTo(expected), outcome.ToString());
    }

    [Test]
    public void A_switch_that_is_set_too_late_says_so()
    {
        var outcome = Ask(
                """<Project><Target Name="Ask"><MSBuild Projects="word.proj" Targets="HotPathCheckSwitches" /></Target></Project>""",
                "-warnaserror",
                "<PropertyGroup><HotPathInstrumentation>true</HotPathInstrumentation></PropertyGroup>"
            )
            .MustSucceed();

        Assert.That(
            outcome.Warnings.Select(warning => (warning.Id, warning.Text.Contains("HotPathInstrumentation has no effect where it is set"))),
            Is.EqualTo([("HPG107", true)]),
            outcome.ToString()
        );
    }

    private static Outcome Ask(string questions, string option = "-nologo", string after = "", Dictionary<string, string>? environment = null)
    {
        string folder = Project.NewFolder();
        string switches = Path.Combine(Package.Repository, "src", "HotPathGen", "build", "HotPathGen.Switches.targets");
        File.WriteAllText(
            Path.Combine(folder, "word.proj"),
            $"""
            <Project>
              <Import Project="{switches}" />
              {after}
              <Target Name="Say"><Message Importance="high" Text="$(Word) $(HotPathInstrumentation) $(HotPathInstrumentAll) $(HotPathAllowShipping)" /></Target>
            </Project>
            """
        );
        File.WriteAllText(Path.Combine(folder, "ask.proj"), questions);
        return Dotnet.RunWith(environment ?? [], folder, "msbuild", "ask.proj", "-t:Ask", "-v:m", option);
    }
}
